// SPDX-License-Identifier: MPL-2.0
// How well somebody fits among the recipients of a mail, by whom they were written to together with.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "conditions/mail_view.h"

namespace lastlook {

// The intersection-weighted score of Roth et al., "Suggesting Friends Using the Implicit Social Graph" (KDD 2010): each
// mail that went to somebody counts once for each recipient of the present one who got it too, and half as much for
// every half-life of its age. Built once for a mail with a history.
class CompanyKept {
 public:
  explicit CompanyKept(const MailView& mail);

  // The score of `person` among the recipients without `left_out` (AddrSpec::Key()), in millionths of a point; a mail
  // that was sent just now has five points. Remembers what it worked out.
  std::int64_t Score(const Acquaintance& person, const std::string& key, const std::string& left_out);

  // Those who were written to together with recipients and are taken for this one while an address is typed
  // (SlipKeys, name_keys.h): at most some for each key, the best first.
  std::vector<const Acquaintance*> TakenFor(const AddrSpec& address, std::string_view name);

  static constexpr std::int64_t kPoint = 1'000'000;

 private:
  struct Standing {
    std::int64_t total = 0;
    std::unordered_map<std::string_view, std::int64_t> with;  // by recipient
  };

  Standing AmongAll(const Acquaintance& person, const std::string& key) const;
  std::int64_t Points(const Acquaintance& a, const Companion* a_names_b, const Acquaintance& b,
                      const Companion* b_names_a) const;
  void IndexCompany();

  const History& history_;
  double now_ = 1;  // what a mail of this moment weighs
  std::unordered_map<const Acquaintance*, Standing> standings_;
  std::unordered_map<std::string_view, const Acquaintance*> recipients_;  // known ones
  // somebody → recipients who name them, and how
  std::unordered_map<std::string_view, std::vector<std::pair<std::string_view, const Companion*>>> together_;
  bool indexed_ = false;
  std::unordered_map<std::string, std::vector<const Acquaintance*>> by_slip_key_;
};

}  // namespace lastlook

// SPDX-License-Identifier: MPL-2.0
// How well somebody fits among the recipients of a mail, by whom they were written to together with.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "conditions/mail_view.h"

namespace lastlook {

// The intersection-weighted score of Roth et al., "Suggesting Friends Using the Implicit Social Graph" (KDD 2010), as
// far as the history tells: each recipient with whom somebody was written to together counts as often as the less
// written to of the two was. Built once for a mail with a history.
class CompanyKept {
 public:
  explicit CompanyKept(const MailView& mail);

  // The score of `person` among the recipients without `left_out` (AddrSpec::Key()). Remembers what it worked out.
  std::int64_t Score(const Acquaintance& person, const std::string& key, const std::string& left_out);

 private:
  std::int64_t AmongAll(const Acquaintance& person, const std::string& key) const;

  std::unordered_map<const Acquaintance*, std::int64_t> among_all_;
  std::unordered_map<std::string_view, const Acquaintance*> recipients_;          // known ones
  std::unordered_map<std::string_view, std::vector<std::string_view>> together_;  // somebody → recipients who name them
};

}  // namespace lastlook

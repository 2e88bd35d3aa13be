// SPDX-License-Identifier: MPL-2.0
// Somebody else has answered this mail already: two answers, and perhaps two different ones.
#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text_fold.h"
#include "conditions/condition.h"
#include "conditions/support/people.h"
#include "policy/object_reader.h"

namespace lastlook::conditions::double_reply {
namespace {

constexpr std::int64_t kMostMinutes = 1'000'000'000;

class DoubleReply : public Condition {
 public:
  explicit DoubleReply(std::optional<std::int64_t> within_minutes) : within_minutes_(within_minutes) {}

  ConditionResult Evaluate(const MailView& mail) const override {
    const auto& thread = mail.context().thread;
    if (!IsReply(mail.draft()) || !thread || !thread->answered_by || IsOneself(mail, *thread->answered_by)) {
      return {};
    }
    // An answer of unknown age is not known to be too old to matter.
    if (within_minutes_ && thread->minutes_ago && *thread->minutes_ago > *within_minutes_) {
      return {};
    }
    const std::string& subject = mail.draft().subject;
    ConditionResult result;
    result.truth = Truth::kTrue;
    result.arguments = {{"person", PersonText(mail, *thread->answered_by)},
                        {"minutes", std::to_string(thread->minutes_ago.value_or(0))}};
    result.evidence.Add({"subject", subject, 0, static_cast<std::uint32_t>(Utf16Length(subject)),
                         thread->minutes_ago ? "answered_ago" : "answered", result.arguments});
    return result;
  }

 private:
  // From one's own address, and not under another name: several people write from a shared one.
  static bool IsOneself(const MailView& mail, const Mailbox& person) {
    if (!person.address || !OwnKeys(mail).contains(person.address->Key())) {
      return false;
    }
    const std::string name = FoldName(person.display_name);
    std::vector<std::string> own;
    const auto known_as = [&](const AddrSpec& address, const std::string& own_name) {
      if (address.Key() == person.address->Key() && !own_name.empty()) {
        own.push_back(FoldName(own_name));
      }
    };
    for (const Identity& identity : mail.context().identities) {
      known_as(identity.address, identity.name);
    }
    if (const auto& from = mail.draft().from; from && from->address) {
      known_as(*from->address, from->display_name);
    }
    return name.empty() || own.empty() || std::find(own.begin(), own.end(), name) != own.end();
  }

  // Blanks between the names of one person are written or not.
  static std::string FoldName(std::string_view name) {
    std::string folded = Fold(name);
    folded.erase(std::remove(folded.begin(), folded.end(), ' '), folded.end());
    return folded;
  }

  std::optional<std::int64_t> within_minutes_;
};

}  // namespace

MakeResult Make(const Json& params, const Policy& policy) {
  ObjectReader reader(params, {"within_minutes"}, EmptyObject::kAllowed);
  const auto within_minutes = reader.Whole("within_minutes", 0, kMostMinutes);
  if (reader.error()) {
    return *reader.error();
  }
  static_cast<void>(policy);
  return std::unique_ptr<Condition>(std::make_unique<DoubleReply>(within_minutes));
}

}  // namespace lastlook::conditions::double_reply

// SPDX-License-Identifier: MPL-2.0
// Flags that a person, or a program, put on a contact: NO-EMAIL, or "only-from:ADDRESS" for a contact who is to be
// written to from that account alone.
#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text_fold.h"
#include "conditions/condition.h"
#include "conditions/support/people.h"
#include "conditions/support/recipient_question.h"
#include "mail/address_parser.h"

namespace lastlook::conditions::contact_flag {
namespace {

constexpr std::string_view kOnlyFrom = "only-from";  // folded, as all flags are compared

// What stands behind "only-from:", or "" for any other flag.
std::string OnlyFromAddress(const std::string& folded) {
  return folded.size() > kOnlyFrom.size() && folded.starts_with(kOnlyFrom) && folded[kOnlyFrom.size()] == ':'
             ? folded.substr(kOnlyFrom.size() + 1)
             : "";
}

class ContactFlag : public Condition {
 public:
  ContactFlag(RecipientQuestion question, std::vector<std::string> flags)
      : question_(std::move(question)), flags_(std::move(flags)) {}

  ConditionResult Evaluate(const MailView& mail) const override {
    const auto& contacts = mail.context().contacts;
    if (contacts.empty()) {
      return {};
    }
    const auto& from = mail.draft().from;
    const std::string account = from && from->address ? AccountKey(*from->address) : "";
    const auto found = [&](std::size_t i) {
      const auto contact = contacts.find(mail.recipient_keys()[i]);
      return contact == contacts.end() ? Found() : FlagOf(contact->second, account);
    };
    return FindRecipients(
        mail, question_, [&](std::size_t i) { return found(i).why; },
        [&](std::size_t i) {
          return TextArguments{{"flag", found(i).flag}, {"from", from ? from->AddressOrTyped() : ""}};
        });
  }

 private:
  struct Found {
    std::string_view why;
    std::string flag;  // as the contact has it, or the account that is meant
  };

  Found FlagOf(const Contact& contact, const std::string& account) const {
    std::string wanted_account;
    bool from_it = false;
    for (const std::string& flag : contact.flags) {
      const std::string folded = Fold(TrimSpace(flag));
      if (const std::string address = OnlyFromAddress(folded); !address.empty()) {
        const Mailbox wanted = ParseMailbox(address);
        from_it = from_it || (wanted.address && AccountKey(*wanted.address) == account);
        wanted_account = wanted_account.empty() ? address : wanted_account;
      } else if (IsAskedFor(folded)) {
        return {"flagged", flag};
      }
    }
    // Which account this is must be known before it can be the wrong one.
    return !wanted_account.empty() && !from_it && !account.empty() && IsAskedFor(std::string(kOnlyFrom))
               ? Found{"only_from", wanted_account}
               : Found();
  }

  bool IsAskedFor(const std::string& folded) const {
    return std::find(flags_.begin(), flags_.end(), folded) != flags_.end();
  }

  RecipientQuestion question_;
  std::vector<std::string> flags_;  // folded
};

}  // namespace

MakeResult Make(const Json& params, const Policy& policy) {
  ObjectReader reader(params, RecipientQuestion::Keys({"flags"}), EmptyObject::kAllowed);
  RecipientQuestion question = RecipientQuestion::Read(&reader, policy);
  std::vector<std::string> flags;
  for (const std::string& flag : reader.Strings("flags").value_or(std::vector<std::string>{"NO-EMAIL", "only-from"})) {
    flags.push_back(Fold(TrimSpace(flag)));
    if (flags.back().empty()) {
      reader.Refuse("flags", "a flag is empty", "write what the contacts are flagged with, such as \"NO-EMAIL\"");
    }
  }
  if (reader.error()) {
    return *reader.error();
  }
  return std::unique_ptr<Condition>(std::make_unique<ContactFlag>(std::move(question), std::move(flags)));
}

}  // namespace lastlook::conditions::contact_flag

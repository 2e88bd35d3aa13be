// SPDX-License-Identifier: MPL-2.0
// Whether the mail leaves from the right one of the sender's accounts.
#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/text_fold.h"
#include "conditions/condition.h"
#include "conditions/support/people.h"
#include "mail/address_parser.h"
#include "policy/object_reader.h"
#include "policy/recipient_selector.h"
#include "policy/suggestion.h"

namespace lastlook::conditions::sender_account {
namespace {

enum class Check { kIdentity, kUsual, kPrivate, kAnswer };

constexpr std::array kChecks = std::to_array<std::pair<std::string_view, Check>>({{"identity", Check::kIdentity},
                                                                                  {"usual", Check::kUsual},
                                                                                  {"private", Check::kPrivate},
                                                                                  {"answer", Check::kAnswer}});

struct Parameters {
  std::optional<AddressSet> must_be_in;
  std::optional<AddressSet> not_in;
  std::vector<Check> checks;
};

// AccountKey() of an AddrSpec::Key().
std::string AccountOfKey(const std::string& key) {
  const Mailbox mailbox = ParseMailbox(key);
  return mailbox.address ? AccountKey(*mailbox.address) : key;
}

// What one evaluation gathers.
class Inquiry {
 public:
  Inquiry(const MailView& mail, const Policy& policy) : mail_(mail), policy_(policy) {
    const auto& from = mail.draft().from;
    from_text_ = from ? from->AddressOrTyped() : "";
    if (from && from->address) {
      from_ = &*from->address;
      account_ = AccountKey(*from_);
    }
    for (const Identity& identity : mail.context().identities) {
      identities_.insert(AccountKey(identity.address));
    }
  }

  void CheckLists(const Parameters& parameters) {
    if (!parameters.must_be_in && !parameters.not_in) {
      return;
    }
    Recipient sender;
    sender.mailbox = mail_.draft().from.value_or(Mailbox());
    if (parameters.must_be_in && !parameters.must_be_in->Contains(sender, mail_)) {
      AddSender(from_text_.empty() ? "no_sender" : "must_not_send");
      ProposeFirst([&](const Mailbox& one) { return parameters.must_be_in->Contains({.mailbox = one}, mail_); });
    } else if (parameters.not_in && parameters.not_in->Contains(sender, mail_)) {
      AddSender("must_not_send");
    }
  }

  void Run(Check check) {
    switch (check) {
      case Check::kIdentity:
        CheckIdentity();
        break;
      case Check::kUsual:
        CheckUsual();
        break;
      case Check::kPrivate:
        CheckPrivate();
        break;
      case Check::kAnswer:
        CheckAnswer();
        break;
    }
  }

  ConditionResult Result() && {
    ConditionResult result;
    result.truth = evidence_.total() > 0 ? Truth::kTrue : Truth::kFalse;
    result.evidence = std::move(evidence_);
    result.arguments = {{"from", from_text_}};
    return result;
  }

 private:
  void AddSender(std::string_view why, TextArguments more = {}) {
    more.emplace_back("from", from_text_);
    evidence_.Add({"from", from_text_, 0, static_cast<std::uint32_t>(Utf16Length(from_text_)), why, std::move(more)});
  }

  // Only what is set up here can send.
  template <typename Wanted>
  void ProposeFirst(const Wanted& wanted) {
    for (const Identity& identity : mail_.context().identities) {
      Mailbox mailbox;
      mailbox.display_name = identity.name;
      mailbox.address = identity.address;
      if (wanted(mailbox)) {
        evidence_.ProposeSender(std::move(mailbox));
        return;
      }
    }
  }

  void CheckIdentity() {
    if (identities_.empty()) {
      return;
    }
    if (from_text_.empty()) {
      AddSender("no_sender");
    } else if (from_ == nullptr || !identities_.contains(account_)) {
      AddSender("no_identity");
    }
  }

  // The account from which somebody is usually written to; an account that is gone is no choice any more.
  std::string UsualAccount(std::size_t index) const {
    const Acquaintance* known = mail_.context().history->Find(mail_.recipient_keys()[index]);
    if (known == nullptr || known->account.empty()) {
      return "";
    }
    const std::string account = AccountOfKey(known->account);
    return identities_.empty() || identities_.contains(account) ? account : "";
  }

  void CheckUsual() {
    if (from_ == nullptr || !mail_.context().history) {
      return;
    }
    for (std::size_t i = 0; i < mail_.draft().recipients.size(); ++i) {
      const std::string usual = UsualAccount(i);
      if (!usual.empty() && usual != account_) {
        evidence_.AddRecipient(mail_, i, "unusual", [&] {
          return TextArguments{{"from", from_text_}, {"account", usual}};
        });
        ProposeFirst([&](const Mailbox& one) { return AccountKey(*one.address) == usual; });
      }
    }
  }

  bool IsFree(const AddrSpec& address) const { return policy_.FindList("free-mail")->patterns.Matches(address); }

  void CheckPrivate() {
    if (from_ == nullptr || !IsFree(*from_)) {
      return;
    }
    // Somebody who has nothing but a private account uses it for everything.
    const auto& identities = mail_.context().identities;
    if (!identities.empty() &&
        std::all_of(identities.begin(), identities.end(), [&](const Identity& one) { return IsFree(one.address); })) {
      return;
    }
    for (std::size_t i = 0; i < mail_.draft().recipients.size(); ++i) {
      const Mailbox& mailbox = mail_.draft().recipients[i].mailbox;
      if (mailbox.address && !IsFree(*mailbox.address) && IsBusiness(i, mailbox)) {
        evidence_.AddRecipient(mail_, i, "private_account", [&] { return TextArguments{{"from", from_text_}}; });
        ProposeFirst([&](const Mailbox& one) { return !IsFree(*one.address); });
      }
    }
  }

  bool IsBusiness(std::size_t index, const Mailbox& mailbox) {
    const Context& context = mail_.context();
    const auto contact = context.contacts.find(mail_.recipient_keys()[index]);
    if (mail_.IsInside(mailbox) || policy_.FindList("partners")->patterns.Matches(*mailbox.address) ||
        (contact != context.contacts.end() && !contact->second.organisation.empty())) {
      return true;
    }
    const Acquaintance* known = context.history ? context.history->Find(mail_.recipient_keys()[index]) : nullptr;
    if (known == nullptr || known->account.empty()) {
      return false;
    }
    const auto [account, added] = business_accounts_.try_emplace(known->account, false);
    if (added) {
      const Mailbox parsed = ParseMailbox(known->account);
      account->second = parsed.address && !IsFree(*parsed.address);
    }
    return account->second;
  }

  // The answer leaves from another account than the one that the mail was addressed to.
  void CheckAnswer() {
    const auto& original = mail_.draft().compose.original;
    if (from_ == nullptr || !IsReply(mail_.draft()) || !original || identities_.empty()) {
      return;
    }
    std::vector<Mailbox> addressed;
    for (const auto* people : {&original->to, &original->cc}) {
      for (const Mailbox& person : *people) {
        if (!person.address || !identities_.contains(AccountKey(*person.address))) {
          continue;
        }
        if (AccountKey(*person.address) == account_) {
          return;
        }
        addressed.push_back(person);
      }
    }
    if (!addressed.empty()) {
      AddSender("answers_from_other", {{"account", addressed.front().AddressOrTyped()}});
      const std::string addressed_account = AccountKey(*addressed.front().address);
      ProposeFirst([&](const Mailbox& one) { return AccountKey(*one.address) == addressed_account; });
    }
  }

  const MailView& mail_;
  const Policy& policy_;
  const AddrSpec* from_ = nullptr;  // null: there is none that can be read
  std::string from_text_;
  std::string account_;
  KeySet identities_;  // AccountKey()
  std::unordered_map<std::string, bool> business_accounts_;
  EvidenceList evidence_;
};

class SenderAccount : public Condition {
 public:
  SenderAccount(Parameters parameters, const Policy& policy) : parameters_(std::move(parameters)), policy_(policy) {}

  ConditionResult Evaluate(const MailView& mail) const override {
    Inquiry inquiry(mail, policy_);
    inquiry.CheckLists(parameters_);
    for (const Check check : parameters_.checks) {
      inquiry.Run(check);
    }
    return std::move(inquiry).Result();
  }

 private:
  Parameters parameters_;
  const Policy& policy_;
};

std::vector<std::string> CheckNames() {
  std::vector<std::string> names;
  names.reserve(kChecks.size());
  for (const auto& [name, check] : kChecks) {
    names.emplace_back(name);
  }
  return names;
}

void ReadLists(ObjectReader* reader, const Policy& policy, Parameters* out) {
  for (auto [key, set] : {std::pair{"must_be_in", &out->must_be_in}, std::pair{"not_in", &out->not_in}}) {
    if (const auto names = reader->Strings(key)) {
      Result<AddressSet> found = AddressSet::FromNames(*names, policy);
      if (found) {
        *set = std::move(found).value();
      } else {
        reader->Refuse(std::move(found).error().Under(PointerStep(key)));
      }
    }
  }
}

}  // namespace

MakeResult Make(const Json& params, const Policy& policy) {
  ObjectReader reader(params, {"must_be_in", "not_in", "check"}, EmptyObject::kAllowed);
  Parameters parameters;
  ReadLists(&reader, policy, &parameters);
  // Who names lists asks about them alone.
  const bool lists_only = parameters.must_be_in || parameters.not_in;
  for (const std::string& name :
       reader.Strings("check").value_or(lists_only ? std::vector<std::string>() : CheckNames())) {
    const auto found = std::find_if(kChecks.begin(), kChecks.end(), [&](const auto& one) { return one.first == name; });
    if (found == kChecks.end()) {
      reader.Refuse("check", "\"" + name + "\" is nothing that can be checked", SuggestName(name, CheckNames()));
    } else if (std::find(parameters.checks.begin(), parameters.checks.end(), found->second) ==
               parameters.checks.end()) {
      parameters.checks.push_back(found->second);
    }
  }
  if (reader.error()) {
    return *reader.error();
  }
  return std::unique_ptr<Condition>(std::make_unique<SenderAccount>(std::move(parameters), policy));
}

}  // namespace lastlook::conditions::sender_account

// SPDX-License-Identifier: MPL-2.0
// Domains that are not known but look like one that is: gmial.com, c-corp.example.evil.example. Compared with the
// organisation's own and its partners', with those of contacts and of people written to, with well-known ones and with
// providers of free mail. Whoever only wrote to us may be the one who wants to be taken for somebody else.
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/look_alike.h"
#include "conditions/condition.h"
#include "conditions/support/known_domains.h"
#include "conditions/support/people.h"
#include "conditions/support/recipient_question.h"

namespace lastlook::conditions::lookalike_domain {
namespace {

// From so many pairs of an unknown and a known domain on, looking names up costs less than comparing them all, with the
// index that it needs.
constexpr std::size_t kManyPairs = 300'000;

constexpr std::string_view kNotCompared = "not_compared";  // the work for one mail was over

// The domains that a policy knows. Filing fifty thousand of them takes as long as all else that reading such a policy
// does, so it is done when a mail first asks, by whichever thread comes first.
class ListedDomains {
 public:
  explicit ListedDomains(const Policy& policy) : policy_(policy) {}

  const KnownDomains& All() const {
    std::call_once(filed_, [this] { File(); });
    return domains_;
  }
  // The index of All().
  const NearNames& Near() const {
    std::call_once(indexed_, [this] { near_ = All().IndexNames(); });
    return near_;
  }

 private:
  void File() const {
    const std::pair<const char*, KnownDomains::Kind> lists[] = {{"internal", KnownDomains::Kind::kOwn},
                                                                {"partners", KnownDomains::Kind::kOwn},
                                                                {"well-known-domains", KnownDomains::Kind::kWellKnown},
                                                                {"free-mail", KnownDomains::Kind::kWellKnown}};
    std::size_t count = 0;
    for (const auto& [name, kind] : lists) {
      count += policy_.FindList(name)->entries.size();
    }
    domains_.Reserve(count);
    for (const auto& [name, kind] : lists) {
      for (const std::string& entry : policy_.FindList(name)->entries) {
        AddPattern(entry, kind);
      }
    }
    for (const Organisation& organisation : policy_.organisations) {
      for (const std::string& pattern : organisation.domains) {
        AddPattern(pattern, KnownDomains::Kind::kOwn);
      }
    }
  }

  void AddPattern(const std::string& pattern, KnownDomains::Kind kind) const {
    std::string_view domain = pattern;
    if (const std::size_t at = domain.rfind('@'); at != std::string_view::npos) {
      domain.remove_prefix(at + 1);
    }
    if (domain.starts_with("*.")) {
      domain.remove_prefix(2);
    }
    domains_.Add(NormalizeDomain(domain), kind);
  }

  const Policy& policy_;
  mutable std::once_flag filed_;
  mutable std::once_flag indexed_;
  mutable KnownDomains domains_;
  mutable NearNames near_;
};

class LookalikeDomain : public Condition {
 public:
  LookalikeDomain(RecipientQuestion question, const Policy& policy) : question_(std::move(question)), listed_(policy) {}

  ConditionResult Evaluate(const MailView& mail) const override {
    const auto& all = mail.draft().recipients;
    const KnownDomains& listed = listed_.All();
    // Each domain once.
    std::unordered_map<std::string_view, std::optional<Likeness>> likeness;
    std::vector<const std::string*> unknown;
    for (const Recipient& recipient : all) {
      if (recipient.mailbox.address) {
        const std::string& domain = recipient.mailbox.address->domain;
        if (likeness.try_emplace(domain).second && !listed.Knows(domain)) {
          unknown.push_back(&domain);
        }
      }
    }
    if (unknown.empty()) {
      return {};
    }
    const KnownDomains correspondents = Correspondents(mail);
    std::optional<NearNames> near_correspondents;
    if (unknown.size() * correspondents.size() > kManyPairs) {
      near_correspondents = correspondents.IndexNames();
    }
    const Known known[] = {{&listed, unknown.size() * listed.size() > kManyPairs ? &listed_.Near() : nullptr},
                           {&correspondents, near_correspondents ? &*near_correspondents : nullptr}};
    KnownDomains::Budget budget;
    for (const std::string* domain : unknown) {
      likeness[*domain] = LikenessOf(*domain, known, &budget);
    }
    const auto of = [&](std::size_t i) -> const Likeness* {
      const auto& address = all[i].mailbox.address;
      if (!address) {
        return nullptr;
      }
      const auto& found = likeness.find(address->domain)->second;
      return found ? &*found : nullptr;
    };
    bool not_compared = false;
    ConditionResult result = FindRecipients(
        mail, question_,
        [&](std::size_t i) -> std::string_view {
          const Likeness* like = of(i);
          if (like == nullptr || IsKnownPerson(mail, i)) {
            return "";
          }
          not_compared = not_compared || like->how == kNotCompared;
          return like->how;
        },
        [&](std::size_t i) {
          return TextArguments{{"domain", ReadableDomain(all[i].mailbox.address->domain)}, {"target", of(i)->target}};
        });
    std::size_t proposed = 0;
    for (const std::size_t i : result.evidence.recipients()) {
      if (proposed++ == kMaxEvidence) {
        break;  // no more of them are kept
      }
      if (std::optional<Mailbox> meant = AtDomain(mail, all[i].mailbox, of(i)->target)) {
        result.evidence.ProposeInstead(i, *std::move(meant));
      }
    }
    if (not_compared) {
      result.truth = Truth::kUnknown;
    }
    return result;
  }

 private:
  struct Known {
    const KnownDomains* domains;
    const NearNames* near;  // null: there is little to compare
  };

  // `known`: those of the policy, then the correspondents.
  static std::optional<Likeness> LikenessOf(const std::string& domain, const Known (&known)[2],
                                            KnownDomains::Budget* budget) {
    if (known[1].domains->Knows(domain)) {
      return std::nullopt;
    }
    budget->spent = false;
    for (const auto& [domains, near] : known) {
      if (auto like = domains->Resembled(domain, near, budget)) {
        return like;
      }
    }
    if (MixesScripts(domain)) {
      return Likeness{"", "mixed_scripts"};
    }
    return budget->spent ? std::optional(Likeness{"", kNotCompared}) : std::nullopt;
  }

  // The same person at the domain that may be meant; nobody for letters of several scripts, which resemble no domain.
  static std::optional<Mailbox> AtDomain(const MailView& mail, const Mailbox& mailbox, const std::string& target) {
    Mailbox meant;
    meant.display_name = mailbox.display_name;
    meant.address = AddrSpec{mailbox.address->local_part, NormalizeDomain(target)};
    if (meant.address->domain.empty()) {
      return std::nullopt;
    }
    // Written as it was written before, where it was.
    const Acquaintance* known = mail.context().history ? mail.context().history->Find(meant.address->Key()) : nullptr;
    if (known != nullptr) {
      meant.address = known->address;
      meant.display_name = known->name.empty() ? meant.display_name : known->name;
    }
    return meant;
  }

  static KnownDomains Correspondents(const MailView& mail) {
    KnownDomains known;
    std::unordered_set<std::string_view> seen;
    if (mail.context().history) {
      mail.context().history->ForEach([&](const Acquaintance& person) {
        if (person.sent.value_or(1) > 0 && seen.insert(person.address.domain).second) {
          known.Add(person.address.domain, KnownDomains::Kind::kOwn);
        }
      });
    }
    // By name: the order in which a map of contacts is walked is nobody's business.
    std::set<std::string_view> of_contacts;
    for (const auto& [key, contact] : mail.context().contacts) {
      of_contacts.insert(std::string_view(key).substr(key.rfind('@') + 1));
    }
    for (const std::string_view domain : of_contacts) {
      known.Add(std::string(domain), KnownDomains::Kind::kOwn);
    }
    return known;
  }

  static bool IsKnownPerson(const MailView& mail, std::size_t index) {
    const std::string& key = mail.recipient_keys()[index];
    const Acquaintance* known = mail.context().history ? mail.context().history->Find(key) : nullptr;
    return mail.context().contacts.contains(key) || (known != nullptr && known->sent.value_or(1) > 0);
  }

  RecipientQuestion question_;
  ListedDomains listed_;
};

}  // namespace

MakeResult Make(const Json& params, const Policy& policy) {
  ObjectReader reader(params, RecipientQuestion::Keys(), EmptyObject::kAllowed);
  RecipientQuestion question = RecipientQuestion::Read(&reader, policy);
  if (reader.error()) {
    return *reader.error();
  }
  return std::unique_ptr<Condition>(std::make_unique<LookalikeDomain>(std::move(question), policy));
}

}  // namespace lastlook::conditions::lookalike_domain

// SPDX-License-Identifier: MPL-2.0
#include "policy/recipient_selector.h"

#include <algorithm>
#include <utility>

#include "policy/suggestion.h"

namespace lastlook {
namespace {

std::vector<std::string> ListNames(const Policy& policy) {
  std::vector<std::string> names = ReservedListNames();
  for (const auto& [name, list] : policy.lists) {
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      names.push_back(name);
    }
  }
  return names;
}

}  // namespace

Result<AddressSet> AddressSet::FromNames(const std::vector<std::string>& names, const Policy& policy) {
  AddressSet set;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string& name = names[i];
    const std::string pointer = names.size() == 1 ? "" : PointerStep(i);
    if (name.find_first_of(".@") != std::string::npos) {
      if (Result<void> added = set.inline_patterns_.Add(name); !added) {
        return std::move(added).error().Under(pointer);
      }
      continue;
    }
    const PolicyList* list = policy.FindList(name);
    if (list == nullptr) {
      return PolicyError("there is no list \"" + name + "\"", SuggestName(name, ListNames(policy)), pointer);
    }
    if (list->not_patterns) {
      return PolicyError(
          "the list \"" + name + "\" holds entries that are no addresses: " + list->not_patterns->message,
          "use a list of addresses and domains here", pointer);
    }
    set.lists_.push_back(&list->patterns);
  }
  return set;
}

bool AddressSet::Contains(const Recipient& recipient, const RecipientFacts& facts) const {
  return (!inline_patterns_.empty() && facts.InList(recipient, inline_patterns_)) ||
         std::any_of(lists_.begin(), lists_.end(),
                     [&](const AddressPatterns* list) { return facts.InList(recipient, *list); });
}

RecipientSet AddressSet::Of(const RecipientSets& sets) const {
  RecipientSet contained(sets.size());
  if (!inline_patterns_.empty()) {
    contained.Add(sets.OfList(inline_patterns_));
  }
  for (const AddressPatterns* list : lists_) {
    contained.Add(sets.OfList(*list));
  }
  return contained;
}

bool OriginalPeople::Contains(const Mailbox& mailbox) const {
  return draft_.compose.original && mailbox.address && ContainsKey(mailbox.address->Key());
}

bool OriginalPeople::ContainsKey(const std::string& key) const {
  if (!draft_.compose.original) {
    return false;
  }
  if (!keys_) {
    keys_.emplace();
    const OriginalMail& original = *draft_.compose.original;
    for (const auto* people : {&original.from, &original.reply_to, &original.to, &original.cc}) {
      for (const Mailbox& person : *people) {
        if (person.address) {
          keys_->insert(person.address->Key());
        }
      }
    }
  }
  return keys_->contains(key);
}

std::vector<std::string> RecipientSelector::KeysOfEffects() {
  return {"in", "not_in", "field", "in_original", "found"};
}

// "found" among them, so that it is refused in its own words.
std::vector<std::string> RecipientSelector::KeysOfConditions() {
  return {"in", "not_in", "field", "in_original", "known", "found"};
}

RecipientSelector RecipientSelector::ReadOfEffect(ObjectReader* reader, const Policy& policy) {
  RecipientSelector selector = Read(reader, policy);
  if (const std::optional<bool> found = reader->Boolean("found")) {
    selector.found_ = true;
    if (!*found) {
      reader->Refuse("found", "\"found\" can only be true", "leave it out to mean everybody else too");
    }
  }
  return selector;
}

RecipientSelector RecipientSelector::ReadOfCondition(ObjectReader* reader, const Policy& policy) {
  RecipientSelector selector = Read(reader, policy);
  selector.known_ = reader->Boolean("known");
  if (reader->Find("found") != nullptr) {
    reader->Refuse("found", "\"found\" means what this rule finds, so its conditions cannot ask for it",
                   "write it among what the rule does or offers (\"do\", \"offer\"); here use \"in\", \"not_in\", "
                   "\"field\", \"in_original\" or \"known\"");
  }
  return selector;
}

RecipientSelector RecipientSelector::Read(ObjectReader* reader, const Policy& policy) {
  RecipientSelector selector;
  for (auto [key, set] : {std::pair{"in", &selector.in_}, std::pair{"not_in", &selector.not_in_}}) {
    if (const auto names = reader->Strings(key)) {
      Result<AddressSet> found = AddressSet::FromNames(*names, policy);
      if (found) {
        *set = std::move(found).value();
      } else {
        reader->Refuse(std::move(found).error().Under(PointerStep(key)));
      }
    }
  }
  if (const auto fields = reader->Strings("field")) {
    for (const std::string& name : *fields) {
      if (const auto field = RecipientFieldFromName(name)) {
        selector.fields_.push_back(*field);
      } else {
        reader->Refuse("field", "\"" + name + "\" is no recipient field", SuggestName(name, {"to", "cc", "bcc"}));
      }
    }
  }
  selector.in_original_ = reader->Boolean("in_original");
  return selector;
}

bool RecipientSelector::Selects(const Recipient& recipient, const RecipientFacts& facts) const {
  if (!fields_.empty() && std::find(fields_.begin(), fields_.end(), recipient.field) == fields_.end()) {
    return false;
  }
  const Mailbox& mailbox = recipient.mailbox;
  return (!in_ || in_->Contains(recipient, facts)) && (!not_in_ || !not_in_->Contains(recipient, facts)) &&
         (!in_original_ || *in_original_ == facts.InOriginal(mailbox)) &&
         (!known_ || *known_ == facts.Known(mailbox)) && (!found_ || facts.Found(recipient));
}

RecipientSet RecipientSelector::SelectedOf(const RecipientSets& sets) const {
  RecipientSet selected(sets.size(), true);
  const auto keep = [&](const RecipientSet& set, bool inside) { inside ? selected.Keep(set) : selected.Remove(set); };
  if (!fields_.empty()) {
    RecipientSet of_fields(selected.size());
    for (const RecipientField field : fields_) {
      of_fields.Add(sets.OfField(field));
    }
    selected.Keep(of_fields);
  }
  if (in_) {
    selected.Keep(in_->Of(sets));
  }
  if (not_in_) {
    selected.Remove(not_in_->Of(sets));
  }
  if (in_original_) {
    keep(sets.OfOriginal(), *in_original_);
  }
  if (known_) {
    keep(sets.OfKnown(), *known_);
  }
  return selected;
}

}  // namespace lastlook

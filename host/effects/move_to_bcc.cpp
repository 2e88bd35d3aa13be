// SPDX-License-Identifier: MPL-2.0
// Moves the selected recipients from To and Cc to Bcc. Who stands in Bcc already stays there once, nobody is lost, and
// To does not end up empty.
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "effects/effect.h"
#include "mail/address_parser.h"
#include "policy/organisations.h"
#include "policy/recipient_selector.h"

namespace lastlook::effects::move_to_bcc {
namespace {

constexpr int kTo = static_cast<int>(RecipientField::kTo);
constexpr int kBcc = static_cast<int>(RecipientField::kBcc);

// Who takes the place of those who left To: the sender, an address, or nobody. Of nobody the mail program makes
// "undisclosed-recipients:;" (an empty group, RFC 5322 section 3.4).
struct EmptyTo {
  bool sender = true;
  std::optional<Mailbox> address;

  std::optional<Mailbox> For(const Draft& draft) const {
    if (!sender) {
      return address;
    }
    return draft.from && draft.from->address ? draft.from : std::nullopt;
  }
};

// What two recipients are compared by, also those that could not be parsed.
std::string KeyOf(const Mailbox& mailbox) {
  return mailbox.address ? mailbox.address->Key() : '\0' + mailbox.typed;
}

// Of ten thousand recipients few share a domain with one.
bool IsSame(const Mailbox& a, const Mailbox& b) {
  return (!a.address || !b.address || a.address->domain == b.address->domain) && KeyOf(a) == KeyOf(b);
}

class MoveToBcc : public Effect {
 public:
  MoveToBcc(RecipientSelector selector, EmptyTo empty_to, std::optional<OrganisationNames> organisations)
      : selector_(std::move(selector)), empty_to_(std::move(empty_to)), organisations_(std::move(organisations)) {}

  Stage stage() const override { return Stage::kMoveRecipients; }
  std::string_view capability() const override { return "recipients"; }

  // Whoever moves leaves To or Cc, and nobody else comes there but the sender.
  std::optional<bool> Changes(const Draft& draft, const FoundInMail& found) const override {
    const std::vector<bool> moves = WhoMoves(draft, found, true);
    return !moves.empty() && moves.back();
  }

  void Apply(const FoundInMail& found, Draft* draft) const override {
    const std::vector<bool> moves = WhoMoves(*draft, found);
    std::vector<Mailbox> fields[3];
    std::vector<Mailbox> moved;
    std::unordered_set<std::string> placed;  // nobody gets the mail twice
    placed.reserve(moves.size());
    for (std::size_t i = 0; i < moves.size(); ++i) {
      Recipient& recipient = draft->recipients[i];
      if (!moves[i]) {
        placed.insert(KeyOf(recipient.mailbox));
        fields[static_cast<int>(recipient.field)].push_back(std::move(recipient.mailbox));
      } else {
        moved.push_back(std::move(recipient.mailbox));
      }
    }
    for (Mailbox& mailbox : moved) {
      if (placed.insert(KeyOf(mailbox)).second) {
        fields[kBcc].push_back(std::move(mailbox));
      }
    }
    if (!moved.empty() && fields[kTo].empty()) {
      FillTo(*draft, fields);
    }
    draft->SetRecipients(std::move(fields[0]), std::move(fields[1]), std::move(fields[2]));
  }

 private:
  // One for each recipient; with `first_only`, it ends with the first who moves.
  std::vector<bool> WhoMoves(const Draft& draft, const FoundInMail& found, bool first_only = false) const {
    const DraftFacts facts(draft, found);
    // Whoever would fill To stands for nobody else: hiding them helps nobody, and they are no organisation to keep.
    const std::optional<Mailbox> stand_in = empty_to_.For(draft);
    std::vector<bool> moves;
    moves.reserve(draft.recipients.size());
    std::optional<std::string> kept;  // the organisation of the first of them, To before Cc
    for (const Recipient& recipient : draft.recipients) {
      bool selected = recipient.field != RecipientField::kBcc && selector_.Selects(recipient, facts) &&
                      !(stand_in && IsSame(recipient.mailbox, *stand_in));
      if (selected && organisations_ && recipient.mailbox.address) {
        std::string organisation = organisations_->Of(*recipient.mailbox.address);
        selected = kept && *kept != organisation;
        if (!kept) {
          kept = std::move(organisation);
        }
      }
      moves.push_back(selected);
      if (selected && first_only) {
        break;
      }
    }
    return moves;
  }

  // Whoever is put into To leaves the field in which they stood.
  void FillTo(const Draft& draft, std::vector<Mailbox> (&fields)[3]) const {
    std::optional<Mailbox> stand_in = empty_to_.For(draft);
    if (!stand_in) {
      return;
    }
    const std::string key = KeyOf(*stand_in);
    for (auto& field : fields) {
      std::erase_if(field, [&](const Mailbox& mailbox) { return KeyOf(mailbox) == key; });
    }
    fields[kTo].push_back(*std::move(stand_in));
  }

  RecipientSelector selector_;
  EmptyTo empty_to_;
  std::optional<OrganisationNames> organisations_;  // only where one of them stays visible
};

EmptyTo ReadEmptyTo(ObjectReader* reader) {
  EmptyTo empty_to;
  const std::optional<std::string> word = reader->String("empty_to");
  if (!word || *word == "sender") {
    return empty_to;
  }
  empty_to.sender = false;
  if (*word != "undisclosed") {
    Mailbox mailbox = ParseMailbox(*word);
    if (!mailbox.address) {
      reader->Refuse("empty_to", "\"" + *word + "\" is no value of \"empty_to\"",
                     "write \"sender\", \"undisclosed\" or one address");
    }
    empty_to.address = std::move(mailbox);
  }
  return empty_to;
}

}  // namespace

MakeResult Make(const Json& params, const Policy& policy) {
  std::vector<std::string> keys = RecipientSelector::KeysOfEffects();
  keys.insert(keys.end(), {"empty_to", "keep_one_organisation"});
  ObjectReader reader(params, std::move(keys));
  RecipientSelector selector = RecipientSelector::ReadOfEffect(&reader, policy);
  EmptyTo empty_to = ReadEmptyTo(&reader);
  std::optional<OrganisationNames> organisations;
  if (reader.Boolean("keep_one_organisation").value_or(false)) {
    organisations.emplace(policy);
  }
  if (reader.error()) {
    return *reader.error();
  }
  return std::unique_ptr<Effect>(
      std::make_unique<MoveToBcc>(std::move(selector), std::move(empty_to), std::move(organisations)));
}

}  // namespace lastlook::effects::move_to_bcc

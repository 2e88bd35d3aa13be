// SPDX-License-Identifier: MPL-2.0
#include "conditions/mail_view.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace lastlook {
namespace {

// Zones begin at line starts, before which the folded text has a border too.
std::vector<ZoneSpan> FoldZones(const std::vector<ZoneSpan>& zones, const FoldedNamedText& text) {
  std::vector<ZoneSpan> folded;
  const std::vector<std::uint32_t>& original = text.folded.original_utf16;
  std::size_t utf16 = 0;
  std::size_t begin = 0;
  for (const ZoneSpan& zone : zones) {
    utf16 += Utf16Length(std::string_view(text.named.text).substr(zone.begin, zone.end - zone.begin));
    const auto end =
        zone.end == text.named.text.size()
            ? text.folded.text.size()
            : static_cast<std::size_t>(
                  std::lower_bound(original.begin() + static_cast<std::ptrdiff_t>(begin), original.end(), utf16) -
                  original.begin());
    folded.push_back({begin, end, zone.zone});
    begin = end;
  }
  return folded;
}

}  // namespace

MailView::MailView(const Draft& draft, const Context& context, const Policy& policy)
    : draft_(draft), context_(context), policy_(policy), internal_(policy.FindList("internal")), original_(draft) {
}

const std::vector<std::string>& MailView::recipient_keys() const {
  if (!recipient_keys_) {
    recipient_keys_.emplace();
    recipient_keys_->reserve(draft_.recipients.size());
    for (const Recipient& recipient : draft_.recipients) {
      const Mailbox& mailbox = recipient.mailbox;
      recipient_keys_->push_back(mailbox.address ? mailbox.address->Key() : std::string(1, '\0') + mailbox.typed);
    }
  }
  return *recipient_keys_;
}

const std::vector<std::uint32_t>& MailView::recipient_numbers() const {
  if (!recipient_numbers_) {
    const std::vector<std::string>& keys = recipient_keys();
    std::unordered_map<std::string_view, std::uint32_t> numbers;
    numbers.reserve(keys.size());
    recipient_numbers_.emplace();
    recipient_numbers_->reserve(keys.size());
    for (const std::string& key : keys) {
      recipient_numbers_->push_back(numbers.try_emplace(key, static_cast<std::uint32_t>(numbers.size())).first->second);
    }
  }
  return *recipient_numbers_;
}

const RecipientSet& MailView::OfField(RecipientField field) const {
  std::optional<RecipientSet>& set = fields_[static_cast<int>(field)];
  if (!set) {
    set.emplace(size());
    for (std::size_t i = 0; i < size(); ++i) {
      if (draft_.recipients[i].field == field) {
        set->Insert(i);
      }
    }
  }
  return *set;
}

const RecipientSet& MailView::OfList(const AddressPatterns& patterns) const {
  const auto known =
      std::find_if(lists_.begin(), lists_.end(), [&](const auto& list) { return list.first == &patterns; });
  if (known != lists_.end()) {
    return *known->second;
  }
  auto set = std::make_unique<RecipientSet>(size());
  if (!patterns.empty()) {
    const std::vector<std::string>& keys = recipient_keys();
    for (std::size_t i = 0; i < size(); ++i) {
      const auto& address = draft_.recipients[i].mailbox.address;
      if (address && patterns.Matches(*address, keys[i], context_.now)) {
        set->Insert(i);
      }
    }
  }
  return *lists_.emplace_back(&patterns, std::move(set)).second;
}

const RecipientSet& MailView::OfOriginal() const {
  if (!of_original_) {
    of_original_.emplace(size());
    for (std::size_t i = 0; i < size() && draft_.compose.original; ++i) {
      if (draft_.recipients[i].mailbox.address && original_.ContainsKey(recipient_keys()[i])) {
        of_original_->Insert(i);
      }
    }
  }
  return *of_original_;
}

const RecipientSet& MailView::OfKnown() const {
  if (!of_known_) {
    of_known_ = OfOriginal();
    for (std::size_t i = 0; i < size(); ++i) {
      if (draft_.recipients[i].mailbox.address && KnowsKey(recipient_keys()[i])) {
        of_known_->Insert(i);
      }
    }
  }
  return *of_known_;
}

bool MailView::KnowsKey(const std::string& key) const {
  return (!context_.contacts.empty() && context_.contacts.contains(key)) ||
         (context_.history && context_.history->Find(key) != nullptr);
}

bool MailView::IsInside(const Mailbox& mailbox) const {
  return mailbox.address && internal_->Contains(*mailbox.address, context_.now);
}

bool MailView::Known(const Mailbox& mailbox) const {
  if (!mailbox.address) {
    return false;
  }
  return InOriginal(mailbox) || KnowsKey(mailbox.address->Key());
}

const FoldedNamedText& MailView::subject() const {
  if (!subject_) {
    subject_ = FoldedNamedText{{"subject", draft_.subject, {}}, FoldText(draft_.subject)};
  }
  return *subject_;
}

const std::vector<FoldedNamedText>& MailView::attachment_names() const {
  if (!attachment_names_) {
    attachment_names_.emplace();
    for (std::size_t i = 0; i < draft_.attachments.size(); ++i) {
      const std::string& name = draft_.attachments[i].name;
      attachment_names_->push_back({{"attachments[" + std::to_string(i) + "]", name, {}}, FoldText(name)});
    }
  }
  return *attachment_names_;
}

const std::vector<FoldedNamedText>& MailView::body() const {
  if (!body_) {
    body_.emplace();
    for (NamedText& named : BodyTexts(draft_)) {
      FoldedText folded = FoldText(named.text);
      body_->push_back({std::move(named), std::move(folded)});
    }
  }
  return *body_;
}

const std::vector<BodyZones>& MailView::body_zones() const {
  if (!body_zones_) {
    body_zones_.emplace();
    for (const FoldedNamedText& text : body()) {
      std::vector<ZoneSpan> zones = FindTextZones(text.named.text, text.named.marks);
      std::vector<ZoneSpan> folded = FoldZones(zones, text);
      body_zones_->push_back({std::move(zones), std::move(folded)});
    }
  }
  return *body_zones_;
}

}  // namespace lastlook

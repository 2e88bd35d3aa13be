// SPDX-License-Identifier: MPL-2.0
#include "conditions/support/mail_data.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "base/text_fold.h"
#include "policy/suggestion.h"

namespace lastlook {
namespace {

using detect::DataType;
using detect::PersonalDatum;

// What a signature is there for. Anything else in it is as bad as elsewhere.
bool IsContactData(DataType type) {
  return type == DataType::kPhoneNumber || type == DataType::kEmailAddress || type == DataType::kAddress ||
         type == DataType::kPersonName || type == DataType::kCorporateNumber;
}

std::string WithoutBlanks(std::string_view name) {
  std::string out;
  for (const char c : Fold(name)) {
    if (c != ' ') {
      out += c;
    }
  }
  return out;
}

// The sender and the recipients: by address, and by their names without blanks.
class PeopleOfMail {
 public:
  explicit PeopleOfMail(const MailView& mail) {
    const Draft& draft = mail.draft();
    if (draft.from) {
      Add(*draft.from);
    }
    for (const Mailbox& mailbox : draft.reply_to) {
      Add(mailbox);
    }
    addresses_.insert(mail.recipient_keys().begin(), mail.recipient_keys().end());
    for (const Recipient& recipient : draft.recipients) {
      AddName(recipient.mailbox.display_name);
    }
    for (const Identity& identity : mail.context().identities) {
      addresses_.insert(identity.address.Key());
      AddName(identity.name);
    }
  }

  bool Contains(const PersonalDatum& datum) const {
    if (datum.type == DataType::kEmailAddress) {
      return addresses_.contains(Fold(datum.normalized));
    }
    if (datum.type != DataType::kPersonName) {
      return false;
    }
    // "山田" of "山田太郎", who gets the mail.
    const std::string name = WithoutBlanks(datum.normalized);
    const auto known = names_.lower_bound(name);
    return known != names_.end() && known->starts_with(name);
  }

 private:
  void Add(const Mailbox& mailbox) {
    if (mailbox.address) {
      addresses_.insert(mailbox.address->Key());
    }
    AddName(mailbox.display_name);
  }
  void AddName(std::string_view name) {
    if (!name.empty()) {
      names_.insert(WithoutBlanks(name));
    }
  }

  std::unordered_set<std::string> addresses_;
  std::set<std::string> names_;
};

bool IsInSignature(const BodyZones& zones, std::size_t at) {
  return std::any_of(zones.text.begin(), zones.text.end(), [at](const ZoneSpan& span) {
    return span.zone == TextZone::kSignature && at >= span.begin && at < span.end;
  });
}

detect::PhoneRegion RegionOf(const MailView& mail) {
  return detect::PhoneRegionFromName(mail.policy().settings.phone_region).value_or(detect::PhoneRegion::kAny);
}

// What stands in the mail, whoever asks: several rules do, and scanning is what takes time.
struct DataOfSubject {
  explicit DataOfSubject(const MailView& mail)
      : found(detect::FindPersonalData(mail.subject().named.text, RegionOf(mail))) {}
  std::vector<PersonalDatum> found;
};
struct DataOfBody {
  explicit DataOfBody(const MailView& mail) {
    found.reserve(mail.body().size());
    for (const FoldedNamedText& text : mail.body()) {
      found.push_back(detect::FindPersonalData(text.named.text, RegionOf(mail)));
    }
  }
  std::vector<std::vector<PersonalDatum>> found;  // of each of MailView::body()
};

struct DataOfAttachments {
  explicit DataOfAttachments(const MailView& mail) {
    for (const PartText& text : mail.Shared<InspectedParts>().texts()) {
      found.push_back(detect::FindPersonalData(text.fact->text, RegionOf(mail)));
    }
  }
  std::vector<std::vector<PersonalDatum>> found;  // of each of InspectedParts::texts()
};

class Collector {
 public:
  Collector(const MailView& mail, detect::Band least) : mail_(mail), least_(least) {}

  void Look(const NamedText& text, const std::vector<PersonalDatum>& data, const BodyZones* zones) {
    const bool html = text.where == "body.html";
    std::size_t at = 0;
    std::size_t units = 0;
    for (const PersonalDatum& datum : data) {
      units += Utf16Length(std::string_view(text.text).substr(at, datum.begin - at));
      at = datum.begin;
      const bool again = html && in_plain_text_.contains({datum.type, datum.normalized});
      const bool signature = zones != nullptr && IsContactData(datum.type) && IsInSignature(*zones, datum.begin);
      if (datum.band < least_ || again || signature || IsOfThePeople(datum)) {
        continue;
      }
      if (!html) {
        in_plain_text_.emplace(datum.type, datum.normalized);
      }
      const std::size_t length = Utf16Length(datum.value);
      found_.push_back({text.where, units, units + length, datum});
    }
  }

  void LookInto(const PartText& text, const std::vector<PersonalDatum>& data) {
    std::size_t at = 0;
    std::size_t units = 0;
    for (const PersonalDatum& datum : data) {
      units += Utf16Length(std::string_view(text.fact->text).substr(at, datum.begin - at));
      at = datum.begin;
      if (datum.band >= least_ && !IsOfThePeople(datum)) {
        found_.push_back({text.where, units, units + Utf16Length(datum.value), datum, &text});
      }
    }
  }

  std::vector<MailDatum> Take() { return std::move(found_); }

 private:
  // Only what can be somebody's asks for the people: there may be ten thousand, and mostly there is nothing.
  bool IsOfThePeople(const PersonalDatum& datum) const {
    const bool may_be = datum.type == DataType::kEmailAddress || datum.type == DataType::kPersonName;
    return may_be && mail_.Shared<PeopleOfMail>().Contains(datum);
  }

  const MailView& mail_;
  detect::Band least_;
  std::set<std::pair<DataType, std::string>> in_plain_text_;
  std::vector<MailDatum> found_;
};

}  // namespace

DataPlaces DataPlaces::Read(ObjectReader* reader) {
  DataPlaces places;
  const std::vector<std::string> known = {"subject", "body", "attachments"};
  if (const auto in = reader->Strings("in")) {
    places.in_subject = places.in_body = places.in_attachments = false;
    for (const std::string& place : *in) {
      if (std::find(known.begin(), known.end(), place) == known.end()) {
        reader->Refuse("in", "\"" + place + "\" is no place to look for data", SuggestName(place, known));
      }
      places.in_subject = places.in_subject || place == "subject";
      places.in_body = places.in_body || place == "body";
      places.in_attachments = places.in_attachments || place == "attachments";
    }
  }
  if (const auto band = reader->OneOf("band", {"low", "medium", "high"})) {
    places.least = *detect::BandFromName(*band);
  }
  return places;
}

std::vector<MailDatum> FindMailData(const MailView& mail, const DataPlaces& places) {
  Collector collector(mail, places.least);
  if (places.in_subject) {
    collector.Look(mail.subject().named, mail.Shared<DataOfSubject>().found, nullptr);
  }
  if (places.in_body) {
    const std::vector<FoldedNamedText>& body = mail.body();
    const std::vector<BodyZones>& zones = mail.body_zones();
    const std::vector<std::vector<PersonalDatum>>& data = mail.Shared<DataOfBody>().found;
    for (std::size_t i = 0; i < body.size(); ++i) {
      collector.Look(body[i].named, data[i], &zones[i]);
    }
  }
  if (places.in_attachments) {
    const std::vector<PartText>& texts = mail.Shared<InspectedParts>().texts();
    const std::vector<std::vector<PersonalDatum>>& data = mail.Shared<DataOfAttachments>().found;
    for (std::size_t i = 0; i < texts.size(); ++i) {
      collector.LookInto(texts[i], data[i]);
    }
  }
  return collector.Take();
}

void AddDataEvidence(const MailView& mail, const MailDatum& datum, EvidenceList* evidence) {
  // Masking is only worth its time for what is kept.
  const bool is_kept = !evidence->full();
  std::string excerpt = is_kept ? detect::MaskedValue(datum.datum) : std::string();
  evidence->Add({std::string(datum.where),
                 std::move(excerpt),
                 static_cast<std::uint32_t>(datum.start),
                 static_cast<std::uint32_t>(datum.end),
                 detect::DataTypeName(datum.datum.type),
                 {},
                 {},
                 is_kept && datum.part != nullptr ? PlaceIn(mail, *datum.part, datum.datum.begin) : nullptr});
}

}  // namespace lastlook

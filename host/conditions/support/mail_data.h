// SPDX-License-Identifier: MPL-2.0
// The personal data of a mail, without what stands in every mail: the sender's signature and the people it goes to.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "conditions/condition.h"
#include "conditions/mail_view.h"
#include "conditions/support/part_texts.h"
#include "detect/personal_data.h"
#include "policy/object_reader.h"

namespace lastlook {

// Where in a mail to look, and how sure it must be.
struct DataPlaces {
  bool in_subject = true;
  bool in_body = true;
  bool in_attachments = true;  // the texts in them
  detect::Band least = detect::Band::kMedium;

  static std::vector<std::string> Keys() { return {"in", "band"}; }
  static DataPlaces Read(ObjectReader* reader);
};

struct MailDatum {
  std::string_view where;  // "subject", "body.text", "attachments[0].text[1]" …; belongs to the MailView
  std::size_t start = 0;   // UTF-16 units of that text
  std::size_t end = 0;
  detect::PersonalDatum datum;
  const PartText* part = nullptr;  // the text of an attachment that it is in
};

// What is found in those places, in order. Quoted text leaves the building as well, so it counts. Left out: contact
// data in the sender's signature, addresses and names of the sender and the recipients, and what the HTML says again.
std::vector<MailDatum> FindMailData(const MailView& mail, const DataPlaces& places);

// Evidence with the value masked; its text in the schema has the name of the type.
void AddDataEvidence(const MailView& mail, const MailDatum& datum, EvidenceList* evidence);

}  // namespace lastlook

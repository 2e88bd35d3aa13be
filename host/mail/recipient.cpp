// SPDX-License-Identifier: MPL-2.0
#include "mail/recipient.h"

namespace lastlook {

std::string_view RecipientFieldName(RecipientField field) {
  switch (field) {
    case RecipientField::kTo:
      return "to";
    case RecipientField::kCc:
      return "cc";
    case RecipientField::kBcc:
      return "bcc";
  }
  return "";
}

std::optional<RecipientField> RecipientFieldFromName(std::string_view name) {
  for (const RecipientField field : {RecipientField::kTo, RecipientField::kCc, RecipientField::kBcc}) {
    if (name == RecipientFieldName(field)) {
      return field;
    }
  }
  return std::nullopt;
}

std::string Recipient::Id() const {
  std::string id(RecipientFieldName(field));
  id += '[';
  id += std::to_string(index);
  id += ']';
  return id;
}

}  // namespace lastlook

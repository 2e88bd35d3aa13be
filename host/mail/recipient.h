// SPDX-License-Identifier: MPL-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "mail/mailbox.h"

namespace lastlook {

enum class RecipientField { kTo, kCc, kBcc };

// "to", "cc", "bcc".
std::string_view RecipientFieldName(RecipientField field);
std::optional<RecipientField> RecipientFieldFromName(std::string_view name);

struct Recipient {
  RecipientField field = RecipientField::kTo;
  std::size_t index = 0;  // within its field, from 0
  Mailbox mailbox;

  // "to[0]": how verdicts and clients name this recipient.
  std::string Id() const;
};

}  // namespace lastlook

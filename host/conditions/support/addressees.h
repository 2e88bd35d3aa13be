// SPDX-License-Identifier: MPL-2.0
// The people whom the first lines address, and whether a recipient can be one of them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "conditions/condition.h"
#include "conditions/support/text_places.h"
#include "detect/greeting.h"

namespace lastlook {

struct MailGreeting {
  TextStretch text;  // that it was read from; the places of the people count from its begin
  detect::Greeting greeting;
};

// Of the sender's first lines; nothing without any.
std::optional<MailGreeting> ReadGreeting(const MailView& mail);

enum class NameMatch { kNo, kCannotTell, kYes };

// By surname or first name, in kanji, kana and Latin letters (support/name_keys.h), of the display name, the contact
// and the local-part.
NameMatch MatchesName(const MailView& mail, const Recipient& recipient, const detect::Addressee& who);

}  // namespace lastlook

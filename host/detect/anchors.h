// SPDX-License-Identifier: MPL-2.0
// The words at which something other than a number is looked for. Private to this folder.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "detect/byte_sieve.h"

namespace lastlook::detect {

enum class AnchorKind : std::uint8_t {
  kNone,
  kEmail,
  kSecret,       // a key's prefix, or a label of passwords
  kAddress,      // the end of a prefecture, 住所, 〒
  kBirthLabel,   // 生年月日, "DOB"
  kBirthBehind,  // 生 behind a date
  kNameLabel,    // 氏名, "name"
  kNameTitle,    // 様, さん, "Mr."
  kNameOffice,   // 部長 and such, by their last character; 担任, 弊社
  kWideJoint,    // what may join digits without being ASCII: "ー", "・", "─"
};

// Marks where an anchor may begin.
const ByteSieve& AnchorSieve();

// Takes out of the row the places at which no anchor stands.
void KeepAnchors(std::string_view folded, SieveRow* marked);

// The kind of anchor that stands at `at`; kNone where only its first bytes do.
AnchorKind AnchorAt(std::string_view folded, std::size_t at);

}  // namespace lastlook::detect

// SPDX-License-Identifier: MPL-2.0
// PowerPoint 97 to 2003 ([MS-PPT]): every text in it, in the order of the file.
#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "content/compound_readers.h"
#include "mail/charset.h"

namespace lastlook::content {

void ReadOldSlides(const Item& item, const CompoundFile& file, Inspection* inspection) {
  // 2.13.24 RecordType.
  constexpr std::uint16_t kTextChars = 0x0FA0;
  constexpr std::uint16_t kTextBytes = 0x0FA8;
  constexpr std::uint16_t kCString = 0x0FBA;
  constexpr std::uint32_t kEncryptedToken = 0xF3D1C4DF;  // 2.3.2 CurrentUserAtom.headerToken
  if (Le32(file.Read("Current User"), 12) == kEncryptedToken) {
    inspection->MarkUninspected(item, Uninspected::kEncrypted);
    return;
  }
  const std::string document = file.Read("PowerPoint Document");
  std::string text;
  for (std::size_t at = 0; at + 8 <= document.size();) {
    const bool container = (Le16(document, at) & 0xFU) == 0xFU;  // 2.3.1: its records follow
    const std::uint16_t type = Le16(document, at + 2);
    const std::size_t length = std::min<std::size_t>(Le32(document, at + 4), document.size() - at - 8);
    const std::string_view body = std::string_view(document).substr(at + 8, length);
    if (type == kTextChars || type == kCString) {
      text += DecodeCharset(body, "UTF-16LE") + "\n";
    } else if (type == kTextBytes) {
      text += DecodeCharset(body, "windows-1252") + "\n";
    }
    at += 8 + (container ? 0 : length);
  }
  std::replace(text.begin(), text.end(), '\r', '\n');
  std::replace(text.begin(), text.end(), '\v', '\n');
  inspection->AddText(item, TextUnit::kWhole, std::move(text));
}

}  // namespace lastlook::content

// SPDX-License-Identifier: MPL-2.0
// Word 97 to 2003 ([MS-DOC]): the text by its piece table.
#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "content/compound_readers.h"
#include "mail/charset.h"

namespace lastlook::content {
namespace {

// Marks in the text (2.4.1): paragraph and cell ends, page breaks, fields and pictures.
std::string WithPlainMarks(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool instruction = false;  // between 0x13 and 0x14: what a field is made from
  for (const char c : text) {
    switch (c) {
      case '\x13':
        instruction = true;
        break;
      case '\x14':
      case '\x15':
        instruction = false;
        break;
      case '\r':
      case '\x0B':
      case '\x0C':
        out += '\n';
        break;
      case '\x07':
        out += '\t';
        break;
      default:
        if (!instruction && (static_cast<unsigned char>(c) >= 0x20 || c == '\t')) {
          out += c;
        }
    }
  }
  return out;
}

}  // namespace

void ReadOldWord(const Item& item, const CompoundFile& file, Inspection* inspection) {
  constexpr std::uint16_t kEncrypted = 0x0100;               // FibBase.fEncrypted (2.5.2)
  constexpr std::uint16_t kTable1 = 0x0200;                  // FibBase.fWhichTblStm
  constexpr std::uint32_t kCompressed = UINT32_C(1) << 30U;  // FcCompressed (2.9.73): one byte a character
  const std::string document = file.Read("WordDocument");
  const std::uint16_t flags = Le16(document, 10);
  if ((flags & kEncrypted) != 0) {
    inspection->MarkUninspected(item, Uninspected::kEncrypted);
    return;
  }
  const std::string table = file.Read((flags & kTable1) != 0 ? "1Table" : "0Table");
  const std::size_t clx = Le32(document, 0x01A2);
  const std::size_t clx_end = std::min<std::size_t>(clx + Le32(document, 0x01A6), table.size());
  // Prc blocks (1, length of two bytes), then one Pcdt (2, length of four) (2.9.38).
  std::size_t at = clx;
  while (at + 3 <= clx_end && table[at] == 1) {
    at += 3 + Le16(table, at + 1);
  }
  if (at + 5 > clx_end || table[at] != 2) {
    inspection->MarkUninspected(item, Uninspected::kDamaged);
    return;
  }
  const std::size_t length = std::min<std::size_t>(Le32(table, at + 1), clx_end - at - 5);
  const std::string_view pieces = std::string_view(table).substr(at + 5, length);
  const std::size_t count = pieces.size() < 4 ? 0 : (pieces.size() - 4) / 12;  // n + 1 positions of 4, n pieces of 8
  std::string text;
  for (std::size_t i = 0; i < count && text.size() < inspection->limits().text_bytes; ++i) {
    const std::uint32_t begin = Le32(pieces, i * 4);
    const std::uint32_t end = Le32(pieces, i * 4 + 4);
    const std::uint32_t place = Le32(pieces, (count + 1) * 4 + i * 8 + 2);
    const bool compressed = (place & kCompressed) != 0;
    const std::size_t from = compressed ? (place & (kCompressed - 1)) / 2 : place & (kCompressed - 1);
    if (end <= begin || from >= document.size()) {
      continue;
    }
    const std::size_t bytes =
        std::min<std::size_t>(static_cast<std::size_t>(end - begin) * (compressed ? 1 : 2), document.size() - from);
    text += DecodeCharset(std::string_view(document).substr(from, bytes), compressed ? "windows-1252" : "UTF-16LE");
  }
  inspection->AddText(item, TextUnit::kWhole, WithPlainMarks(text));
}

}  // namespace lastlook::content

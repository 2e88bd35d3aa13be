// SPDX-License-Identifier: MPL-2.0
#include "content/text_charset.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "base/text_fold.h"
#include "mail/charset.h"

namespace lastlook::content {
namespace {

constexpr std::size_t kLookedAt = 64U << 10U;

// Characters of simplified Chinese that stand in nearly every text. Bytes of another character set read as GB18030 give
// rare ones: a hundred out of some 7,000 would make one in seventy.
constexpr std::string_view kCommonChinese =
    "的一是不了在有人我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里"
    "用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实"
    "电话号码姓名身份证公司地址邮件请您先生女士金额合同日期联系客户";

std::size_t SequenceLength(unsigned char first) {
  return first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
}

bool ReadsAsChinese(const std::string& utf8) {
  std::size_t hanzi = 0;
  std::size_t common = 0;
  std::size_t kana = 0;
  for (std::size_t at = 0; at < utf8.size();) {
    const std::size_t length = SequenceLength(static_cast<unsigned char>(utf8[at]));
    const std::string_view character = std::string_view(utf8).substr(at, length);
    at += length;
    if (length != 3) {
      continue;
    }
    if (character == "\xEF\xBF\xBD") {  // U+FFFD
      return false;
    }
    if (character >= "\xE3\x81\x81" && character <= "\xE3\x83\xBE") {  // U+3041–U+30FE
      ++kana;
    } else if (character >= "\xE4\xB8\x80" && character <= "\xE9\xBF\xBF") {  // U+4E00–U+9FFF
      ++hanzi;
      common += kCommonChinese.find(character) != std::string_view::npos ? 1 : 0;
    }
  }
  return hanzi > 0 && common * 6 >= hanzi && kana * 4 < hanzi;
}

// UTF-16 without a mark: western text and digits have a zero in every other byte.
const char* Utf16WithoutMark(std::string_view bytes) {
  std::size_t even = 0;
  std::size_t odd = 0;
  const std::string_view head = bytes.substr(0, std::min(bytes.size(), kLookedAt));
  for (std::size_t i = 0; i + 1 < head.size(); i += 2) {
    even += head[i] == '\0' ? 1 : 0;
    odd += head[i + 1] == '\0' ? 1 : 0;
  }
  const std::size_t units = head.size() / 2;
  if (units == 0 || even + odd == 0 || (even > 0 && odd > 0 && even * 8 > odd && odd * 8 > even)) {
    return nullptr;
  }
  return (odd > even ? odd : even) * 10 >= units ? (odd > even ? "UTF-16LE" : "UTF-16BE") : nullptr;
}

}  // namespace

std::string DecodeText(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) {
    return DecodeCharset(bytes.substr(3), "UTF-8");
  }
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
    return DecodeCharset(bytes, "UTF-16");
  }
  if (const char* utf16 = Utf16WithoutMark(bytes)) {
    return DecodeCharset(bytes, utf16);
  }
  if (IsValidUtf8(bytes) || bytes.find('\x1B') != std::string_view::npos) {
    return DecodeUndeclared(bytes);
  }
  if (ReadsAsChinese(DecodeCharset(bytes.substr(0, kLookedAt & ~std::size_t{1}), "GB18030"))) {
    return DecodeCharset(bytes, "GB18030");
  }
  return DecodeUndeclared(bytes);
}

bool LooksLikeText(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, std::min(bytes.size(), kLookedAt));
  const bool has_mark = head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF");
  if (has_mark || Utf16WithoutMark(head) != nullptr) {
    return has_mark ||
           LooksLikeText(DecodeCharset(head.substr(0, head.size() & ~std::size_t{1}), Utf16WithoutMark(head)));
  }
  return std::none_of(head.begin(), head.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    // Tab, the line ends, form feed, substitute (an old end of file) and escape (ISO-2022) stand in texts.
    return byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r' && byte != '\f' && byte != 0x1A &&
           byte != 0x1B && byte != '\v' && byte != '\b';
  });
}

}  // namespace lastlook::content

// SPDX-License-Identifier: MPL-2.0
#include "mail/charset.h"

#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <memory>
#include <new>
#include <utility>

#include "base/text_fold.h"

namespace lastlook {
namespace {

constexpr const char* kCp932 = "ibm-943_P15A-2003";                 // ICU's table for Windows code page 932
constexpr const char* kEucJp = "euc-jp-2007";                       // with the NEC and IBM rows of CP51932
constexpr const char* kIso2022Jp = "ISO_2022,locale=ja,version=3";  // JIS7: with half-width katakana (ESC ( I)
constexpr const char* kWindows1252 = "ibm-5348_P100-1997";

// Names under which mail programs write a superset (WHATWG Encoding Standard section 4.2 does the same for the web).
constexpr std::array<std::pair<std::string_view, const char*>, 34> kSupersets = {{
    {"shift_jis", kCp932},
    {"shift-jis", kCp932},
    {"sjis", kCp932},
    {"x-sjis", kCp932},
    {"ms_kanji", kCp932},
    {"cp932", kCp932},
    {"ms932", kCp932},
    {"windows-31j", kCp932},
    {"cswindows31j", kCp932},
    {"windows-932", kCp932},
    {"euc-jp", kEucJp},
    {"x-euc-jp", kEucJp},
    {"eucjp", kEucJp},
    {"cp51932", kEucJp},
    {"eucjp-ms", kEucJp},
    {"iso-2022-jp", kIso2022Jp},
    {"iso-2022-jp-1", kIso2022Jp},
    {"iso-2022-jp-ms", kIso2022Jp},
    {"cp50220", kIso2022Jp},
    {"cp50221", kIso2022Jp},
    {"cp50222", kIso2022Jp},
    {"csiso2022jp", kIso2022Jp},
    {"jis", kIso2022Jp},
    {"gb2312", "gb18030"},
    {"gb_2312-80", "gb18030"},
    {"gbk", "gb18030"},
    {"cp936", "gb18030"},
    {"x-gbk", "gb18030"},
    {"iso-8859-1", kWindows1252},
    {"latin1", kWindows1252},
    {"ks_c_5601-1987", "windows-949"},
    {"euc-kr", "windows-949"},
    {"big5", "windows-950"},
    {"iso-8859-9", "windows-1254"},
}};

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

Converter Open(const std::string& name) {
  UErrorCode status = U_ZERO_ERROR;
  Converter converter(ucnv_open(name.c_str(), &status));
  return U_SUCCESS(status) ? std::move(converter) : nullptr;
}

// ICU says of memory that it did not get that the text is "bogus", and writes such a text as nothing; but nothing is
// what a file without a finding looks like.
void MustBeThere(const icu::UnicodeString& text) {
  if (text.isBogus()) {
    throw std::bad_alloc();
  }
}

struct Decoded {
  std::string text;
  bool clean = false;  // nothing had to be replaced
};

Decoded Decode(std::string_view bytes, UConverter* converter) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeString text(bytes.data(), static_cast<int32_t>(bytes.size()), converter, status);
  if (status == U_MEMORY_ALLOCATION_ERROR) {
    throw std::bad_alloc();
  }
  Decoded decoded;
  if (U_FAILURE(status)) {
    return decoded;
  }
  MustBeThere(text);
  text.toUTF8String(decoded.text);
  // Converters replace by U+FFFD, some by U+001A (SUB).
  decoded.clean = text.indexOf(char16_t{0xFFFD}) < 0 && text.indexOf(char16_t{0x1A}) < 0;
  return decoded;
}

Decoded DecodeAs(std::string_view bytes, const char* name) {
  const Converter converter = Open(name);
  return converter ? Decode(bytes, converter.get()) : Decoded{};
}

std::string ReplaceInvalidUtf8(std::string_view bytes) {
  const auto decoded = icu::UnicodeString::fromUTF8(icu::StringPiece(bytes.data(), static_cast<int32_t>(bytes.size())));
  MustBeThere(decoded);
  std::string text;
  decoded.toUTF8String(text);
  return text;
}

// EUC-JP read as CP932 is a sea of half-width katakana (U+FF61–U+FF9F), which people hardly write.
bool IsMostlyHalfWidthKana(const std::string& utf8) {
  const icu::UnicodeString text = icu::UnicodeString::fromUTF8(utf8);
  int32_t kana = 0;
  int32_t others = 0;
  for (int32_t i = 0; i < text.length(); ++i) {
    const char16_t c = text.charAt(i);
    if (c >= 0xFF61 && c <= 0xFF9F) {
      ++kana;
    } else if (c >= 0x80) {
      ++others;
    }
  }
  return kana > others;
}

bool HasIso2022Escape(std::string_view bytes) {
  for (const std::string_view escape : {"\x1B$B", "\x1B$@", "\x1B(J", "\x1B(I", "\x1B$("}) {
    if (bytes.find(escape) != std::string_view::npos) {
      return true;
    }
  }
  return false;
}

// UTF-8 that was cut or has a few bytes spoilt: what else has so many whole characters of several bytes?
bool IsDamagedUtf8(std::string_view bytes) {
  constexpr std::size_t kWholeForEachSpoilt = 4;
  std::size_t whole = 0;
  std::size_t spoilt = 0;
  for (std::size_t at = 0; at < bytes.size();) {
    const auto first = static_cast<unsigned char>(bytes[at]);
    const std::size_t length = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0;
    if (length == 1) {
      ++at;
    } else if (length > 0 && IsValidUtf8(bytes.substr(at, length))) {
      ++whole;
      at += length;
    } else {
      ++spoilt;
      // The rest of the spoilt character is not counted again.
      for (++at; at < bytes.size() && (static_cast<unsigned char>(bytes[at]) & 0xC0U) == 0x80U;) {
        ++at;
      }
    }
  }
  return whole >= spoilt * kWholeForEachSpoilt;
}

}  // namespace

std::string DecodeUndeclared(std::string_view bytes) {
  if (HasIso2022Escape(bytes)) {
    return DecodeAs(bytes, kIso2022Jp).text;
  }
  if (IsValidUtf8(bytes)) {
    return std::string(bytes);
  }
  if (IsDamagedUtf8(bytes)) {
    return ReplaceInvalidUtf8(bytes);
  }
  Decoded cp932 = DecodeAs(bytes, kCp932);
  if (!cp932.clean || IsMostlyHalfWidthKana(cp932.text)) {
    Decoded euc = DecodeAs(bytes, kEucJp);
    if (euc.clean) {
      return std::move(euc.text);
    }
  }
  return cp932.clean ? std::move(cp932.text) : DecodeAs(bytes, kWindows1252).text;
}

std::string DecodeCharset(std::string_view bytes, std::string_view charset) {
  const std::string name = AsciiLower(TrimSpace(charset));
  if (name == "utf-8" || name == "utf8") {
    return IsValidUtf8(bytes) ? std::string(bytes) : ReplaceInvalidUtf8(bytes);
  }
  // Programs say us-ascii when they mean "I did not look".
  if (name.empty() || name == "us-ascii" || name == "ascii" || name == "unknown-8bit" || name == "x-unknown") {
    return DecodeUndeclared(bytes);
  }
  const auto* superset =
      std::find_if(kSupersets.begin(), kSupersets.end(), [&](const auto& entry) { return entry.first == name; });
  const Converter converter = Open(superset != kSupersets.end() ? superset->second : name);
  return converter ? Decode(bytes, converter.get()).text : DecodeUndeclared(bytes);
}

}  // namespace lastlook

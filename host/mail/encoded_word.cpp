// SPDX-License-Identifier: MPL-2.0
#include "mail/encoded_word.h"

#include <algorithm>
#include <cstdint>

#include "base/text_fold.h"
#include "mail/charset.h"

namespace lastlook {
namespace {

struct EncodedWord {
  std::string_view charset;
  char encoding = 0;  // 'b' or 'q'
  std::string_view text;
  std::size_t length = 0;  // of the whole; 0 = this is none
};

bool IsBlank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

EncodedWord ReadEncodedWord(std::string_view text) {
  text = text.substr(0, kMaxEncodedWordBytes);
  if (!text.starts_with("=?")) {
    return {};
  }
  const std::size_t charset_end = text.find('?', 2);
  if (charset_end == std::string_view::npos || charset_end == 2 || charset_end + 2 >= text.size() ||
      text[charset_end + 2] != '?') {
    return {};
  }
  EncodedWord word;
  word.charset = text.substr(2, charset_end - 2);
  word.charset = word.charset.substr(0, word.charset.find('*'));  // RFC 2231 section 5: a language may follow
  word.encoding = static_cast<char>(text[charset_end + 1] | 0x20);
  const std::size_t text_begin = charset_end + 3;
  // Q text of careless programs holds plain spaces and question marks; "?=" ends it.
  const std::size_t text_end = text.find("?=", text_begin);
  if ((word.encoding != 'b' && word.encoding != 'q') || text_end == std::string_view::npos ||
      std::any_of(word.charset.begin(), word.charset.end(),
                  [](char c) { return IsBlank(c) || c == ',' || c == '@'; })) {
    return {};
  }
  word.text = text.substr(text_begin, text_end - text_begin);
  word.length = text_end + 2;
  return word;
}

int Base64Value(char c) {
  if (c >= 'A' && c <= 'Z') {
    return c - 'A';
  }
  if (c >= 'a' && c <= 'z') {
    return c - 'a' + 26;
  }
  if (c >= '0' && c <= '9') {
    return c - '0' + 52;
  }
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}

// Lenient, unlike Base64Decode: names with missing padding are common and harmless.
std::string DecodeB(std::string_view text) {
  std::string bytes;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    const int value = Base64Value(c);
    if (value < 0) {
      continue;
    }
    bits = (bits << 6U) | static_cast<std::uint32_t>(value);
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes += static_cast<char>((bits >> static_cast<unsigned>(count)) & 0xFFU);
    }
  }
  return bytes;
}

int HexValue(char c) {
  if (c >= '0' && c <= '9') {
    return c - '0';
  }
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

std::string DecodeQ(std::string_view text) {
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '_') {
      bytes += ' ';
    } else if (text[i] == '=' && i + 2 < text.size() && HexValue(text[i + 1]) >= 0 && HexValue(text[i + 2]) >= 0) {
      bytes += static_cast<char>(HexValue(text[i + 1]) * 16 + HexValue(text[i + 2]));
      i += 2;
    } else {
      bytes += text[i];
    }
  }
  return bytes;
}

}  // namespace

std::size_t EncodedWordLength(std::string_view text) {
  return ReadEncodedWord(text).length;
}

std::string DecodeEncodedWords(std::string_view text) {
  std::string out;
  std::string pending;  // bytes of neighbouring words of one charset: a character may be split between them
  std::string pending_charset;
  const auto flush = [&] {
    if (!pending.empty()) {
      out += DecodeCharset(pending, pending_charset);
      pending.clear();
    }
  };
  bool after_word = false;
  std::size_t at = 0;
  while (at < text.size()) {
    std::size_t next = at;
    while (next < text.size() && IsBlank(text[next])) {
      ++next;
    }
    const EncodedWord word = ReadEncodedWord(text.substr(next));
    if (word.length > 0) {
      if (!after_word) {
        out.append(text.substr(at, next - at));
      }
      std::string charset = AsciiLower(word.charset);
      if (charset != pending_charset) {
        flush();
        pending_charset = std::move(charset);
      }
      pending += word.encoding == 'b' ? DecodeB(word.text) : DecodeQ(word.text);
      after_word = true;
      at = next + word.length;
      continue;
    }
    flush();
    after_word = false;
    // Up to the next place where white space or an encoded word may begin.
    const std::size_t end = std::min(text.find_first_of(" \t\r\n=", next + 1), text.size());
    out.append(text.substr(at, end - at));
    at = end;
  }
  flush();
  return out;
}

}  // namespace lastlook

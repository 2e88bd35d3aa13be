// SPDX-License-Identifier: MPL-2.0
#include "mail/display_name.h"

#include <unicode/utf8.h>

#include <algorithm>

#include "base/crypto.h"
#include "base/text_fold.h"
#include "mail/address_lexer.h"
#include "mail/charset.h"
#include "mail/encoded_word.h"

namespace lastlook::address {
namespace {

// A blank for every run of white space that is not in quotes, nothing for a comment.
std::string UnquotePhrase(std::string_view phrase) {
  std::string out;
  bool blank = false;
  const auto separate = [&] {
    if (blank && !out.empty()) {
      out += ' ';
    }
    blank = false;
  };
  std::size_t at = 0;
  while (at < phrase.size()) {
    const char c = phrase[at];
    if (Is(c, kBlank)) {
      blank = true;
      ++at;
    } else if (c == '(') {
      const std::size_t end = SkipComment(phrase, at);
      if (end == std::string_view::npos) {
        separate();
        out.append(phrase.substr(at));
        break;
      }
      blank = true;
      at = end;
    } else if (c == '"') {
      const std::size_t end = SkipQuoted(phrase, at);
      if (end == std::string_view::npos) {
        separate();
        out.append(phrase.substr(at));
        break;
      }
      separate();
      for (std::size_t i = at + 1; i + 1 < end; ++i) {
        if (phrase[i] == '\\' && i + 2 < end) {
          ++i;
        }
        if (phrase[i] != '\r' && phrase[i] != '\n') {  // a folded line: its white space stays
          out += phrase[i];
        }
      }
      at = end;
    } else {
      separate();
      const std::size_t length = std::max<std::size_t>(EncodedWordAt(phrase, at), 1);
      out.append(phrase.substr(at, length));
      at += length;
    }
  }
  return out;
}

std::string DropUnsafe(std::string_view text) {
  std::string out;
  const auto size = static_cast<int32_t>(text.size());
  for (int32_t at = 0; at < size;) {
    const int32_t from = at;
    UChar32 c = 0;
    U8_NEXT_OR_FFFD(text.data(), at, size, c);
    if (c == '\t' || c == '\r' || c == '\n') {
      out += ' ';
    } else if (c == 0xFFFD) {
      out += "\xEF\xBF\xBD";
    } else if (!IsUnsafeCharacter(static_cast<char32_t>(c))) {
      out.append(text.substr(static_cast<std::size_t>(from), static_cast<std::size_t>(at - from)));
    }
  }
  return std::string(TrimBlanks(out));
}

// Encoded words of at most 75 characters (RFC 2047 section 2).
std::string EncodedPhrase(std::string_view name) {
  constexpr std::size_t kBytesPerWord = 45;
  std::string out;
  for (; !name.empty(); name.remove_prefix(std::min(kBytesPerWord, name.size()))) {
    out += out.empty() ? "=?UTF-8?B?" : " =?UTF-8?B?";
    out += Base64Encode(name.substr(0, kBytesPerWord));
    out += "?=";
  }
  return out;
}

bool IsSafeAscii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= 32 && c < 127; });
}

std::string Finish(std::string text) {
  if (text.find("=?") != std::string::npos) {
    text = DecodeEncodedWords(text);
  }
  return IsSafeAscii(text) ? std::string(TrimBlanks(text)) : DropUnsafe(text);
}

}  // namespace

bool IsUnsafeCharacter(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0x061C || c == 0x200E || c == 0x200F ||
         (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

std::string MakeValidUtf8(std::string_view bytes) {
  return IsAscii(bytes) ? std::string(bytes) : DecodeCharset(bytes, "utf-8");
}

std::string NameFromPhrase(std::string_view phrase) {
  phrase = TrimBlanks(phrase);
  return Finish(UnquotePhrase(phrase));
}

std::string NameFromComment(std::string_view comment) {
  std::string out;
  for (std::size_t i = 1; i + 1 < comment.size(); ++i) {
    if (comment[i] == '\\' && i + 2 < comment.size()) {
      ++i;
    }
    out += comment[i];
  }
  return Finish(std::move(out));
}

bool NeedsQuotes(std::string_view name) {
  char before = ' ';
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    if (Is(c, kAtext)) {
      before = c;
    } else if (IsNotAscii(c)) {
      // Full-width separators would be read as such behind an address.
      if ((c == '\xEF' || c == '\xE3') && WideSeparatorLength(name.substr(i)) > 0) {
        return true;
      }
      before = c;
    } else if (c != ' ' || before == ' ') {  // white space at the beginning, or twice
      return true;
    } else {
      before = c;
    }
  }
  return !name.empty() && (before == ' ' || TrimBlanks(name).size() != name.size());
}

bool IsSafeText(std::string_view text) {
  const auto size = static_cast<int32_t>(text.size());
  for (int32_t at = 0; at < size;) {
    UChar32 c = 0;
    U8_NEXT(text.data(), at, size, c);
    if (c < 0 || IsUnsafeCharacter(static_cast<char32_t>(c))) {
      return false;
    }
  }
  return TrimBlanks(text).size() == text.size();
}

std::string PhraseFromName(std::string_view name) {
  if (name.find("=?") != std::string_view::npos) {
    return EncodedPhrase(name);  // it would be taken for an encoded word, so it becomes one
  }
  if (!NeedsQuotes(name)) {
    return std::string(name);
  }
  std::string out = "\"";
  for (const char c : name) {
    if (c == '"' || c == '\\') {
      out += '\\';
    }
    out += c == '\r' || c == '\n' ? ' ' : c;  // nothing in a name begins a header field
  }
  out += '"';
  return out;
}

}  // namespace lastlook::address

// SPDX-License-Identifier: MPL-2.0
#include "mail_file/mime_parameters.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <utility>

#include "base/text_fold.h"
#include "mail/charset.h"
#include "mail/encoded_word.h"
#include "mail_file/header_text.h"

namespace lastlook {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

int HexValue(char c) {
  if (c >= '0' && c <= '9') {
    return c - '0';
  }
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

std::string PercentDecode(std::string_view text) {
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && HexValue(text[i + 1]) >= 0 && HexValue(text[i + 2]) >= 0) {
      bytes += static_cast<char>(HexValue(text[i + 1]) * 16 + HexValue(text[i + 2]));
      i += 2;
    } else {
      bytes += text[i];
    }
  }
  return bytes;
}

// One "name*2*" of RFC 2231 section 4.1.
struct Segment {
  std::string value;
  bool percent_encoded = false;
};

struct RawParameter {
  std::map<std::size_t, Segment> segments;  // by number; a name without number is segment 0
  bool plain = false;                       // stood as "name=", without any asterisk
  std::string plain_value;
};

// The value at `text[*at]`, a quoted string or everything up to the semicolon; moves behind it.
std::string ReadValue(std::string_view text, std::size_t* at) {
  std::string value;
  if (*at < text.size() && text[*at] == '"') {
    for (++*at; *at < text.size() && text[*at] != '"'; ++*at) {
      // Backslashes of Windows paths are no quoted pairs: only these two characters need one.
      if (text[*at] == '\\' && *at + 1 < text.size() && (text[*at + 1] == '"' || text[*at + 1] == '\\')) {
        ++*at;
      }
      value += text[*at];
    }
    *at = std::min(text.find(';', *at), text.size());
    return value;
  }
  const std::size_t end = std::min(text.find(';', *at), text.size());
  value = TrimSpace(text.substr(*at, end - *at));
  *at = end;
  return value;
}

void Store(std::string_view name, std::string value, std::map<std::string, RawParameter>* parameters) {
  std::string key = AsciiLower(TrimSpace(name));
  const bool percent_encoded = key.ends_with('*');
  if (percent_encoded) {
    key.pop_back();
  }
  const std::size_t asterisk = key.find('*');
  std::size_t number = 0;
  if (asterisk != kNone) {
    const char* end = key.data() + key.size();
    if (std::from_chars(key.data() + asterisk + 1, end, number).ptr != end) {
      return;
    }
    key.resize(asterisk);
  }
  RawParameter& parameter = (*parameters)[key];
  if (asterisk == kNone && !percent_encoded) {
    if (!parameter.plain) {
      parameter.plain = true;
      parameter.plain_value = std::move(value);
    }
  } else {
    parameter.segments.emplace(number, Segment{std::move(value), percent_encoded});
  }
}

std::string Decode(const RawParameter& parameter) {
  if (parameter.segments.empty()) {
    return DecodeEncodedWords(parameter.plain_value);
  }
  std::string charset;
  std::string bytes;
  bool encoded = false;
  std::size_t expected = 0;
  for (const auto& [number, segment] : parameter.segments) {
    if (number != expected++) {
      break;  // a missing piece: what follows cannot be placed
    }
    std::string_view value = segment.value;
    if (number == 0 && segment.percent_encoded) {
      const std::size_t language = value.find('\'');
      const std::size_t text = language == kNone ? kNone : value.find('\'', language + 1);
      if (text != kNone) {
        charset = value.substr(0, language);
        value.remove_prefix(text + 1);
      }
    }
    encoded = encoded || segment.percent_encoded;
    bytes += segment.percent_encoded ? PercentDecode(value) : std::string(value);
  }
  // Continuations without charset hold encoded words in the mails of some programs.
  return encoded ? DecodeCharset(bytes, charset) : DecodeEncodedWords(bytes);
}

}  // namespace

ParameterizedField ReadParameterizedField(std::string_view raw) {
  const std::string text = HeaderValue(raw);
  ParameterizedField field;
  std::size_t at = std::min(text.find(';'), text.size());
  field.value = AsciiLower(TrimSpace(std::string_view(text).substr(0, at)));
  std::map<std::string, RawParameter> parameters;
  while (at < text.size()) {
    ++at;  // the semicolon
    const std::size_t name_end = std::min(text.find_first_of("=;", at), text.size());
    if (name_end == text.size() || text[name_end] == ';') {
      at = name_end;
      continue;
    }
    const std::string_view name = std::string_view(text).substr(at, name_end - at);
    at = std::min(text.find_first_not_of(" \t", name_end + 1), text.size());
    Store(name, ReadValue(text, &at), &parameters);
  }
  for (const auto& [name, parameter] : parameters) {
    field.parameters.emplace(name, Decode(parameter));
  }
  return field;
}

}  // namespace lastlook

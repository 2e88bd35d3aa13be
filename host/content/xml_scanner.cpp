// SPDX-License-Identifier: MPL-2.0
#include "content/xml_scanner.h"

#include <algorithm>
#include <cstdint>

#include "base/text_fold.h"
#include "mail/charset.h"

namespace lastlook::content {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

bool IsXmlSpace(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

void AppendUtf8(std::uint32_t c, std::string* out) {
  if (c < 0x80) {
    *out += static_cast<char>(c);
  } else if (c < 0x800) {
    *out += static_cast<char>(0xC0U | (c >> 6U));
    *out += static_cast<char>(0x80U | (c & 0x3FU));
  } else if (c < 0x10000) {
    *out += static_cast<char>(0xE0U | (c >> 12U));
    *out += static_cast<char>(0x80U | ((c >> 6U) & 0x3FU));
    *out += static_cast<char>(0x80U | (c & 0x3FU));
  } else {
    *out += static_cast<char>(0xF0U | (c >> 18U));
    *out += static_cast<char>(0x80U | ((c >> 12U) & 0x3FU));
    *out += static_cast<char>(0x80U | ((c >> 6U) & 0x3FU));
    *out += static_cast<char>(0x80U | (c & 0x3FU));
  }
}

// "#12353" or "#x3041"; 0 for what is no character of XML.
std::uint32_t CharacterReference(std::string_view body) {
  const bool hex = body.size() > 1 && (body[1] == 'x' || body[1] == 'X');
  std::uint32_t value = 0;
  for (const char c : body.substr(hex ? 2 : 1)) {
    const int digit = c >= '0' && c <= '9'          ? c - '0'
                      : hex && c >= 'a' && c <= 'f' ? c - 'a' + 10
                      : hex && c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                    : -1;
    if (digit < 0) {
      return 0;
    }
    value = value * (hex ? 16 : 10) + static_cast<std::uint32_t>(digit);
    if (value > 0x10FFFF) {
      return 0;
    }
  }
  return value >= 0xD800 && value < 0xE000 ? 0 : value;
}

// Behind ">" of a document type declaration, which may hold one in brackets.
std::size_t EndOfDeclaration(std::string_view xml, std::size_t at) {
  int brackets = 0;
  char quote = 0;
  for (; at < xml.size(); ++at) {
    const char c = xml[at];
    if (quote != 0) {
      quote = c == quote ? '\0' : quote;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '[') {
      ++brackets;
    } else if (c == ']') {
      --brackets;
    } else if (c == '>' && brackets <= 0) {
      return at + 1;
    }
  }
  return xml.size();
}

std::string_view LocalName(std::string_view name) {
  const std::size_t colon = name.find(':');
  return colon == kNone ? name : name.substr(colon + 1);
}

}  // namespace

void AppendXmlText(std::string_view raw, std::string* out) {
  constexpr std::size_t kLongestReference = 12;
  std::size_t at = 0;
  for (std::size_t amp = raw.find('&'); amp != kNone; amp = raw.find('&', amp)) {
    out->append(raw, at, amp - at);
    at = amp;
    const std::size_t length = raw.substr(amp, kLongestReference).find(';');
    const std::string_view body = length == kNone ? std::string_view() : raw.substr(amp + 1, length - 1);
    std::uint32_t c = 0;
    if (body.starts_with('#')) {
      c = CharacterReference(body);
    } else {
      c = body == "amp"    ? '&'
          : body == "lt"   ? '<'
          : body == "gt"   ? '>'
          : body == "quot" ? '"'
          : body == "apos" ? '\''
                           : 0;
    }
    if (c != 0) {
      AppendUtf8(c, out);
      at = amp = amp + length + 1;
    } else {
      ++amp;
    }
  }
  out->append(raw, at);
}

std::string XmlAsUtf8(const std::string& bytes) {
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
    return DecodeCharset(bytes, "UTF-16");
  }
  if (bytes.starts_with("\xEF\xBB\xBF")) {
    return bytes.substr(3);
  }
  // Whatever it declares, what is no UTF-8 is in some older character set.
  return IsValidUtf8(bytes) ? bytes : DecodeUndeclared(bytes);
}

// A ">" within an attribute's quotes is no end (XML 1.0 section 2.4 allows it); a quote that nothing closes is none.
std::size_t XmlScanner::EndOfTag(std::size_t at) {
  while (at < xml_.size() && xml_[at] != '>') {
    const char c = xml_[at++];
    if ((c == '"' && !no_more_double_) || (c == '\'' && !no_more_single_)) {
      const std::size_t close = xml_.find(c, at);
      if (close == kNone) {
        // Asked once: the rest of the document has none either.
        (c == '"' ? no_more_double_ : no_more_single_) = true;
      } else {
        at = close + 1;
      }
    }
  }
  return at < xml_.size() ? at : kNone;
}

XmlScanner::Event XmlScanner::Next() {
  if (closes_) {
    closes_ = false;
    return Event::kClose;
  }
  while (at_ < xml_.size()) {
    if (xml_[at_] != '<') {
      const std::size_t end = std::min(xml_.find('<', at_), xml_.size());
      text_ = xml_.substr(at_, end - at_);
      text_is_raw_ = false;
      at_ = end;
      return Event::kText;
    }
    const std::string_view rest = xml_.substr(at_, 9);
    if (rest.starts_with("<!--")) {
      const std::size_t end = xml_.find("-->", at_ + 4);
      at_ = end == kNone ? xml_.size() : end + 3;
      continue;
    }
    if (rest == "<![CDATA[") {
      const std::size_t end = std::min(xml_.find("]]>", at_ + 9), xml_.size());
      text_ = xml_.substr(at_ + 9, end - at_ - 9);
      text_is_raw_ = true;
      at_ = std::min(end + 3, xml_.size());
      return Event::kText;
    }
    if (rest.starts_with("<!")) {
      at_ = EndOfDeclaration(xml_, at_ + 2);
      continue;
    }
    if (rest.starts_with("<?")) {
      const std::size_t end = xml_.find("?>", at_ + 2);
      at_ = end == kNone ? xml_.size() : end + 2;
      continue;
    }
    const bool is_close = rest.size() > 1 && rest[1] == '/';
    std::size_t name_end = at_ + (is_close ? 2 : 1);
    const std::size_t name_begin = name_end;
    while (name_end < xml_.size() && !IsXmlSpace(xml_[name_end]) && xml_[name_end] != '>' && xml_[name_end] != '/') {
      ++name_end;
    }
    const std::size_t end = EndOfTag(name_end);
    if (end == kNone) {
      at_ = xml_.size();
      break;
    }
    name_ = LocalName(xml_.substr(name_begin, name_end - name_begin));
    const bool empty = xml_[end - 1] == '/' && end > name_end;
    attributes_ = name_end < end ? xml_.substr(name_end, end - name_end - (empty ? 1 : 0)) : std::string_view();
    at_ = end + 1;
    if (is_close) {
      return Event::kClose;
    }
    closes_ = empty || (end == name_end && xml_[end - 1] == '/');
    return Event::kOpen;
  }
  return Event::kEnd;
}

bool XmlScanner::FindAttribute(std::string_view local_name, std::size_t* at, std::string_view* value) const {
  while (*at < attributes_.size()) {
    const std::size_t equals = attributes_.find('=', *at);
    const std::size_t open = equals == kNone ? kNone : attributes_.find_first_of("\"'", equals);
    if (open == kNone) {
      return false;
    }
    const std::string_view name = TrimSpace(attributes_.substr(*at, equals - *at));
    const std::size_t close = std::min(attributes_.find(attributes_[open], open + 1), attributes_.size());
    *at = close + 1;
    if (name == local_name || LocalName(name) == local_name) {
      *value = attributes_.substr(open + 1, close - open - 1);
      return true;
    }
  }
  return false;
}

std::string_view XmlScanner::RawAttribute(std::string_view local_name) const {
  std::size_t at = 0;
  std::string_view value;
  FindAttribute(local_name, &at, &value);
  return value;
}

std::vector<std::string> XmlScanner::Attributes(std::string_view local_name) const {
  std::vector<std::string> found;
  std::size_t at = 0;
  for (std::string_view value; FindAttribute(local_name, &at, &value);) {
    AppendXmlText(value, &found.emplace_back());
  }
  return found;
}

std::string XmlScanner::Attribute(std::string_view local_name) const {
  std::string out;
  AppendXmlText(RawAttribute(local_name), &out);
  return out;
}

void XmlScanner::AppendText(std::string* out) const {
  if (text_is_raw_) {
    out->append(text_);
  } else {
    AppendXmlText(text_, out);
  }
}

}  // namespace lastlook::content

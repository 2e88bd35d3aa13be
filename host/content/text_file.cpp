// SPDX-License-Identifier: MPL-2.0
// Files that are text: as they are, or as a reader sees them (HTML), or with their lines put together (calendars and
// contacts, RFC 5545 section 3.1, RFC 6350 section 3.2).
#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/crypto.h"
#include "base/result.h"
#include "base/text_fold.h"
#include "content/readers.h"
#include "content/text_charset.h"
#include "mail/body_text.h"
#include "mail/charset.h"

namespace lastlook::content {
namespace {

// The HTML says its character set within the first 1024 bytes (HTML Living Standard section 4.2.5.4).
std::string DecodeHtml(std::string_view bytes) {
  constexpr std::string_view kKey = "charset=";
  const std::string head = AsciiLower(bytes.substr(0, 1024));
  const std::size_t found = head.find(kKey);
  if (found == std::string::npos || IsValidUtf8(bytes)) {
    return DecodeText(bytes);
  }
  const std::size_t begin = std::min(head.find_first_not_of("\"' ", found + kKey.size()), head.size());
  const std::size_t end = std::min(head.find_first_of("\"' />;", begin), head.size());
  return DecodeCharset(bytes, head.substr(begin, end - begin));
}

int HexDigit(char c) {
  return c >= '0' && c <= '9'   ? c - '0'
         : c >= 'A' && c <= 'F' ? c - 'A' + 10
         : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                : -1;
}

std::string DecodeQuotedPrintable(std::string_view line) {
  std::string out;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const int high = line[i] == '=' && i + 2 < line.size() + 0 ? HexDigit(line[i + 1]) : -1;
    const int low = high >= 0 && i + 2 < line.size() ? HexDigit(line[i + 2]) : -1;
    if (low >= 0) {
      out += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      out += line[i];
    }
  }
  return out;
}

struct Attached {
  std::string name;
  std::string base64;
};

// RFC 8607 section 4.1 (FILENAME), and what Outlook and Google write.
std::string FileNameOf(std::string_view property, std::string_view head) {
  const std::size_t found = head.find("filename=");
  if (found == std::string::npos) {
    return "attachment";
  }
  const std::size_t begin = property.find_first_not_of('"', found + std::string_view("filename=").size());
  return begin == std::string::npos
             ? "attachment"
             : std::string(property.substr(begin, property.find_first_of("\";:", begin) - begin));
}

// Whole lines; pictures and keys in base64 left out, the files of appointments (RFC 5545 section 3.8.1.1) put in
// `attached`, quoted-printable (vCard 2.1) read.
std::string WithWholeLines(std::string_view bytes, std::vector<Attached>* attached) {
  std::string whole;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t end = std::min(bytes.find('\n', at), bytes.size());
    std::string_view line = bytes.substr(at, end - at);
    line = line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
    const bool continues = line.starts_with(' ') || line.starts_with('\t');
    if (continues && !whole.empty()) {
      whole.pop_back();
      line.remove_prefix(1);
    }
    whole.append(line).append("\n");
    at = end + 1;
  }
  std::string out;
  bool joins = false;
  for (std::size_t at = 0; at < whole.size();) {
    const std::size_t end = whole.find('\n', at);
    std::string_view line = std::string_view(whole).substr(at, end - at);
    at = end + 1;
    const std::string head = AsciiLower(line.substr(0, std::min(line.find(':'), std::size_t{200})));
    const bool quoted = joins || head.find("quoted-printable") != std::string::npos;
    if (head.find("encoding=b") != std::string::npos) {
      if (head.starts_with("attach")) {
        attached->push_back({FileNameOf(line, head), std::string(line.substr(line.find(':') + 1))});
      }
      continue;
    }
    joins = quoted && line.ends_with('=');
    if (!quoted) {
      out.append(line).append("\n");
      continue;
    }
    out += DecodeQuotedPrintable(joins ? line.substr(0, line.size() - 1) : line);
    out += joins ? "" : "\n";
  }
  return out;
}

}  // namespace

void ReadTextFile(const Item& item, FileKind kind, Inspection* inspection) {
  std::string text;
  std::vector<Attached> attached;
  if (kind == FileKind::kHtml) {
    text = TextFromHtml(DecodeHtml(item.bytes));
  } else if (kind == FileKind::kIcs || kind == FileKind::kVcf) {
    text = DecodeText(WithWholeLines(item.bytes, &attached));
  } else {
    text = DecodeText(item.bytes);
  }
  inspection->AddText(item, TextUnit::kWhole, std::move(text));
  for (Attached& file : attached) {
    Result<std::string> content = Base64Decode(file.base64);
    const bool is_whole = content && inspection->TakeUnpacked(content->size());
    if (!(is_whole && item.depth < inspection->limits().depth
              ? inspection->AddInner(item, std::move(file.name), *std::move(content))
              : inspection->AddUnread(item, std::move(file.name), file.base64.size(),
                                      is_whole ? Uninspected::kTooDeep : Uninspected::kDamaged))) {
      return;
    }
  }
}

}  // namespace lastlook::content

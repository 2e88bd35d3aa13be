// SPDX-License-Identifier: MPL-2.0
// Rich Text Format (specification 1.9.1): the text, and apart from it what is hidden or deleted.
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "content/readers.h"
#include "mail/charset.h"

namespace lastlook::content {
namespace {

constexpr std::size_t kMostDepth = 10'000;  // of groups; each is eight bytes

// Groups whose text nobody reads.
constexpr std::string_view kSkipped[] = {"fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "themedata",
                                         "datastore", "generator", "listtable", "rsidtbl", "fldinst", "latentstyles",
                                         "xmlnstbl", "filetbl", "listoverridetable",
                                         // For programs that know no drawings: what shptxt says.
                                         "shprslt"};

bool IsSkipped(std::string_view word) {
  for (const std::string_view skipped : kSkipped) {
    if (word == skipped) {
      return true;
    }
  }
  return false;
}

bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

class RtfReader {
 public:
  explicit RtfReader(std::string_view rtf) : rtf_(rtf) {}

  void Read() {
    while (at_ < rtf_.size()) {
      const char c = rtf_[at_++];
      if (c == '{') {
        Flush();
        if (groups_.size() < kMostDepth) {
          groups_.push_back(now_);
        }
      } else if (c == '}') {
        Flush();
        if (!groups_.empty()) {
          now_ = groups_.back();
          groups_.pop_back();
        }
      } else if (c == '\\') {
        Control();
      } else if (c != '\r' && c != '\n') {
        Byte(c);
      }
    }
    Flush();
  }

  std::string shown;
  std::string hidden;
  std::string deleted;
  std::string comments;
  std::size_t embedded = 0;  // files in the file, which are not read

 private:
  struct Group {
    bool skipped = false;
    bool hidden = false;
    bool deleted = false;
    bool comment = false;
    std::uint8_t unicode_skip = 1;  // \uc
  };

  std::string& Target() { return now_.comment ? comments : now_.deleted ? deleted : now_.hidden ? hidden : shown; }

  void Byte(char c) {
    if (skip_ > 0) {
      --skip_;
    } else if (!now_.skipped) {
      bytes_ += c;
    }
  }

  void Flush() {
    skip_ = 0;
    if (!bytes_.empty()) {
      Target() += DecodeCharset(bytes_, charset_);
      bytes_.clear();
    }
  }

  void Put(std::string_view text) {
    Flush();
    if (!now_.skipped) {
      Target() += text;
    }
  }

  void Control() {
    if (at_ >= rtf_.size()) {
      return;
    }
    const char c = rtf_[at_];
    if (!IsLetter(c)) {
      ++at_;
      if (c == '\'' && at_ + 1 < rtf_.size()) {
        Byte(static_cast<char>(HexDigit(rtf_[at_]) * 16 + HexDigit(rtf_[at_ + 1])));
        at_ += 2;
      } else if (c == '*') {
        now_.skipped = true;  // a destination that may be ignored
      } else if (c == '\\' || c == '{' || c == '}') {
        Byte(c);
      } else if (c == '~') {
        Put(" ");
      } else if (c == '_' || c == '-') {
        Put(c == '_' ? "-" : "");
      }
      return;
    }
    const std::size_t begin = at_;
    while (at_ < rtf_.size() && IsLetter(rtf_[at_])) {
      ++at_;
    }
    const std::string_view word = rtf_.substr(begin, at_ - begin);
    const bool negative = at_ < rtf_.size() && rtf_[at_] == '-';
    at_ += negative ? 1 : 0;
    std::int64_t number = 0;
    bool has_number = false;
    for (; at_ < rtf_.size() && rtf_[at_] >= '0' && rtf_[at_] <= '9'; ++at_) {
      number = number > 1'000'000 ? number : number * 10 + (rtf_[at_] - '0');
      has_number = true;
    }
    if (at_ < rtf_.size() && rtf_[at_] == ' ') {
      ++at_;
    }
    Word(word, negative ? -number : number, has_number);
  }

  void Word(std::string_view word, std::int64_t number, bool has_number) {
    const bool on = !has_number || number != 0;
    if (word == "par" || word == "line" || word == "row" || word == "page" || word == "sect") {
      Put("\n");
    } else if (word == "tab" || word == "cell") {
      Put("\t");
    } else if (word == "u") {
      Unicode(number);
    } else if (word == "uc") {
      now_.unicode_skip = static_cast<std::uint8_t>(number < 0 || number > 8 ? 1 : number);
    } else if (word == "ansicpg") {
      charset_ = number == 932   ? "CP932"
                 : number == 936 ? "GB18030"
                 : number == 949 ? "EUC-KR"
                 : number == 950 ? "Big5"
                                 : "windows-" + std::to_string(number);
    } else if (word == "v") {
      Flush();
      now_.hidden = on;
    } else if (word == "deleted") {
      Flush();
      now_.deleted = on;
    } else if (word == "plain") {
      Flush();
      now_.hidden = now_.deleted = false;
    } else if (word == "bin") {
      at_ = std::min(rtf_.size(), at_ + static_cast<std::size_t>(number < 0 ? 0 : number));
    } else if (word == "emdash" || word == "endash") {
      Put("–");
    } else if (word == "annotation") {
      now_.skipped = false;
      now_.comment = true;
    } else if (word == "shptxt" || word == "result") {
      now_.skipped = false;  // read by people, though their surroundings are for programs
    } else if (word == "objdata") {
      ++embedded;
    } else if (IsSkipped(word)) {
      now_.skipped = true;
    }
  }

  // UTF-16 units, signed.
  void Unicode(std::int64_t number) {
    const auto unit = static_cast<std::uint32_t>(number < 0 ? number + 65'536 : number) & 0xFFFFU;
    Flush();
    if (!now_.skipped) {
      const std::string pair = {static_cast<char>(unit >> 8U), static_cast<char>(unit & 0xFFU)};
      if (unit >= 0xD800 && unit < 0xDC00) {
        high_ = pair;
      } else {
        Target() += DecodeCharset(high_ + pair, "UTF-16BE");
        high_.clear();
      }
    }
    skip_ = now_.unicode_skip;
  }

  static int HexDigit(char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : 0;
  }

  std::string_view rtf_;
  std::size_t at_ = 0;
  std::vector<Group> groups_;
  Group now_;
  std::string bytes_;  // in the document's character set, not yet decoded
  std::string charset_ = "windows-1252";
  std::string high_;  // the first half of a surrogate pair
  std::size_t skip_ = 0;
};

}  // namespace

void ReadRtf(const Item& item, Inspection* inspection) {
  RtfReader reader(item.bytes);
  reader.Read();
  inspection->AddText(item, TextUnit::kWhole, std::move(reader.shown));
  const auto add = [&](TextUnit unit, HiddenKind kind, std::string text) {
    if (text.find_first_not_of(" \t\n") == std::string::npos) {
      return;
    }
    inspection->AddHidden(item, kind, 1);
    FactText fact;
    fact.unit = unit;
    fact.hidden = true;
    fact.text = std::move(text);
    inspection->AddText(item, std::move(fact));
  };
  add(TextUnit::kComments, HiddenKind::kComments, std::move(reader.comments));
  if (reader.embedded > 0) {
    inspection->AddHidden(item, HiddenKind::kEmbedded, reader.embedded, "object");
    inspection->MarkUninspected(item, Uninspected::kUnknownKind);
  }
  add(TextUnit::kHiddenText, HiddenKind::kText, std::move(reader.hidden));
  add(TextUnit::kTrackedChanges, HiddenKind::kTrackedChanges, std::move(reader.deleted));
}

}  // namespace lastlook::content

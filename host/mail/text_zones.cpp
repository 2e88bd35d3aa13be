// SPDX-License-Identifier: MPL-2.0
#include "mail/text_zones.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "base/text_fold.h"

namespace lastlook {
namespace {

using std::string_view;

struct Line {
  std::size_t begin = 0;
  std::size_t end = 0;  // without the line end
  string_view text;     // without blanks at its ends, of whatever width
  TextZone zone = TextZone::kOwn;
  bool is_marked = false;  // by the HTML
};

constexpr std::array<string_view, 4> kWideBlanks = {"\u3000", "\u00a0", "\u200b", "\ufeff"};

string_view TrimWide(string_view text) {
  for (bool again = true; again;) {
    text = TrimSpace(text);
    again = false;
    for (const string_view blank : kWideBlanks) {
      if (text.starts_with(blank)) {
        text.remove_prefix(blank.size());
        again = true;
      }
      if (text.ends_with(blank)) {
        text.remove_suffix(blank.size());
        again = true;
      }
    }
  }
  return text;
}

bool StartsWithAny(string_view text, std::span<const string_view> words) {
  return std::any_of(words.begin(), words.end(), [text](string_view word) { return text.starts_with(word); });
}

bool EndsWithAny(string_view text, std::span<const string_view> words) {
  return std::any_of(words.begin(), words.end(), [text](string_view word) { return text.ends_with(word); });
}

bool ContainsAny(string_view text, std::span<const string_view> words) {
  return std::any_of(words.begin(), words.end(), [text](string_view word) { return text.find(word) != text.npos; });
}

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

// ---- quotes
// -----------------------------------------------------------------------------------------------------------

bool IsPrefixed(string_view line) {
  return line.starts_with('>') || line.starts_with("＞");
}

// What a quoted mail's header fields are called, and which of them it is.
struct HeaderKey {
  string_view name;
  unsigned kind;
};
constexpr unsigned kFrom = 1;
constexpr unsigned kDate = 2;
constexpr unsigned kTo = 4;
constexpr unsigned kSubject = 8;
constexpr unsigned kOther = 16;
constexpr std::array<HeaderKey, 37> kHeaderKeys = {{
    {"from", kFrom},          {"sent", kDate},         {"date", kDate},       {"to", kTo},
    {"cc", kOther},           {"bcc", kOther},         {"subject", kSubject}, {"reply-to", kOther},
    {"importance", kOther},   {"attachments", kOther}, {"差出人", kFrom},     {"送信者", kFrom},
    {"送信元", kFrom},        {"送信日時", kDate},     {"送信日", kDate},     {"日時", kDate},
    {"日付", kDate},          {"宛先", kTo},           {"件名", kSubject},    {"題名", kSubject},
    {"添付ファイル", kOther}, {"重要度", kOther},      {"发件人", kFrom},     {"寄件者", kFrom},
    {"寄件人", kFrom},        {"发送时间", kDate},     {"寄件日期", kDate},   {"日期", kDate},
    {"时间", kDate},          {"收件人", kTo},         {"收件者", kTo},       {"抄送", kOther},
    {"副本", kOther},         {"主题", kSubject},      {"主旨", kSubject},    {"von", kFrom},
    {"betreff", kSubject},
}};

// The kind of header field that the line looks like, or 0.
unsigned HeaderKind(string_view line) {
  constexpr std::size_t kLongestKey = 40;
  if (const string_view head = line.substr(0, kLongestKey);
      head.find(':') == string_view::npos && head.find("：") == string_view::npos) {
    return 0;
  }
  std::string key;
  for (std::size_t i = 0; i < line.size() && i < kLongestKey; ++i) {
    const string_view rest = line.substr(i);
    if (rest.front() == ':' || rest.starts_with("：")) {
      for (const HeaderKey& known : kHeaderKeys) {
        if (key == known.name) {
          return known.kind;
        }
      }
      return 0;
    }
    if (rest.front() == ' ' || rest.front() == '\t' || rest.front() == '*') {  // "*From:*", "件 名:"
      continue;
    }
    if (rest.starts_with("\u3000") || rest.starts_with("\u00a0")) {
      i += rest.starts_with("\u3000") ? 2 : 1;
      continue;
    }
    key += rest.front() >= 'A' && rest.front() <= 'Z' ? static_cast<char>(rest.front() + 32) : rest.front();
  }
  return 0;
}

// Sender, and one of date, recipients and subject at the least, close together: the head of a mail.
bool BeginsHeaderBlock(std::span<const Line> lines) {
  constexpr std::size_t kReach = 8;
  unsigned seen = HeaderKind(lines.front().text);
  if ((seen & (kFrom | kDate | kSubject | kTo)) == 0) {
    return false;
  }
  for (std::size_t i = 1; i < lines.size() && i < kReach && !lines[i].text.empty(); ++i) {
    seen |= HeaderKind(lines[i].text);
  }
  return (seen & kFrom) != 0 && std::popcount(seen & (kDate | kTo | kSubject)) >= 2;
}

constexpr std::array<string_view, 19> kSeparators = {
    "original message", "forwarded message", "original appointment", "forwarded by",
    "forwarded mail",   "元のメッセージ",    "転送メッセージ",       "転送されたメッセージ",
    "元のメール",       "返信元メッセージ",  "オリジナルメッセージ", "原始邮件",
    "邮件原件",         "转发邮件",          "转发的邮件",           "原始郵件",
    "轉寄郵件",         "回复的原邮件",      "original mail"};
constexpr std::array<string_view, 5> kPlainSeparators = {
    "begin forwarded message:", "転送されたメッセージ:", "转发的邮件:", "开始转发的邮件：", "以下、転送:"};

// "-----Original Message-----" and its kin.
bool IsSeparator(string_view line) {
  constexpr std::size_t kLongest = 160;
  if (line.size() > kLongest) {
    return false;
  }
  if (line.starts_with('-') || line.starts_with('_') || line.starts_with('=')) {
    const std::size_t begin = line.find_first_not_of("-_= ");
    return begin != string_view::npos && begin >= 2 && StartsWithAny(AsciiLower(line.substr(begin)), kSeparators);
  }
  const bool may_be = line.starts_with('B') || static_cast<unsigned char>(line.empty() ? 0 : line.front()) >= 0x80;
  return may_be && StartsWithAny(AsciiLower(line), kPlainSeparators);
}

constexpr std::array<string_view, 15> kAttributionEnds = {
    "wrote:",       "wrote：",   "writes:",    "さんは書きました:", "書きました:",
    "書きました：", "のメール:", "のメール：", "のメッセージ:",     "写道:",
    "写道：",       "寫道:",     "寫道：",     "schrieb:",          "a écrit :"};

enum class Attribution { kNone, kNeedsQuote, kCertain };

// "On 20 Nov 2026, X <x@y> wrote:". Certain where it says when and who, so that what follows is quoted even without
// marks of its own.
Attribution AttributionOf(string_view line) {
  constexpr std::size_t kLongest = 400;
  const bool has_colon = line.ends_with(':') || line.ends_with("：");
  if (!has_colon || line.size() > kLongest) {
    return Attribution::kNone;
  }
  const bool has_address = line.find('@') != string_view::npos;
  bool has_time = false;
  std::size_t digits = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    digits += IsDigit(line[i]) ? 1 : 0;
    has_time =
        has_time || (line[i] == ':' && i > 0 && i + 1 < line.size() && IsDigit(line[i - 1]) && IsDigit(line[i + 1]));
  }
  if (EndsWithAny(line, kAttributionEnds)) {
    const bool is_certain = digits >= 4 && (has_address || has_time || AsciiLower(line.substr(0, 3)) == "on ");
    return is_certain ? Attribution::kCertain : Attribution::kNeedsQuote;
  }
  // Gmail in Japanese ends with the address: "2026年11月24日(火) 10:00 山田 <yamada@example.jp>:".
  const bool ends_with_address = line.ends_with(">:") || line.ends_with("> :") || line.ends_with(">：");
  return ends_with_address && has_address && has_time && digits >= 6 ? Attribution::kCertain : Attribution::kNone;
}

class ZoneFinder {
 public:
  ZoneFinder(string_view text, const std::vector<ZoneSpan>& marks) { Split(text, marks); }

  std::vector<ZoneSpan> Find() {
    FindQuotes();
    FindDelimitedSignature();
    FindWrittenSignature();
    std::vector<ZoneSpan> zones;
    for (const Line& line : lines_) {
      const std::size_t begin = zones.empty() ? 0 : line.begin;
      if (zones.empty() || zones.back().zone != line.zone) {
        if (!zones.empty()) {
          zones.back().end = begin;
        }
        zones.push_back({begin, 0, line.zone});
      }
    }
    if (!zones.empty()) {
      zones.back().end = size_;
    }
    return zones;
  }

 private:
  void Split(string_view text, const std::vector<ZoneSpan>& marks) {
    size_ = text.size();
    auto mark = marks.begin();
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = std::min(text.find('\n', begin), text.size());
      Line line{begin, end, TrimWide(text.substr(begin, end - begin))};
      while (mark != marks.end() && mark->end <= begin) {
        ++mark;
      }
      // A line belongs to the mark that covers most of it.
      for (auto over = mark; over != marks.end() && over->begin < end; ++over) {
        const std::size_t covered = std::min(over->end, end) - std::max(over->begin, begin);
        if (covered * 2 > end - begin) {
          line.zone = over->zone;
          line.is_marked = true;
        }
      }
      lines_.push_back(line);
      begin = end + 1;
    }
  }

  // True if one of the next lines that hold anything is quoted by its own marks.
  bool IsQuoteNear(std::size_t from) const {
    constexpr std::size_t kReach = 3;
    for (std::size_t i = from, held = 0; i < lines_.size() && i < from + 2 * kReach && held < kReach; ++i) {
      held += lines_[i].text.empty() ? 0 : 1;
      if (IsPrefixed(lines_[i].text) || (lines_[i].is_marked && lines_[i].zone == TextZone::kQuoted)) {
        return true;
      }
    }
    return false;
  }

  void QuoteToEnd(std::size_t from) {
    for (; from < lines_.size(); ++from) {
      lines_[from].zone = TextZone::kQuoted;
    }
  }

  // An attribution may be broken over up to three lines.
  std::size_t AttributionLines(std::size_t at, Attribution* kind) const {
    constexpr std::size_t kMostLines = 3;
    *kind = AttributionOf(lines_[at].text);
    if (*kind != Attribution::kNone) {
      return 1;
    }
    const string_view first = lines_[at].text;
    const bool may_begin = first.starts_with("On ") || first.starts_with("于") || first.starts_with("在 ") ||
                           (!first.empty() && IsDigit(first.front()));
    if (!may_begin) {
      return 0;
    }
    std::string joined(first);
    for (std::size_t i = 1; i < kMostLines && at + i < lines_.size() && !lines_[at + i].text.empty(); ++i) {
      if (lines_[at + i].is_marked || IsPrefixed(lines_[at + i].text) || joined.size() > 400) {
        break;
      }
      joined += ' ';
      joined += lines_[at + i].text;
      *kind = AttributionOf(joined);
      if (*kind != Attribution::kNone) {
        return i + 1;
      }
    }
    return 0;
  }

  void FindQuotes() {
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      Line& line = lines_[i];
      if (line.is_marked || line.text.empty()) {
        continue;
      }
      if (IsPrefixed(line.text)) {
        line.zone = TextZone::kQuoted;
        continue;
      }
      if (IsSeparator(line.text) || BeginsHeaderBlock(std::span(lines_).subspan(i))) {
        QuoteToEnd(BackOverRules(i));
        break;
      }
      Attribution kind = Attribution::kNone;
      const std::size_t count = AttributionLines(i, &kind);
      if (kind == Attribution::kNone) {
        continue;
      }
      if (IsQuoteNear(i + count)) {
        for (std::size_t k = 0; k < count; ++k) {
          lines_[i + k].zone = TextZone::kQuoted;
        }
        i += count - 1;
      } else if (kind == Attribution::kCertain) {
        QuoteToEnd(i);
        break;
      }
    }
    // Blank lines between quoted ones are quoted.
    std::optional<std::size_t> last_quoted;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (lines_[i].zone == TextZone::kQuoted) {
        for (std::size_t k = last_quoted.value_or(i); k < i; ++k) {
          lines_[k].zone = TextZone::kQuoted;
        }
        last_quoted = i;
      } else if (!lines_[i].text.empty()) {
        last_quoted.reset();
      }
    }
  }

  // Outlook draws a line above the head of the quoted mail.
  std::size_t BackOverRules(std::size_t at) const {
    std::size_t first = at;
    for (std::size_t i = at; i-- > 0 && at - i <= 2;) {
      if (lines_[i].text.empty()) {
        continue;
      }
      if (!IsRule(lines_[i].text)) {
        break;
      }
      first = i;
    }
    return first;
  }

  // ---- signatures
  // -----------------------------------------------------------------------------------------------------

  // A line drawn out of one or few kinds of ornament.
  static bool IsRule(string_view line) {
    static constexpr std::array<string_view, 40> kOrnaments = {
        "━", "─", "═",  "―",  "—", "–", "＝", "－", "＿", "＊", "☆", "★", "◆", "◇", "■", "□", "●", "○",  "〇", "・",
        "…", "‥", "～", "〜", "∞", "♪", "┏",  "┓",  "┗",  "┛",  "┌", "┐", "└", "┘", "┃", "│", "◎", "＋", "⋆",  "。"};
    std::size_t ornaments = 0;
    for (std::size_t i = 0; i < line.size();) {
      const string_view rest = line.substr(i);
      if (string_view("=-_*~+#.:;|/\\<>").find(rest.front()) != string_view::npos) {
        ++ornaments;
        ++i;
      } else if (rest.front() == ' ') {
        ++i;
      } else if (const auto* wide = std::find_if(kOrnaments.begin(), kOrnaments.end(),
                                                 [rest](string_view ornament) { return rest.starts_with(ornament); });
                 wide != kOrnaments.end()) {
        ornaments += 2;
        i += wide->size();
      } else if (rest.starts_with("\u3000")) {
        i += 3;
      } else {
        return false;
      }
    }
    return ornaments >= 5;
  }

  // RFC 3676 section 4.3: "-- "; the blank is lost in HTML and by many editors.
  void FindDelimitedSignature() {
    bool in_signature = false;
    for (Line& line : lines_) {
      if (line.is_marked || line.zone == TextZone::kQuoted) {
        in_signature = false;
        continue;
      }
      in_signature = in_signature || line.text == "--";
      if (in_signature) {
        line.zone = TextZone::kSignature;
      }
    }
  }

  enum Contact : unsigned { kPhone = 1, kMail = 2, kUrl = 4, kPostal = 8, kFirm = 16 };

  static bool HasPhoneNumber(string_view line) {
    // Three groups of digits, seven to fifteen digits in all.
    std::size_t groups = 0;
    std::size_t digits = 0;
    bool in_group = false;
    for (const char c : line) {
      if (IsDigit(c)) {
        groups += in_group ? 0 : 1;
        in_group = true;
        ++digits;
      } else if (c == '-' || c == '(' || c == ')' || c == ' ' || c == '.' || c == '+') {
        in_group = false;
      } else {
        if (groups >= 3 && digits >= 9 && digits <= 15) {
          return true;
        }
        groups = digits = 0;
        in_group = false;
      }
    }
    return groups >= 3 && digits >= 9 && digits <= 15;
  }

  static unsigned ContactsIn(string_view line) {
    static constexpr std::array<string_view, 12> kPhoneWords = {"tel",  "fax",  "phone", "mobile", "電話", "携帯",
                                                                "直通", "代表", "电话",  "手机",   "传真", "℡"};
    static constexpr std::array<string_view, 14> kFirmWords = {"株式会社", "(株)",     "（株）", "㈱",  "有限会社",
                                                               "合同会社", "有限公司", "inc.",   "ltd", "llc",
                                                               "gmbh",     "corp",     "部",     "課"};
    const std::string lower = AsciiLower(line);
    unsigned contacts = 0;
    const bool has_digit = std::any_of(lower.begin(), lower.end(), IsDigit) || lower.find("０") != lower.npos;
    if (HasPhoneNumber(lower) || (has_digit && ContainsAny(lower, kPhoneWords))) {
      contacts |= kPhone;
    }
    const std::size_t at = lower.find('@');
    if (at != std::string::npos && at > 0 && at + 1 < lower.size() && lower[at - 1] != ' ' && lower[at + 1] != ' ') {
      contacts |= kMail;
    }
    if (lower.find("http") != std::string::npos || lower.find("www.") != std::string::npos) {
      contacts |= kUrl;
    }
    if (lower.find("〒") != std::string::npos) {
      contacts |= kPostal;
    }
    if (ContainsAny(lower, kFirmWords)) {
      contacts |= kFirm;
    }
    return contacts;
  }

  // Prose, which a signature does not hold.
  static bool IsSentence(string_view line) {
    static constexpr std::array<string_view, 13> kEnds = {"。",         "です",     "ます",   "ました", "ません",
                                                          "でしょうか", "ください", "します", "下さい", "ですか",
                                                          "ますか",     "？",       "！"};
    constexpr std::size_t kLongLine = 200;
    return line.size() > kLongLine || EndsWithAny(line, kEnds);
  }

  // "This message is confidential …" behind a signature.
  static bool IsNotice(string_view line) {
    static constexpr std::array<string_view, 12> kAbout = {"this e-mail",
                                                           "this email",
                                                           "this message",
                                                           "the information contained",
                                                           "the information in this",
                                                           "本メール",
                                                           "このメール",
                                                           "当メール",
                                                           "本电子邮件",
                                                           "本邮件",
                                                           "此邮件",
                                                           "この電子メール"};
    static constexpr std::array<string_view, 15> kSays = {"confidential",
                                                          "privileged",
                                                          "intended recipient",
                                                          "intended solely",
                                                          "in error",
                                                          "誤って",
                                                          "誤送信",
                                                          "意図しない",
                                                          "破棄",
                                                          "機密",
                                                          "秘密",
                                                          "保密",
                                                          "机密",
                                                          "误收",
                                                          "法律"};
    const std::string lower = AsciiLower(line);
    return ContainsAny(lower, kAbout) && ContainsAny(lower, kSays);
  }

  static bool IsClosing(string_view line) {
    static constexpr std::array<string_view, 12> kClosings = {"best regards", "kind regards", "regards",   "best",
                                                              "sincerely",    "thanks",       "thank you", "cheers",
                                                              "yours",        "此致",         "顺颂商祺",  "祝好"};
    return line.size() <= 40 && StartsWithAny(AsciiLower(line), kClosings);
  }

  // The signature below the sender's last words, where no mark and no delimiter shows it.
  void FindWrittenSignature() {
    std::size_t end = lines_.size();
    while (end > 0 && (lines_[end - 1].zone != TextZone::kOwn || lines_[end - 1].text.empty())) {
      --end;
    }
    std::size_t begin = end;
    while (begin > 0 && lines_[begin - 1].zone == TextZone::kOwn) {
      --begin;
    }
    std::size_t tail = end;
    // Peel from below: notices, then one signature, then no more.
    while (tail > begin) {
      const std::size_t paragraph = ParagraphBegin(begin, tail);
      if (!std::any_of(lines_.begin() + Signed(paragraph), lines_.begin() + Signed(tail),
                       [](const Line& line) { return IsNotice(line.text); })) {
        break;
      }
      if (FramedBegin(begin, tail)) {
        break;  // the notice stands within the frame
      }
      tail = SkipBlank(begin, paragraph);
    }
    // What is all notice and signature is a mail nonetheless: someone wrote it.
    if (const auto framed = FramedBegin(begin, tail)) {
      tail = *framed;
    } else if (const auto plain = PlainBegin(begin, tail)) {
      tail = *plain;
    }
    for (std::size_t i = tail; i < end; ++i) {
      lines_[i].zone = TextZone::kSignature;
    }
  }

  static std::ptrdiff_t Signed(std::size_t index) { return static_cast<std::ptrdiff_t>(index); }

  std::size_t SkipBlank(std::size_t begin, std::size_t end) const {
    while (end > begin && lines_[end - 1].text.empty()) {
      --end;
    }
    return end;
  }

  std::size_t ParagraphBegin(std::size_t begin, std::size_t end) const {
    constexpr std::size_t kMostLines = 40;
    std::size_t at = end;
    while (at > begin && !lines_[at - 1].text.empty() && end - at < kMostLines) {
      --at;
    }
    return at;
  }

  // The first line of a block that begins with a rule, ends at `end` and says how to reach somebody.
  std::optional<std::size_t> FramedBegin(std::size_t begin, std::size_t end) const {
    constexpr std::size_t kMostLines = 25;
    constexpr std::size_t kFewLines = 6;
    std::optional<std::size_t> first;
    unsigned contacts = 0;
    for (std::size_t i = end; i-- > begin && end - i <= kMostLines;) {
      const string_view line = lines_[i].text;
      if (IsRule(line)) {
        const bool reaches = (contacts & ~unsigned{kFirm}) != 0;
        const bool is_short_card = (contacts & kFirm) != 0 && end - i <= kFewLines && IsRule(lines_[end - 1].text);
        if (reaches || is_short_card) {
          first = i;
        }
      } else if (IsSentence(line) && !IsNotice(line)) {
        break;
      } else {
        contacts |= ContactsIn(line);
      }
    }
    return first;
  }

  // The last paragraph, if it is lines of contact data and no prose.
  std::optional<std::size_t> PlainBegin(std::size_t begin, std::size_t end) const {
    constexpr std::size_t kMostLines = 14;
    std::size_t first = ParagraphBegin(begin, end);
    if (end - first > kMostLines) {
      return std::nullopt;
    }
    for (std::size_t i = first; i < end; ++i) {
      if (IsClosing(lines_[i].text)) {
        first = i + 1;
      }
    }
    unsigned contacts = 0;
    for (std::size_t i = first; i < end; ++i) {
      if (IsSentence(lines_[i].text)) {
        return std::nullopt;
      }
      contacts |= ContactsIn(lines_[i].text);
    }
    const bool is_card = std::popcount(contacts & ~unsigned{kFirm}) >= 2 && end - first >= 2;
    return is_card ? std::optional(first) : std::nullopt;
  }

  std::vector<Line> lines_;
  std::size_t size_ = 0;
};

}  // namespace

std::vector<ZoneSpan> FindTextZones(string_view text, const std::vector<ZoneSpan>& marks) {
  return ZoneFinder(text, marks).Find();
}

}  // namespace lastlook

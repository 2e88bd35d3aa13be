// SPDX-License-Identifier: MPL-2.0
// A field is cut into pieces at the separators, in one pass; each piece is then read on its own, a bounded number of
// times. Most pieces are one of two plain shapes and are read while being cut.
#include "mail/address_parser.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include "base/text_fold.h"
#include "mail/addr_spec_parser.h"
#include "mail/address_lexer.h"
#include "mail/display_name.h"
#include "mail/plain_mailbox.h"

namespace lastlook {
namespace {

using namespace address;  // NOLINT(google-build-using-namespace): the private half of this file

constexpr std::size_t kNone = std::string_view::npos;
constexpr std::string_view kWideAt = "\xEF\xBC\xA0";  // ＠

// "phrase <inside> rest"
struct AngleForm {
  enum class Kind { kNoAngle, kAngle, kMalformed } kind = Kind::kNoAngle;
  std::string_view phrase;
  std::string_view inside;
  std::size_t end = 0;  // behind ">"
};

// The place behind the quoted string, comment or encoded word at text[at]; `at` if there is none; kNone if it does not
// end.
std::size_t SkipOpaque(std::string_view text, std::size_t at) {
  switch (text[at]) {
    case '"':
      return SkipQuoted(text, at);
    case '(':
      return SkipComment(text, at);
    default:
      return at + EncodedWordAt(text, at);
  }
}

AngleForm FindAngle(std::string_view text) {
  AngleForm form;
  std::size_t open = kNone;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t next = SkipOpaque(text, at);
    if (next == kNone) {
      form.kind = AngleForm::Kind::kMalformed;
      return form;
    }
    if (next != at) {
      at = next;
      continue;
    }
    if (text[at] == '<' || text[at] == '>') {
      if ((text[at] == '<') != (open == kNone)) {
        form.kind = AngleForm::Kind::kMalformed;
        return form;
      }
      if (text[at] == '>') {
        form.kind = AngleForm::Kind::kAngle;
        form.phrase = text.substr(0, open);
        form.inside = text.substr(open + 1, at - open - 1);
        form.end = at + 1;
        return form;
      }
      open = at;
    }
    ++at;
  }
  form.kind = open == kNone ? AngleForm::Kind::kNoAngle : AngleForm::Kind::kMalformed;
  return form;
}

// The first comment of `text`, with its brackets; "" if there is none.
std::string_view FirstComment(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t next = SkipOpaque(text, at);
    if (next == kNone) {
      break;
    }
    if (text[at] == '(') {
      return text.substr(at, next - at);
    }
    at = next == at ? at + 1 : next;
  }
  return {};
}

// True if Mailbox::ToString() gives back what was typed.
bool IsWrittenLike(const PlainMailbox& plain) {
  if (plain.domain_has_capitals) {
    return false;
  }
  if (plain.name.empty()) {
    return plain.typed.front() != '<' && plain.typed.front() != '"';
  }
  if (plain.typed[plain.name.size() + (plain.name_was_quoted ? 2 : 0)] != ' ') {
    return false;
  }
  return NeedsQuotes(plain.name) == plain.name_was_quoted;
}

class FieldReader {
 public:
  explicit FieldReader(std::string_view field) : field_(field) {
    // A guess at usual lengths; bounded, so that a long field of something else does not ask for much memory.
    constexpr std::size_t kUsualBytes = 40;
    mailboxes_.reserve(std::min(field.size() / kUsualBytes + 1, std::size_t{16384}));
  }

  std::vector<Mailbox> Read() {
    while (at_ < field_.size()) {
      if (!ReadPlain()) {
        ReadPiece();
      }
    }
    // A group that nobody closed and that has no members is not certainly a group.
    if (in_group_ && mailboxes_.size() == group_first_) {
      AddUnknown(field_.substr(group_begin_));
    }
    return std::move(mailboxes_);
  }

 private:
  // `local@domain` or `name <local@domain>` or `"name" <local@domain>` in plain ASCII (the quoted name in UTF-8), up
  // to and with the separator. False, and nothing read, for everything else.
  bool ReadPlain();
  // Anything, up to and with the separator.
  void ReadPiece();
  void EndPiece(std::string_view piece, char separator);

  // The piece may hold several addresses, cut by full-width separators.
  void AddPiece(std::string_view piece);
  void AddWideSeparated(std::string_view piece);
  // The piece may hold several addresses, run together.
  void AddText(std::string_view text);
  bool AddRun(std::string_view text);
  bool AddBlankSeparated(std::string_view text);
  bool AddAddress(std::optional<AddrSpec> address, std::string name, std::string_view typed);
  void AddUnknown(std::string_view typed);

  std::string_view field_;
  std::size_t at_ = 0;
  std::vector<Mailbox> mailboxes_;
  bool in_group_ = false;
  std::size_t group_begin_ = 0;
  std::size_t group_first_ = 0;  // how many mailboxes there were when the group began
  // False once one was found that does not end: then later ones are ordinary characters, which no address holds. Keeps
  // reading linear, and one missing quote from hiding all addresses behind it.
  bool quotes_end_ = true;
  bool comments_end_ = true;
};

bool FieldReader::ReadPlain() {
  std::size_t begin = at_;
  while (begin < field_.size() && Is(field_[begin], kBlank)) {
    ++begin;
  }
  PlainMailbox plain;
  if (begin == field_.size() || (field_[begin] == '"' && !quotes_end_) ||
      !ReadPlainMailbox(field_.substr(begin), &plain)) {
    return false;
  }
  Mailbox& mailbox = mailboxes_.emplace_back();
  mailbox.display_name = plain.name;
  AddrSpec& address = mailbox.address.emplace();
  address.local_part = plain.local_part;
  address.domain = plain.domain;
  if (plain.domain_has_capitals) {
    address.domain = AsciiLower(plain.domain);
  }
  if (!IsWrittenLike(plain)) {
    mailbox.typed = plain.typed;
  }
  at_ = begin + plain.end;
  if (at_ < field_.size()) {
    in_group_ = in_group_ && field_[at_] != ';';
    ++at_;
  }
  return true;
}

void FieldReader::ReadPiece() {
  std::size_t begin = at_;
  bool in_angle = false;
  bool in_route = false;     // where a comma is no separator
  bool may_be_group = true;  // nothing that a group's name cannot hold
  bool has_text = false;
  for (; at_ < field_.size(); ++at_) {
    const char c = field_[at_];
    switch (c) {
      case '"':
      case '(': {
        bool& ends = c == '"' ? quotes_end_ : comments_end_;
        if (ends) {
          const std::size_t next = c == '"' ? SkipQuoted(field_, at_) : SkipComment(field_, at_);
          ends = next != kNone;
          at_ = ends ? next - 1 : at_;
        }
        has_text = has_text || c == '"';
        break;
      }
      case '=':
        has_text = true;
        if (!in_angle && may_be_group) {
          const std::size_t length = EncodedWordAt(field_, at_);
          at_ += length > 0 ? length - 1 : 0;
        }
        break;
      case '<': {
        const std::size_t next = field_.find_first_not_of(" \t\r\n", at_ + 1);
        in_angle = true;
        in_route = next != kNone && field_[next] == '@';
        may_be_group = false;
        break;
      }
      case '>':
        in_angle = false;
        break;
      case '@':
        may_be_group = false;
        break;
      case ':':
        if (in_angle) {
          in_route = false;
        } else if (may_be_group && has_text && !field_.substr(at_).starts_with("://")) {
          if (!in_group_) {  // a second colon is a group in a group, which nobody writes, or a missing semicolon
            in_group_ = true;
            group_begin_ = begin;
            group_first_ = mailboxes_.size();
          }
          begin = at_ + 1;
          has_text = false;
        } else {
          may_be_group = false;
        }
        break;
      case ',':
        if (in_angle && in_route) {
          break;
        }
        [[fallthrough]];
      case ';':
        EndPiece(field_.substr(begin, at_ - begin), c);
        ++at_;
        return;
      default:
        has_text = has_text || !Is(c, kBlank);
        if (IsNotAscii(c) && field_.substr(at_).starts_with(kWideAt)) {
          may_be_group = false;
        }
    }
  }
  EndPiece(field_.substr(begin), '\0');
}

void FieldReader::EndPiece(std::string_view piece, char separator) {
  AddPiece(piece);
  if (separator == ';') {
    in_group_ = false;
  }
}

void FieldReader::AddPiece(std::string_view piece) {
  if (IsAscii(piece)) {
    AddText(piece);
  } else if (!IsValidUtf8(piece)) {
    AddUnknown(piece);
  } else {
    AddWideSeparated(piece);
  }
}

// Full-width separators are no syntax of mail: they separate only where what they separate is complete. In
// "山田、太郎 <a@b.example>" they belong to the name.
void FieldReader::AddWideSeparated(std::string_view piece) {
  std::vector<std::string_view> pending;  // neither an address nor yet known to be the beginning of a name
  std::size_t begin = 0;
  std::size_t at = 0;
  bool has_at = false;
  bool has_angle = false;
  bool in_angle = false;
  const auto end_part = [&](std::size_t end) {
    const std::string_view part = piece.substr(begin, end - begin);
    if (has_angle && !pending.empty()) {
      const auto from = static_cast<std::size_t>(pending.front().data() - piece.data());
      AddText(piece.substr(from, end - from));
      pending.clear();
    } else if (has_angle || has_at) {
      for (const std::string_view name : pending) {
        AddText(name);
      }
      pending.clear();
      AddText(part);
    } else {
      pending.push_back(part);
    }
    has_at = has_angle = false;
  };
  while (at < piece.size()) {
    const std::size_t next = SkipOpaque(piece, at);
    if (next == kNone) {
      break;  // the last part does not end well; it is found out when it is read
    }
    if (next != at) {
      at = next;
      continue;
    }
    const char c = piece[at];
    std::size_t length = 1;
    if (c == '<') {
      in_angle = has_angle = true;
    } else if (c == '>') {
      in_angle = false;
    } else if (c == '@') {
      has_at = true;
    } else if (IsNotAscii(c)) {
      has_at = has_at || piece.substr(at).starts_with(kWideAt);
      const std::size_t separator = in_angle ? 0 : WideSeparatorLength(piece.substr(at));
      if (separator > 0) {
        end_part(at);
        begin = at + separator;
        length = separator;
      }
    }
    at += length;
  }
  end_part(piece.size());
  for (const std::string_view name : pending) {
    AddText(name);
  }
}

void FieldReader::AddText(std::string_view text) {
  text = TrimBlanks(text);
  if (text.empty()) {
    return;
  }
  const std::size_t before = mailboxes_.size();
  bool certain = AddRun(text);
  // Several run together are only believed if none of them could be a part of another.
  if (certain && mailboxes_.size() > before + 1) {
    certain = std::all_of(
        mailboxes_.begin() + static_cast<std::ptrdiff_t>(before), mailboxes_.end(),
        [](const Mailbox& mailbox) { return mailbox.address->domain.find_first_of(".[") != std::string::npos; });
  }
  if (!certain) {
    mailboxes_.resize(before);
    AddUnknown(text);
  }
}

bool FieldReader::AddRun(std::string_view text) {
  while (!text.empty()) {
    const AngleForm form = FindAngle(text);
    if (form.kind == AngleForm::Kind::kMalformed) {
      return false;
    }
    if (form.kind == AngleForm::Kind::kNoAngle) {
      return AddAddress(ParseAddrSpec(text), NameFromComment(FirstComment(text)), text) || AddBlankSeparated(text);
    }
    const std::size_t next = SkipBlanksAndComments(text, form.end);
    if (next == kNone) {
      return false;
    }
    const std::string_view typed = text.substr(0, next);
    std::string name = NameFromPhrase(form.phrase);
    if (name.empty()) {
      name = NameFromComment(FirstComment(typed));
    }
    if (!AddAddress(ParseAngleAddress(form.inside), std::move(name), typed)) {
      return false;
    }
    text = text.substr(next);
  }
  return true;
}

bool FieldReader::AddBlankSeparated(std::string_view text) {
  const std::size_t before = mailboxes_.size();
  std::size_t at = SkipBlanksAndComments(text, 0);
  while (at < text.size()) {
    std::size_t end = at;
    while (end < text.size() && SkipBlanksAndComments(text, end) == end) {
      end = text[end] == '"' ? SkipQuoted(text, end) : end + 1;
    }
    const std::size_t next = end == kNone ? kNone : SkipBlanksAndComments(text, end);
    if (next == kNone) {
      return false;
    }
    const std::string_view typed = text.substr(at, next - at);
    if (!AddAddress(ParseAddrSpec(text.substr(at, end - at)), NameFromComment(FirstComment(typed)), typed)) {
      return false;
    }
    at = next;
  }
  return at == text.size() && mailboxes_.size() > before;
}

bool FieldReader::AddAddress(std::optional<AddrSpec> address, std::string name, std::string_view typed) {
  if (!address) {
    return false;
  }
  mailboxes_.push_back(Mailbox{std::move(name), std::move(address), std::string(TrimBlanks(typed))});
  return true;
}

void FieldReader::AddUnknown(std::string_view typed) {
  Mailbox mailbox;
  mailbox.typed = MakeValidUtf8(TrimBlanks(typed));
  // "TeamX <TeamX>", as address books write their lists: the name is worth showing.
  const AngleForm form = FindAngle(mailbox.typed);
  if (form.kind == AngleForm::Kind::kAngle && SkipBlanksAndComments(mailbox.typed, form.end) == mailbox.typed.size()) {
    mailbox.display_name = NameFromPhrase(form.phrase);
  }
  mailboxes_.push_back(std::move(mailbox));
}

}  // namespace

std::vector<Mailbox> ParseAddressList(std::string_view field) {
  return FieldReader(field).Read();
}

Mailbox ParseMailbox(std::string_view text) {
  std::vector<Mailbox> mailboxes = ParseAddressList(text);
  if (mailboxes.size() == 1) {
    return std::move(mailboxes.front());
  }
  Mailbox mailbox;
  mailbox.typed = MakeValidUtf8(TrimBlanks(text));
  return mailbox;
}

}  // namespace lastlook

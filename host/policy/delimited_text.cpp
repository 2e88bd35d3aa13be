// SPDX-License-Identifier: MPL-2.0
#include "policy/delimited_text.h"

#include <algorithm>
#include <utility>

#include "base/text_fold.h"

namespace lastlook {
namespace {

constexpr bool IsLineEnd(char c) {
  return c == '\n' || c == '\r';
}

}  // namespace

bool DelimitedReader::ReadQuoted(DelimitedField* field) {
  const std::size_t begin = at_ + 1;
  bool doubled = false;
  std::size_t close = text_.find('"', begin);
  while (close != std::string_view::npos && close + 1 < text_.size() && text_[close + 1] == '"') {
    doubled = true;
    close = text_.find('"', close + 2);
  }
  if (close == std::string_view::npos) {
    wrong_quote_ = at_;
    return false;
  }
  std::string_view inside = text_.substr(begin, close - begin);
  if (doubled) {
    std::string& plain = unquoted_.emplace_back();
    for (std::size_t i = 0; i < inside.size(); ++i) {
      plain += inside[i];
      i += inside[i] == '"' ? 1 : 0;
    }
    inside = plain;
  }
  field->text = TrimSpace(inside);
  at_ = close + 1;
  return true;
}

bool DelimitedReader::ReadField(DelimitedField* field) {
  while (at_ < text_.size() && (text_[at_] == ' ' || (text_[at_] == '\t' && separator_ != '\t'))) {
    ++at_;
  }
  field->at = at_;
  if (separator_ != '\0' && at_ < text_.size() && text_[at_] == '"') {
    if (!ReadQuoted(field)) {
      return false;
    }
    while (at_ < text_.size() && text_[at_] == ' ') {
      ++at_;
    }
    if (at_ < text_.size() && text_[at_] != separator_ && !IsLineEnd(text_[at_])) {
      wrong_quote_ = field->at;
      return false;
    }
    return true;
  }
  const std::size_t begin = at_;
  while (at_ < text_.size() && !IsLineEnd(text_[at_]) && (separator_ == '\0' || text_[at_] != separator_)) {
    ++at_;
  }
  field->text = TrimSpace(text_.substr(begin, at_ - begin));
  return true;
}

bool DelimitedReader::Next(std::vector<DelimitedField>* row) {
  while (at_ < text_.size()) {
    row->clear();
    if (text_[at_] == '#') {
      while (at_ < text_.size() && !IsLineEnd(text_[at_])) {
        ++at_;
      }
    }
    while (at_ < text_.size() && !IsLineEnd(text_[at_])) {
      DelimitedField field;
      if (!ReadField(&field)) {
        return false;
      }
      row->push_back(field);
      if (separator_ != '\0' && at_ < text_.size() && text_[at_] == separator_) {
        ++at_;
      }
    }
    while (at_ < text_.size() && IsLineEnd(text_[at_])) {
      ++at_;
    }
    if (std::any_of(row->begin(), row->end(), [](const DelimitedField& field) { return !field.text.empty(); })) {
      return true;
    }
  }
  return false;
}

char GuessSeparator(std::string_view text) {
  char best = ',';
  std::ptrdiff_t most = 0;
  std::size_t begin = 0;
  std::string_view line;
  while (begin < text.size() && (line.empty() || line.front() == '#')) {
    const std::size_t end = std::min(text.find_first_of("\r\n", begin), text.size());
    line = TrimSpace(text.substr(begin, end - begin));
    begin = end + 1;
  }
  for (const char separator : {',', '\t', ';'}) {
    if (const auto count = std::count(line.begin(), line.end(), separator); count > most) {
      best = separator;
      most = count;
    }
  }
  return best;
}

SourcePlace PlaceInText(std::string_view text, std::size_t at) {
  SourcePlace place;
  place.line = 1;
  place.column = 1;
  for (std::size_t i = 0; i < at && i < text.size(); ++i) {
    const bool ends_line = text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n'));
    if (ends_line) {
      ++place.line;
      place.column = 1;
    } else if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U) {
      ++place.column;
    }
  }
  return place;
}

}  // namespace lastlook

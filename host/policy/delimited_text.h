// SPDX-License-Identifier: MPL-2.0
// Rows of comma or tab separated text (RFC 4180), as spreadsheets write them.
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace lastlook {

struct DelimitedField {
  std::string_view text;  // without its quotes and the space around it
  std::size_t at = 0;     // where it begins, in bytes
};

// Reads one row after the other in linear time; passes over empty lines and lines that begin with '#'.
class DelimitedReader {
 public:
  // `text` (UTF-8) must outlive the reader; the fields live as long as both. A separator of '\0': none, each line is
  // one field.
  DelimitedReader(std::string_view text, char separator) : text_(text), separator_(separator) {}

  // False at the end, or when something is wrong.
  bool Next(std::vector<DelimitedField>* row);

  // Where a quotation mark stands that nothing closes, or behind which the field goes on; npos: all is well.
  std::size_t wrong_quote() const { return wrong_quote_; }

 private:
  bool ReadField(DelimitedField* field);
  bool ReadQuoted(DelimitedField* field);

  std::string_view text_;
  char separator_;
  std::size_t at_ = 0;
  std::size_t wrong_quote_ = std::string_view::npos;
  std::deque<std::string> unquoted_;  // fields in which quotation marks were doubled
};

// The one of ',', '\t' and ';' that stands most often in the first row; ',' if none does.
char GuessSeparator(std::string_view text);

// Line and column, in characters from 1, of the byte at `at`; O(at), so for errors only.
SourcePlace PlaceInText(std::string_view text, std::size_t at);

}  // namespace lastlook

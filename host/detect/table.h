// SPDX-License-Identifier: MPL-2.0
// Tables in a text (CSV, TSV, Markdown, cells of HTML): what a column's header says about a number far below it, and
// what a column without a header holds. Private to this folder.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "detect/labels.h"

namespace lastlook::detect {

struct Cell {
  std::size_t begin = 0;  // bytes of the original text, without quotes and blanks around
  std::size_t end = 0;
};

struct Column {
  TypeMask says = 0;         // the types its header names
  bool other_thing = false;  // its header names something else
  bool bank = false;
  // Judged when first asked: what most of its cells are by their check digits, and whether few are.
  bool judged = false;
  TypeMask holds = 0;
  TypeMask holds_not = 0;
};

class Table {
 public:
  Table(std::string_view text, char delimiter, std::vector<std::size_t> lines, std::size_t end);

  bool Contains(std::size_t at) const { return at >= lines_.front() && at < end_; }
  std::size_t end() const { return end_; }
  char delimiter() const { return delimiter_; }
  bool has_header() const { return has_header_; }
  std::size_t rows() const { return lines_.size(); }

  std::vector<Cell> Cells(std::size_t row) const;
  std::size_t RowOf(std::size_t at) const;
  // The column of the cell that holds `at`, judged; null in the header row or outside of it.
  const Column* ColumnAt(std::size_t at);
  const std::vector<Column>& columns() const { return columns_; }
  bool speaks_of_banks() const { return bank_; }

 private:
  void ReadHeader();
  void Judge(std::size_t column);

  std::string_view text_;
  char delimiter_;  // 0: one value per line
  std::vector<std::size_t> lines_;
  std::size_t end_;
  std::vector<Column> columns_;
  bool has_header_ = false;
  bool bank_ = false;
};

class TableFinder {
 public:
  explicit TableFinder(std::string_view text) : text_(text) {}

  // The table with the cell at [begin, end), or null. Places are asked in rising order, so every line is read once.
  Table* At(std::size_t begin, std::size_t end);

  const std::vector<std::unique_ptr<Table>>& tables() const { return tables_; }

 private:
  char DelimiterAround(std::size_t begin, std::size_t end) const;

  std::string_view text_;
  std::vector<std::unique_ptr<Table>> tables_;
  std::size_t floor_ = 0;          // lines before this belong to a table or to none
  std::size_t nothing_until_ = 0;  // no table before this
};

// Cells of one line. A delimiter in double quotes (RFC 4180) does not count.
std::vector<Cell> SplitLine(std::string_view text, std::size_t begin, std::size_t end, char delimiter);

}  // namespace lastlook::detect

// SPDX-License-Identifier: MPL-2.0
// The cells of a sheet as one text: a line per row, a tab between cells, so that a table is seen as one, with the map
// back from the text to the cells. Private to this folder.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mail/part_facts.h"

namespace lastlook::content {

class SheetText {
 public:
  SheetText() { fact_.unit = TextUnit::kSheet; }

  // In the order of reading. Empty values are left out; a line end or tab in a value becomes a blank.
  void AddCell(CellPlace cell, std::string_view value);

  void HideRows(NumberRange rows) { Add(&fact_.hidden_rows, rows); }
  void HideColumns(NumberRange columns) { Add(&fact_.hidden_columns, columns); }

  std::size_t bytes() const { return fact_.text.size(); }
  std::uint64_t cells() const { return cells_; }
  std::uint64_t cells_in_hidden_rows() const { return in_hidden_rows_; }
  std::uint64_t cells_in_hidden_columns() const { return in_hidden_columns_; }
  const FactText& fact() const { return fact_; }
  FactText Take() { return std::move(fact_); }

 private:
  static void Add(std::vector<NumberRange>* ranges, NumberRange range);

  FactText fact_;
  CellPlace next_;  // of what would follow behind a tab; row 0: nothing is there yet
  std::uint64_t cells_ = 0;
  std::uint64_t in_hidden_rows_ = 0;
  std::uint64_t in_hidden_columns_ = 0;
};

// "C", "C:E, H" and "12, 14–20", for people.
std::string DescribeColumns(const std::vector<NumberRange>& columns);
std::string DescribeRows(const std::vector<NumberRange>& rows);

}  // namespace lastlook::content

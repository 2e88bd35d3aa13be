// SPDX-License-Identifier: MPL-2.0
#include "content/sheet_text.h"

#include <algorithm>
#include <cstddef>

namespace lastlook::content {
namespace {

constexpr std::uint32_t kGapWithTabs = 16;  // columns; a wider gap is jumped over, so that a lone cell costs no more
constexpr std::size_t kMostRanges = 4096;
constexpr std::size_t kShownRanges = 8;

bool Within(const std::vector<NumberRange>& ranges, std::uint32_t number) {
  // Sheets hide a few ranges, in order; the last is the likeliest.
  return std::any_of(ranges.rbegin(), ranges.rend(),
                     [number](const NumberRange& r) { return number >= r.first && number <= r.last; });
}

std::string Describe(const std::vector<NumberRange>& ranges, std::string (*name)(std::uint32_t), std::string_view to) {
  std::string out;
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    if (i == kShownRanges) {
      return out + ", …";
    }
    out += (i == 0 ? "" : ", ") + name(ranges[i].first);
    if (ranges[i].last != ranges[i].first) {
      out.append(to).append(name(ranges[i].last));
    }
  }
  return out;
}

}  // namespace

void SheetText::Add(std::vector<NumberRange>* ranges, NumberRange range) {
  if (!ranges->empty() && ranges->back().last + 1 == range.first) {
    ranges->back().last = range.last;
  } else if (ranges->size() < kMostRanges) {
    ranges->push_back(range);
  }
}

void SheetText::AddCell(CellPlace cell, std::string_view value) {
  if (value.empty() || fact_.text.size() + value.size() > UINT32_MAX) {
    return;
  }
  std::string& text = fact_.text;
  const auto anchor = [&] { fact_.anchors.push_back({static_cast<std::uint32_t>(text.size()), cell}); };
  if (next_.row == 0) {
    anchor();
  } else if (cell.row != next_.row) {
    text += '\n';
    // The row that is expected next, from its first column on, up to this one.
    if (cell.row == next_.row + 1 && cell.column <= kGapWithTabs) {
      text.append(cell.column - 1, '\t');
    } else {
      anchor();
    }
  } else if (cell.column >= next_.column && cell.column - next_.column < kGapWithTabs) {
    text.append(cell.column - next_.column + 1, '\t');
  } else {
    text += '\t';
    anchor();
  }
  next_ = {cell.row, cell.column + 1};
  const auto begin = static_cast<std::ptrdiff_t>(text.size());
  text += value;
  if (value.find_first_of("\n\r\t") != std::string_view::npos) {
    std::replace_if(
        text.begin() + begin, text.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  }
  ++cells_;
  in_hidden_rows_ += !fact_.hidden_rows.empty() && Within(fact_.hidden_rows, cell.row) ? 1 : 0;
  in_hidden_columns_ += !fact_.hidden_columns.empty() && Within(fact_.hidden_columns, cell.column) ? 1 : 0;
}

std::string DescribeColumns(const std::vector<NumberRange>& columns) {
  return Describe(
      columns, [](std::uint32_t column) { return ColumnName(column); }, ":");
}

std::string DescribeRows(const std::vector<NumberRange>& rows) {
  return Describe(
      rows, [](std::uint32_t row) { return std::to_string(row); }, "–");
}

}  // namespace lastlook::content

// SPDX-License-Identifier: MPL-2.0
#include "detect/table.h"

#include <algorithm>
#include <set>

#include "detect/check_digits.h"
#include "detect/folded_chunk.h"
#include "detect/text_edges.h"

namespace lastlook::detect {
namespace {

constexpr std::size_t kLongestLine = 16384;
constexpr std::size_t kLongestHeaderCell = 60;
// A column is judged by its cells: five different ones that all pass by chance are one in a hundred thousand.
constexpr std::size_t kLeastCells = 5;
constexpr std::size_t kMostCells = 2000;
constexpr std::size_t kFormRows = 24;  // that are looked at to tell a form from a table

std::size_t LineBegin(std::string_view text, std::size_t at) {
  const std::size_t before = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
  return before == std::string_view::npos ? 0 : before + 1;
}
std::size_t LineEnd(std::string_view text, std::size_t at) {
  const std::size_t end = std::min(text.find('\n', at), text.size());
  return end > at && text[end - 1] == '\r' ? end - 1 : end;
}

std::size_t CountCells(std::string_view text, std::size_t begin, std::size_t end, char delimiter) {
  if (end - begin > kLongestLine) {
    return 0;
  }
  bool quoted = false;
  std::size_t cells = 1;
  for (std::size_t i = begin; i < end; ++i) {
    quoted = quoted != (text[i] == '"');
    cells += !quoted && text[i] == delimiter ? 1 : 0;
  }
  return cells;
}

std::string FoldedText(std::string_view text, const Cell& cell) {
  FoldedChunk chunk;
  chunk.Assign(text, cell.begin, cell.end);
  return std::string(chunk.text());
}

// The digits of a cell that holds nothing but a number; "" otherwise.
std::string DigitsOf(std::string_view cell) {
  std::string digits;
  for (const char c : cell) {
    if (IsDigit(c)) {
      digits += c;
    } else if (c != ' ' && c != '-') {
      return "";
    }
  }
  return digits;
}

struct Shape {
  DataType type;
  bool (*looks)(std::string_view digits);
  bool (*passes)(std::string_view digits);
};
constexpr Shape kShapes[] = {
    {DataType::kMyNumber, [](std::string_view d) { return d.size() == 12; }, &IsMyNumber},
    {DataType::kDriverLicense, [](std::string_view d) { return d.size() == 12; }, &IsDriverLicense},
    {DataType::kCreditCard, [](std::string_view d) { return d.size() >= 14 && d.size() <= 16; }, &IsCreditCard},
    {DataType::kPhoneNumber, [](std::string_view d) { return d.size() == 10 || d.size() == 11; },
     [](std::string_view d) {
       return (d.size() == 11 && d[0] == '0' && d[2] == '0' && d[1] >= '5') ||
              (d.size() == 10 && d[0] == '0' && d[1] != '0') || (d.size() == 11 && d[0] == '1' && d[1] >= '3');
     }},
};

}  // namespace

std::vector<Cell> SplitLine(std::string_view text, std::size_t begin, std::size_t end, char delimiter) {
  std::vector<Cell> cells;
  const auto add = [&](std::size_t from, std::size_t to) {
    while (from < to && (text[from] == ' ' || text[from] == '"' || text[from] == '\r')) {
      ++from;
    }
    while (to > from && (text[to - 1] == ' ' || text[to - 1] == '"' || text[to - 1] == '\r')) {
      --to;
    }
    cells.push_back({from, to});
  };
  bool quoted = false;
  std::size_t from = begin;
  for (std::size_t i = begin; i < end; ++i) {
    quoted = quoted != (text[i] == '"');
    if (!quoted && delimiter != 0 && text[i] == delimiter) {
      add(from, i);
      from = i + 1;
    }
  }
  add(from, end);
  return cells;
}

Table::Table(std::string_view text, char delimiter, std::vector<std::size_t> lines, std::size_t end)
    : text_(text), delimiter_(delimiter), lines_(std::move(lines)), end_(end) {
  columns_.resize(Cells(0).size());
  ReadHeader();
}

std::vector<Cell> Table::Cells(std::size_t row) const {
  return SplitLine(text_, lines_[row], LineEnd(text_, lines_[row]), delimiter_);
}

std::size_t Table::RowOf(std::size_t at) const {
  return static_cast<std::size_t>(std::upper_bound(lines_.begin(), lines_.end(), at) - lines_.begin()) - 1;
}

void Table::ReadHeader() {
  const std::vector<Cell> cells = Cells(0);
  std::vector<Column> columns(cells.size());
  std::size_t labelled = 0;
  std::size_t filled = 0;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::string cell = FoldedText(text_, cells[i]);
    filled += cell.empty() ? 0 : 1;
    if (cell.size() > kLongestHeaderCell ||
        std::count_if(cell.begin(), cell.end(), [](char c) { return IsDigit(c); }) > 3 ||
        cell.find('@') != std::string::npos) {
      return;  // a row of data
    }
    for (const LabelPlace& place : LabelsIn(cell)) {
      // The last word of a header says what the column is: "保護者 電話番号".
      if (place.label->says != 0 || place.label->other_thing) {
        columns[i].says = place.label->says;
        columns[i].other_thing = place.label->other_thing;
      }
      columns[i].bank = columns[i].bank || place.label->bank;
      bank_ = bank_ || place.label->bank;
    }
    labelled += columns[i].says != 0 || columns[i].other_thing ? 1 : 0;
  }
  // A form has its labels in the first column instead: "氏名 | 山田太郎" above "電話 | 03-…".
  for (std::size_t row = 1; row < std::min<std::size_t>(lines_.size(), kFormRows); ++row) {
    const std::vector<Cell> below = Cells(row);
    const std::string first = FoldedText(text_, below.front());
    const Label* label = LabelAt(first, 0);
    if (label != nullptr && label->text.size() + 3 >= first.size() && (label->says != 0 || label->other_thing)) {
      return;
    }
  }
  if (labelled == 0 || (labelled == 1 && lines_.size() < 3 && filled < 3)) {
    return;
  }
  columns_ = std::move(columns);
  has_header_ = true;
}

void Table::Judge(std::size_t column) {
  Column& judged = columns_[column];
  judged.judged = true;
  std::array<std::set<std::string>, std::size(kShapes)> looking;
  std::array<std::size_t, std::size(kShapes)> passing{};
  std::size_t filled = 0;
  for (std::size_t row = has_header_ ? 1 : 0; row < lines_.size() && filled < kMostCells; ++row) {
    const std::vector<Cell> cells = Cells(row);
    if (column >= cells.size() || cells[column].begin == cells[column].end) {
      continue;
    }
    if (cells[column].end - cells[column].begin > 120) {
      ++filled;
      continue;
    }
    const std::string digits = DigitsOf(FoldedText(text_, cells[column]));
    ++filled;
    for (std::size_t shape = 0; shape < std::size(kShapes); ++shape) {
      if (!digits.empty() && kShapes[shape].looks(digits) && looking[shape].insert(digits).second) {
        passing[shape] += kShapes[shape].passes(digits) ? 1 : 0;
      }
    }
  }
  for (std::size_t shape = 0; shape < std::size(kShapes); ++shape) {
    const std::size_t looks = looking[shape].size();
    if (looks < kLeastCells || looks * 2 < filled) {
      continue;
    }
    if (passing[shape] * 5 >= looks * 4) {
      judged.holds |= MaskOf(kShapes[shape].type);
    } else if (passing[shape] * 2 < looks) {
      judged.holds_not |= MaskOf(kShapes[shape].type);
    }
  }
}

const Column* Table::ColumnAt(std::size_t at) {
  const std::size_t row = RowOf(at);
  if (row == 0 && has_header_) {
    return nullptr;
  }
  const std::vector<Cell> cells = Cells(row);
  for (std::size_t i = 0; i < cells.size() && i < columns_.size(); ++i) {
    if (at >= cells[i].begin && at < cells[i].end) {
      if (!columns_[i].judged) {
        Judge(i);
      }
      return &columns_[i];
    }
  }
  return nullptr;
}

char TableFinder::DelimiterAround(std::size_t begin, std::size_t end) const {
  const auto skipped = [](char c) { return c == ' ' || c == '"'; };
  while (begin > 0 && skipped(text_[begin - 1])) {
    --begin;
  }
  while (end < text_.size() && skipped(text_[end])) {
    ++end;
  }
  const char before = begin == 0 ? '\n' : text_[begin - 1];
  const char behind = end == text_.size() ? '\n' : text_[end] == '\r' ? '\n' : text_[end];
  const auto delimits = [](char c) { return c == ',' || c == '\t' || c == '|' || c == ';'; };
  if (delimits(before) && (behind == before || behind == '\n')) {
    return before;
  }
  if (delimits(behind) && before == '\n') {
    return behind;
  }
  return before == '\n' && behind == '\n' ? '\0' : '\n';  // '\n': in no cell
}

Table* TableFinder::At(std::size_t begin, std::size_t end) {
  if (!tables_.empty() && tables_.back()->Contains(begin)) {
    return tables_.back().get();
  }
  if (begin < nothing_until_) {
    return nullptr;
  }
  const char delimiter = DelimiterAround(begin, end);
  if (delimiter == '\n') {
    return nullptr;
  }
  std::size_t line = LineBegin(text_, begin);
  if (line < floor_) {
    return nullptr;
  }
  const auto cells_of = [&](std::size_t from) { return CountCells(text_, from, LineEnd(text_, from), delimiter); };
  const std::size_t cells = cells_of(line);
  nothing_until_ = std::min(text_.size(), LineEnd(text_, begin) + 1);
  if (cells == 0) {
    return nullptr;
  }
  const auto belongs = [&](std::size_t from) {
    const std::size_t line_end = LineEnd(text_, from);
    if (line_end == from || cells_of(from) != cells) {
      return false;
    }
    // One value per line: a line with a sentence ends the list.
    return delimiter != 0 || line_end - from <= 40;
  };
  std::vector<std::size_t> above;
  for (std::size_t at = line; at > floor_;) {
    at = LineBegin(text_, at - 1);
    if (at < floor_ || !belongs(at)) {
      break;
    }
    above.push_back(at);
  }
  std::vector<std::size_t> lines(above.rbegin(), above.rend());
  std::size_t table_end = line;
  while (line < text_.size()) {
    const std::size_t next = std::min(text_.find('\n', line), text_.size());
    if (!belongs(line)) {
      break;
    }
    lines.push_back(line);
    table_end = next;
    line = next + 1;
  }
  floor_ = std::max(floor_, std::min(text_.size(), table_end + 1));
  nothing_until_ = floor_;
  if (lines.size() < 2) {
    return nullptr;
  }
  tables_.push_back(std::make_unique<Table>(text_, delimiter, std::move(lines), table_end));
  return tables_.back().get();
}

}  // namespace lastlook::detect

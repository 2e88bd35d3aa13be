// SPDX-License-Identifier: MPL-2.0
#include "policy/list_file.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/text_fold.h"
#include "mail/charset.h"
#include "policy/delimited_text.h"
#include "policy/list_date.h"
#include "policy/object_reader.h"

namespace lastlook {
namespace {

constexpr std::string_view kUtf8Bom = "\xEF\xBB\xBF";
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD
constexpr char kSubstitute = '\x1A';

enum class Column { kEntry, kReason, kOwner, kUntil, kSender, kManager, kOther };

// As people name their columns, folded.
struct ColumnName {
  std::string_view name;
  Column column;
};
constexpr std::array kColumnNames = std::to_array<ColumnName>({
    {"entry", Column::kEntry},          {"address", Column::kEntry},  {"email", Column::kEntry},
    {"e-mail", Column::kEntry},         {"mail", Column::kEntry},     {"mail address", Column::kEntry},
    {"email address", Column::kEntry},  {"domain", Column::kEntry},   {"word", Column::kEntry},
    {"宛先", Column::kEntry},           {"アドレス", Column::kEntry}, {"メール", Column::kEntry},
    {"メールアドレス", Column::kEntry}, {"ドメイン", Column::kEntry}, {"語", Column::kEntry},
    {"キーワード", Column::kEntry},     {"地址", Column::kEntry},     {"邮箱", Column::kEntry},
    {"域名", Column::kEntry},           {"词语", Column::kEntry},     {"reason", Column::kReason},
    {"note", Column::kReason},          {"理由", Column::kReason},    {"備考", Column::kReason},
    {"原因", Column::kReason},          {"备注", Column::kReason},    {"owner", Column::kOwner},
    {"担当", Column::kOwner},           {"担当者", Column::kOwner},   {"登録者", Column::kOwner},
    {"负责人", Column::kOwner},         {"until", Column::kUntil},    {"expiry", Column::kUntil},
    {"expires", Column::kUntil},        {"end", Column::kUntil},      {"期限", Column::kUntil},
    {"有効期限", Column::kUntil},       {"終了日", Column::kUntil},   {"到期", Column::kUntil},
    {"有效期", Column::kUntil},         {"sender", Column::kSender},  {"送信者", Column::kSender},
    {"差出人", Column::kSender},        {"发件人", Column::kSender},  {"manager", Column::kManager},
    {"上長", Column::kManager},         {"上司", Column::kManager},   {"承認者", Column::kManager},
    {"主管", Column::kManager},
});

Column ColumnNamed(std::string_view name) {
  const std::string folded = Fold(name);
  for (const ColumnName& known : kColumnNames) {
    if (folded == Fold(known.name)) {
      return known.column;
    }
  }
  return Column::kOther;
}

Result<std::string> Decode(std::string_view bytes, const std::string& path) {
  Error error = PolicyError("", "save the list as CSV in UTF-8");
  error.place.file = path;
  if (const std::size_t nul = bytes.find('\0'); nul != std::string_view::npos) {
    error.message = "this list file is no text";
    error.place = PlaceInText(bytes, nul);
    error.place.file = path;
    return error;
  }
  if (bytes.starts_with(kUtf8Bom)) {
    bytes.remove_prefix(kUtf8Bom.size());
  }
  if (IsValidUtf8(bytes)) {
    return std::string(bytes);
  }
  std::string text = DecodeCharset(bytes, "cp932");
  // The converter puts one or the other where nothing is meant by the bytes.
  if (const std::size_t wrong = std::min(text.find(kReplacement), text.find(kSubstitute)); wrong != std::string::npos) {
    error.message = "this list file is neither UTF-8 nor Shift_JIS (CP932)";
    error.place = PlaceInText(text, wrong);
    error.place.file = path;
    return error;
  }
  return text;
}

// Reads the rows of one file; the columns are known from its first row.
class RowReader {
 public:
  RowReader(ListFile* file, char separator) : file_(file), reader_(file->text, separator) {}

  Result<void> Read() {
    std::vector<DelimitedField> row;
    for (bool first = true; reader_.Next(&row); first = false) {
      if (first && ReadHeader(row)) {
        if (Result<void> checked = CheckHeader(row); !checked) {
          return checked;
        }
        continue;
      }
      if (file_->rows.size() == kMaxListEntries) {
        return Refuse("this list has more than 1,000,000 entries", "name domains instead of single addresses",
                      row.front().at);
      }
      if (Result<void> added = has_header_ || row.size() <= columns_.size()
                                   ? AddRow(row)
                                   : Refuse("this row has " + std::to_string(row.size()) + " columns",
                                            "give entry, reason, owner and end, or name the columns in a first row",
                                            row[columns_.size()].at);
          !added) {
        return added;
      }
    }
    if (reader_.wrong_quote() != std::string_view::npos) {
      return Refuse("this quotation mark is not closed where its field ends",
                    "close it, or double the quotation marks inside the field", reader_.wrong_quote());
    }
    return {};
  }

 private:
  Result<void> Refuse(std::string message, std::string remedy, std::size_t at) const {
    return AtListRow(PolicyError(std::move(message), std::move(remedy)), *file_, at);
  }

  bool Has(Column column) const { return std::find(columns_.begin(), columns_.end(), column) != columns_.end(); }

  bool ReadHeader(const std::vector<DelimitedField>& row) {
    std::vector<Column> columns;
    columns.reserve(row.size());
    for (const DelimitedField& field : row) {
      columns.push_back(ColumnNamed(field.text));
    }
    if (std::all_of(columns.begin(), columns.end(), [](Column column) { return column == Column::kOther; })) {
      return false;
    }
    columns_ = std::move(columns);
    has_header_ = true;
    return true;
  }

  Result<void> CheckHeader(const std::vector<DelimitedField>& row) {
    file_->has_managers = Has(Column::kManager);
    const auto twice = [&](Column column) { return std::count(columns_.begin(), columns_.end(), column) > 1; };
    if (twice(Column::kEntry) || twice(Column::kSender) || twice(Column::kManager) || twice(Column::kUntil)) {
      return Refuse("two columns of this list mean the same", "keep one of them", row.front().at);
    }
    if (file_->has_managers ? !Has(Column::kSender) : !Has(Column::kEntry)) {
      return Refuse(file_->has_managers ? "this list has a column of managers but none of senders"
                                        : "no column of this list says which address, domain or word is meant",
                    file_->has_managers ? "name the columns \"sender\" and \"manager\""
                                        : "name it \"entry\", \"address\" or \"domain\"",
                    row.front().at);
    }
    return {};
  }

  Result<void> AddRow(const std::vector<DelimitedField>& fields) {
    ListRow row;
    row.at = fields.front().at;
    ListEntry note;
    for (std::size_t i = 0; i < fields.size() && i < columns_.size(); ++i) {
      const std::string_view text = fields[i].text;
      switch (columns_[i]) {
        case Column::kEntry:
        case Column::kSender:
          if (file_->has_managers == (columns_[i] == Column::kSender)) {
            row.text = text;
            row.at = fields[i].at;
          }
          break;
        case Column::kManager:
          row.manager = text;
          break;
        case Column::kReason:
          note.reason += (note.reason.empty() || text.empty() ? "" : " ") + std::string(text);
          break;
        case Column::kOwner:
          note.owner = text;
          break;
        case Column::kUntil:
          if (!text.empty()) {
            note.until = ParseListEnd(text);
            if (!note.until) {
              return Refuse("\"" + std::string(text) + "\" is not a date", "write it like 2027-03-31", fields[i].at);
            }
          }
          break;
        case Column::kOther:
          break;
      }
    }
    if (row.text.empty() || (file_->has_managers && row.manager.empty())) {
      return Refuse(
          file_->has_managers ? "this row does not give both a sender and a manager" : "this row has no entry",
          "fill it in, or remove the row", row.at);
    }
    const bool noted = note.until || !note.reason.empty() || !note.owner.empty();
    if (noted || !file_->notes.empty()) {
      file_->notes.resize(file_->rows.size());
      file_->notes.push_back(std::move(note));
    }
    file_->rows.push_back(std::move(row));
    return {};
  }

  ListFile* file_;
  DelimitedReader reader_;
  bool has_header_ = false;
  std::vector<Column> columns_ = {Column::kEntry, Column::kReason, Column::kOwner, Column::kUntil};
};

}  // namespace

bool IsListFileName(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  const std::string_view ending = dot == std::string_view::npos ? "" : name.substr(dot);
  return (ending == ".csv" || ending == ".tsv" || ending == ".txt") && dot > 0 && name.front() != '.' &&
         name.find_first_of(std::string_view("/\\\0", 3)) == std::string_view::npos;
}

Result<ListFile> ReadListFile(std::string_view bytes, const std::string& path) {
  ListFile file;
  file.path = path;
  Result<std::string> text = Decode(bytes, path);
  if (!text) {
    return std::move(text).error();
  }
  file.text = std::move(text).value();
  file.rows.reserve(static_cast<std::size_t>(std::count(file.text.begin(), file.text.end(), '\n')) + 1);
  char separator = path.ends_with(".tsv") ? '\t' : GuessSeparator(file.text);
  if (path.ends_with(".txt") && separator != '\t') {
    separator = '\0';
  }
  if (Result<void> read = RowReader(&file, separator).Read(); !read) {
    return std::move(read).error();
  }
  return file;
}

Error AtListRow(Error error, const ListFile& file, std::size_t at) {
  error.place = PlaceInText(file.text, at);
  error.place.file = file.path;
  return error;
}

}  // namespace lastlook

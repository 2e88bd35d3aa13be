// SPDX-License-Identifier: MPL-2.0
// A list as spreadsheets and directories export it: CSV, TSV or one entry a line; UTF-8 or CP932.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "policy/policy_list.h"

namespace lastlook {

inline constexpr std::size_t kMaxListFileBytes = 64U << 20U;
inline constexpr std::size_t kMaxListEntries = 1'000'000;  // a bound for the memory that a list may take

// True for "opt-out.csv", "managers.tsv", "words.txt": a name in the policy's own folder, and nothing else.
bool IsListFileName(std::string_view name);

struct ListFile {
  std::string path;  // as a person would open it
  std::string text;  // decoded; ListRow::at counts in it
  std::vector<ListRow> rows;
  std::vector<ListEntry> notes;  // beside each row; empty when nothing is noted beside any
  bool has_managers = false;     // its columns are senders and managers
};

// A first row with names of columns (English, Japanese, Chinese) says what the columns are, in any order, and columns
// with other names are passed over; without one they are entry, reason, owner, end. Errors: kPolicyRefused with the
// place in the file.
Result<ListFile> ReadListFile(std::string_view bytes, const std::string& path);

// The error with the place of that byte of the file.
Error AtListRow(Error error, const ListFile& file, std::size_t at);

}  // namespace lastlook

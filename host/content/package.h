// SPDX-License-Identifier: MPL-2.0
// What is packed in an archive, read in one pass from memory. Private to this folder.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "content/inspection.h"

namespace lastlook::content {

struct PackedFile {
  std::string path;  // as written, decoded: UTF-8, else CP932
  std::uint64_t size = 0;
  std::optional<Uninspected> uninspected;  // why there are no bytes
  std::string bytes;
};

// Calls `use` with each file; stops when it returns false, or when the budget of the inspection is used up. Returns why
// the rest could not be read, or nothing. `wants` says which are unpacked; the others come without bytes.
std::optional<Uninspected> ForEachPacked(std::string_view archive, Inspection* inspection,
                                         const std::function<bool(const std::string& path)>& wants,
                                         const std::function<bool(PackedFile)>& use);

// The parts of a package (ECMA-376 part 2, OpenDocument part 3), by path.
class Package {
 public:
  // Null for a part that is not there, or was not unpacked.
  const std::string* Find(std::string_view path) const;
  // Every part whose path begins so, in order.
  std::vector<std::pair<std::string_view, const std::string*>> Under(std::string_view prefix) const;

  // Whether it is there, unpacked or not.
  bool Has(std::string_view path) const { return parts.contains(path) || not_unpacked.contains(path); }

  std::map<std::string, std::string, std::less<>> parts;
  std::set<std::string, std::less<>> not_unpacked;  // pictures, macros …: there, and read by nobody
};

void ReadOfficeOpenXml(const Item& item, const Package& package, Inspection* inspection);
void ReadOpenDocument(const Item& item, const Package& package, Inspection* inspection);

}  // namespace lastlook::content

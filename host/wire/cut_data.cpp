// SPDX-License-Identifier: MPL-2.0
#include "wire/cut_data.h"

#include <cstddef>

namespace lastlook {
namespace {

constexpr std::string_view kBeforeId = R"({"jsonrpc":"2.0","id":)";
constexpr std::string_view kAfterId = R"(,"method":"part.put","params":{"data":")";
constexpr std::size_t kMostIdDigits = 20;

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

}  // namespace

std::optional<CutRequest> CutData(std::string_view bytes) {
  if (!bytes.starts_with(kBeforeId)) {
    return std::nullopt;
  }
  std::size_t at = kBeforeId.size();
  while (at < bytes.size() && at < kBeforeId.size() + kMostIdDigits && IsDigit(bytes[at])) {
    ++at;
  }
  if (!bytes.substr(at).starts_with(kAfterId)) {
    return std::nullopt;
  }
  const std::size_t begin = at + kAfterId.size();
  const std::size_t end = bytes.find('"', begin);
  if (end == std::string_view::npos) {
    return std::nullopt;
  }
  CutRequest cut;
  cut.rest.reserve(begin + bytes.size() - end);
  cut.rest.append(bytes.substr(0, begin)).append(bytes.substr(end));
  cut.data = bytes.substr(begin, end - begin);
  return cut;
}

}  // namespace lastlook

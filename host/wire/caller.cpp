// SPDX-License-Identifier: MPL-2.0
#include "wire/caller.h"

namespace lastlook {
namespace {

// From packaging/clients.cmake, comma separated.
constexpr std::string_view kMozillaExtensions = LASTLOOK_ALLOWED_MOZILLA_EXTENSIONS;
constexpr std::string_view kChromiumOrigins = LASTLOOK_ALLOWED_CHROMIUM_ORIGINS;

bool Lists(std::string_view table, std::string_view id) {
  while (!table.empty()) {
    const std::size_t comma = table.find(',');
    if (table.substr(0, comma) == id) {
      return true;
    }
    table = comma == std::string_view::npos ? "" : table.substr(comma + 1);
  }
  return false;
}

Result<std::string> Checked(std::string_view table, std::string_view id) {
  if (id.empty() || !Lists(table, id)) {
    return Error{ErrorCode::kWrongUse, "an extension that is not Lastlook's started this program",
                 "remove the native-messaging manifest that names both, and install Lastlook's own package", ""};
  }
  return std::string(id);
}

}  // namespace

Result<std::string> IdentifyCaller(const std::vector<std::string_view>& arguments) {
  constexpr std::string_view kChromiumScheme = "chrome-extension://";
  if (arguments.empty()) {
    return std::string();
  }
  if (arguments[0].substr(0, kChromiumScheme.size()) == kChromiumScheme) {
    return Checked(kChromiumOrigins, arguments[0]);
  }
  if (arguments[0].substr(0, 1) == "-") {
    return Error{ErrorCode::kWrongUse, "this program takes no options but --version",
                 "to check a mail by hand, use \"lastlook check\"", ""};
  }
  return arguments.size() < 2 ? Result<std::string>(std::string()) : Checked(kMozillaExtensions, arguments[1]);
}

}  // namespace lastlook

// SPDX-License-Identifier: MPL-2.0
#include "cli/store_options.h"

#include "mail/address_parser.h"

namespace lastlook {

Result<std::int64_t> MomentOption(const std::string& option, const std::string& text) {
  const Result<Timestamp> moment = ParseTimestamp(text);
  if (!moment) {
    return Error{ErrorCode::kWrongUse, option + ": \"" + text + "\" is no date",
                 "write it like 2026-11-20 or 2026-11-20T09:00:00+09:00", ""};
  }
  return moment->unix_seconds;
}

Result<AddrSpec> AddressOption(const std::string& text) {
  const Mailbox mailbox = ParseMailbox(text);
  if (!mailbox.address) {
    return Error{ErrorCode::kWrongUse, "\"" + text + "\" is no mail address", "write it like ito@c-corp.example", ""};
  }
  return *mailbox.address;
}

}  // namespace lastlook

// SPDX-License-Identifier: MPL-2.0
// Address fields: nothing crashes, what is found is well formed, and it reads back the same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/text_fold.h"
#include "mail/address_parser.h"

namespace {

void Require(bool holds) {
  if (!holds) {
    std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view field(reinterpret_cast<const char*>(data), size);
  for (const lastlook::Mailbox& mailbox : lastlook::ParseAddressList(field)) {
    Require(lastlook::IsValidUtf8(mailbox.typed) && lastlook::IsValidUtf8(mailbox.display_name));
    if (!mailbox.address) {
      Require(!mailbox.typed.empty());
      continue;
    }
    Require(!mailbox.address->local_part.empty());
    Require(lastlook::NormalizeDomain(mailbox.address->domain) == mailbox.address->domain);
    const lastlook::Mailbox again = lastlook::ParseMailbox(mailbox.ToString());
    Require(again.address == mailbox.address);
    Require(again.display_name == mailbox.display_name);
  }
  return 0;
}

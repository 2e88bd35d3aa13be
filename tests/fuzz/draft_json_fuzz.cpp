// SPDX-License-Identifier: MPL-2.0
// Draft JSON: nothing crashes, every refusal has a remedy, and what was read is written and read back with the same
// addresses in the same fields. What is no address is written as it was typed; taken out of its field it may be cut
// into other pieces (a ':' may then open a group), but it never becomes an address.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "mail/draft_json.h"

namespace {

std::vector<std::string> Addresses(const lastlook::Draft& draft) {
  std::vector<std::string> addresses;
  for (const lastlook::Recipient& recipient : draft.recipients) {
    if (recipient.mailbox.address) {
      addresses.push_back(std::string(lastlook::RecipientFieldName(recipient.field)) + ":" +
                          recipient.mailbox.address->Key());
    }
  }
  return addresses;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const lastlook::Result<lastlook::Json> json =
      lastlook::ParseJson(std::string_view(reinterpret_cast<const char*>(data), size));
  if (!json) {
    return 0;
  }
  const lastlook::Result<lastlook::Draft> draft = lastlook::DraftFromJson(*json);
  if (!draft) {
    if (draft.error().remedy.empty()) {
      std::abort();
    }
    return 0;
  }
  const lastlook::OrderedJson written = lastlook::DraftToJson(*draft);
  const lastlook::Result<lastlook::Json> again = lastlook::ParseJson(lastlook::DumpJson(written));
  const lastlook::Result<lastlook::Draft> draft_again = lastlook::DraftFromJson(*again);
  if (!draft_again || Addresses(*draft_again) != Addresses(*draft)) {
    std::abort();
  }
  return 0;
}

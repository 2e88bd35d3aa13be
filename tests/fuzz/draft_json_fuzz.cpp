// SPDX-License-Identifier: MPL-2.0
// Draft JSON: nothing crashes, every refusal has a remedy, and what was read is written and read back the same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "mail/draft_json.h"

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
  if (!draft_again || lastlook::DraftToJson(*draft_again) != written) {
    std::abort();
  }
  return 0;
}

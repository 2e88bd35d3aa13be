// SPDX-License-Identifier: MPL-2.0
// Zones of any text and of any HTML: they cover it, in order, without overlap.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "mail/body_text.h"
#include "mail/text_zones.h"

namespace {

void Check(std::string_view text, const std::vector<lastlook::ZoneSpan>& marks) {
  std::size_t at = 0;
  for (const lastlook::ZoneSpan& zone : lastlook::FindTextZones(text, marks)) {
    if (zone.begin != at || zone.end <= zone.begin) {
      std::abort();
    }
    at = zone.end;
  }
  if (at != text.size()) {
    std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  Check(input, {});
  const lastlook::MarkedText html = lastlook::MarkedTextFromHtml(input);
  Check(html.text, html.marks);
  return 0;
}

// SPDX-License-Identifier: MPL-2.0
// Attached files of every kind, through the dispatch by content: nothing crashes, the facts keep within the limits, and
// what the child says its parent can read.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/text_fold.h"
#include "content/inspect.h"
#include "inspect_link/facts_codec.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace content = lastlook::content;
  if (size < 1) {
    return 0;
  }
  // The first byte chooses the name: some kinds are told apart by it alone.
  static constexpr const char* kNames[] = {"a", "a.csv", "a.html", "a.eml", "a.vcf", "a.js", "a.gz", "a.p7s"};
  content::Limits limits;
  limits.unpacked_bytes = std::uint64_t{4} << 20U;
  limits.text_bytes = std::uint64_t{1} << 20U;
  limits.entries = 50;
  const auto convert = [](std::string_view pdf) {
    return content::Converted{pdf.size() % 2 == 0 ? "page\fpage\f" : "", {}};
  };
  const lastlook::PartFacts facts = content::Inspect(
      kNames[data[0] % 8], std::string(reinterpret_cast<const char*>(data + 1), size - 1), limits, convert);
  std::size_t text_bytes = 0;
  for (const lastlook::FactText& text : facts.texts) {
    text_bytes += text.text.size();
    if (!lastlook::IsValidUtf8(text.text)) {
      std::abort();
    }
  }
  const auto read = lastlook::DecodeFacts(lastlook::EncodeFacts(facts));
  if (facts.entries.empty() || facts.entries.size() > limits.entries || text_bytes > limits.text_bytes || !read) {
    std::abort();
  }
  return 0;
}

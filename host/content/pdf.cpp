// SPDX-License-Identifier: MPL-2.0
// PDF (ISO 32000-1): the text page by page, from a program that is asked for it; whether it is encrypted.
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "base/text_fold.h"
#include "content/readers.h"

namespace lastlook::content {
namespace {

Uninspected ReasonOf(ConvertFailure failure) {
  switch (failure) {
    case ConvertFailure::kNoProgram:
      return Uninspected::kNoProgram;
    case ConvertFailure::kDamaged:
      return Uninspected::kDamaged;
    case ConvertFailure::kEncrypted:
      return Uninspected::kEncrypted;
    case ConvertFailure::kTime:
      return Uninspected::kTime;
  }
  return Uninspected::kDamaged;
}

}  // namespace

void ReadPdf(const Item& item, Inspection* inspection) {
  Converted converted = inspection->convert_pdf()(item.bytes);
  if (converted.failure) {
    // The trailer names the encryption in clear (section 7.6.1), also where it is a stream. A file that only forbids
    // printing or copying has it as well and opens; what does not open and has it wants a password.
    const bool encrypted =
        converted.failure == ConvertFailure::kDamaged && item.bytes.find("/Encrypt") != std::string::npos;
    inspection->MarkUninspected(item, encrypted ? Uninspected::kEncrypted : ReasonOf(*converted.failure));
    return;
  }
  const std::string_view text = converted.text;
  std::uint32_t page = 0;
  bool has_text = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\f', at), text.size());
    FactText fact;
    fact.unit = TextUnit::kPage;
    fact.number = ++page;
    fact.text = text.substr(at, end - at);
    has_text = has_text || !TrimSpace(fact.text).empty();
    inspection->AddText(item, std::move(fact));
    at = end + 1;
  }
  if (!has_text) {
    inspection->MarkUninspected(item, Uninspected::kNoText);
  }
}

}  // namespace lastlook::content

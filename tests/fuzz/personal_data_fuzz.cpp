// SPDX-License-Identifier: MPL-2.0
// Personal data in any bytes: nothing crashes, places are inside, in order and apart, values are what stands there, and
// masking hides what it must.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "detect/personal_data.h"

namespace {

void Require(bool holds) {
  if (!holds) {
    std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using lastlook::detect::PersonalDatum;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::vector<PersonalDatum> found = lastlook::detect::FindPersonalData(text);
  std::size_t end = 0;
  for (const PersonalDatum& datum : found) {
    Require(datum.begin >= end && datum.begin < datum.end && datum.end <= size);
    Require(datum.value == text.substr(datum.begin, datum.end - datum.begin));
    Require(!datum.normalized.empty());
    Require(datum.score >= 65 && datum.score <= 100);
    Require(datum.band == lastlook::detect::BandOf(datum.score));
    Require(lastlook::detect::MaskedValue(datum) != datum.normalized);
    end = datum.end;
  }
  Require(lastlook::detect::CountPersons(found) <= found.size());
  return 0;
}

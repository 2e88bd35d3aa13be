// SPDX-License-Identifier: MPL-2.0
// What the commands on the store have in common.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "cli/streams.h"
#include "mail/addr_spec.h"
#include "store/store.h"

namespace lastlook {

// "2026-11-20" or "2026-11-20T09:00:00+09:00" as Unix seconds. Errors: kWrongUse, naming `option`.
Result<std::int64_t> MomentOption(const std::string& option, const std::string& text);

// The address of "Name <address>" or "address". Errors: kWrongUse.
Result<AddrSpec> AddressOption(const std::string& text);

// Calls `use(store)`, which returns an exit status, with this person's store; complains where there is none.
template <typename Use>
int WithStore(const Streams& streams, Use use) {
  const Result<StorePlace> place = PlaceOfThisPerson();
  if (!place) {
    return Complain(place.error(), streams);
  }
  Store store(*place, &SystemNow);
  return use(store);
}

}  // namespace lastlook

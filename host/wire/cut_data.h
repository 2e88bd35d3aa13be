// SPDX-License-Identifier: MPL-2.0
// part.put carries half a MiB of base64 in one string. To read it as JSON takes longer than all the rest, so the string
// is taken out of the bytes first, and what is left is read like every other request.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace lastlook {

struct CutRequest {
  std::string rest;       // the request with an empty string in the place of the data
  std::string_view data;  // what stood in it, in the bytes that were given; not looked at
};

// Null for everything but a part.put whose members stand in the order in which our client writes them, `data` the first
// of `params`: it is read as JSON then, with the same result. `data` must turn out to be base64, in which no character
// means anything to JSON; where it is not, the request is to be read as JSON, too.
std::optional<CutRequest> CutData(std::string_view bytes);

}  // namespace lastlook

// SPDX-License-Identifier: MPL-2.0
// An attachment of a draft: a MIME part that is not the body and not an image inside it (RFC 2045, RFC 2183).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace lastlook {

struct Part {
  std::string id;                            // the client's name for it; unique in its draft
  std::string name;                          // file name, decoded (RFC 2047, RFC 2231); may be empty
  std::string content_type;                  // "application/pdf"; may be empty
  std::optional<std::uint64_t> size_bytes;   // decoded size; absent = not known
  std::shared_ptr<const std::string> bytes;  // decoded; null = not here
  std::string sha256 = {};  // of the bytes, here or not, 64 lower-case hexadecimal digits; "" = not known yet
  bool arriving = false;    // the client is still handing it over: nothing about its bytes is known

  // sha256, else computed from the bytes at each call; "" where neither is known.
  std::string Sha256() const;
};

}  // namespace lastlook

// SPDX-License-Identifier: MPL-2.0
// Results too large for one frame, kept until the client has pulled them piece by piece. The only state that a crash
// loses, and nothing is lost with it: the client asks for the whole result again.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

#include "base/result.h"

namespace lastlook {

class DeferredResults {
 public:
  struct Chunk {
    std::string bytes;
    std::size_t size_bytes = 0;  // of the whole result
    bool last = false;
  };

  // Keeps `result` and returns its token. Only the newest are kept: kMaxDeferredResults of
  // them, and no more than kMaxDeferredBytes beside the very newest.
  std::string Keep(std::string result);

  // At most kChunkBytes from `offset`. With the last byte the token is forgotten. Errors: kUnknownToken; kInvalidParams
  // with pointer "/offset" behind the end.
  Result<Chunk> Take(std::string_view token, std::uint64_t offset);

 private:
  struct Entry {
    std::string token;
    std::string result;
  };

  std::deque<Entry> entries_;  // oldest first
  std::uint64_t next_ = 1;
};

}  // namespace lastlook

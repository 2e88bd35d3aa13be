// SPDX-License-Identifier: MPL-2.0
#include "wire/deferred_results.h"

#include <algorithm>
#include <utility>

#include "wire/limits.h"

namespace lastlook {

std::string DeferredResults::Keep(std::string result) {
  std::string token = "r" + std::to_string(next_++);
  std::size_t former_bytes = 0;
  for (const Entry& entry : entries_) {
    former_bytes += entry.result.size();
  }
  while (!entries_.empty() && (entries_.size() == kMaxDeferredResults || former_bytes > kMaxDeferredBytes)) {
    former_bytes -= entries_.front().result.size();
    entries_.pop_front();
  }
  entries_.push_back({token, std::move(result)});
  return token;
}

Result<DeferredResults::Chunk> DeferredResults::Take(std::string_view token, std::uint64_t offset) {
  const auto entry =
      std::find_if(entries_.begin(), entries_.end(), [token](const Entry& one) { return one.token == token; });
  if (entry == entries_.end()) {
    return Error{ErrorCode::kUnknownToken, "there is nothing to fetch under this token",
                 "ask again for the whole result", "/token"};
  }
  if (offset > entry->result.size()) {
    return Error{ErrorCode::kInvalidParams, "the offset is behind the end of the result",
                 "ask for an offset below size_bytes", "/offset"};
  }
  Chunk chunk;
  chunk.size_bytes = entry->result.size();
  chunk.bytes = entry->result.substr(offset, kChunkBytes);
  chunk.last = offset + chunk.bytes.size() == chunk.size_bytes;
  if (chunk.last) {
    entries_.erase(entry);
  }
  return chunk;
}

}  // namespace lastlook

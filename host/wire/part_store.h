// SPDX-License-Identifier: MPL-2.0
// The bytes of attachments of mails that are being written, as the client sent them: in memory alone, never on a disk.
// Known by their SHA-256, so a file in two mails is here once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/crypto.h"
#include "base/result.h"
#include "wire/limits.h"

namespace lastlook {

// A piece of an attachment.
struct PartChunk {
  std::string_view part_id;      // the client's name for the attachment
  std::uint64_t offset = 0;      // of `bytes` in it
  std::uint64_t size_bytes = 0;  // of all of it
  bool last = false;
  std::string_view sha256;  // of all of it, with the last piece, where the client knows it; else ""
  std::string_view bytes;
};

// How far an attachment has come.
struct PartProgress {
  std::uint64_t received = 0;
  std::string sha256;  // lower-case hexadecimal digits, once all of it is here; else ""
};

struct StoredPart {
  std::string sha256;
  std::shared_ptr<const std::string> bytes;  // never null
};

struct PartLimits {
  std::size_t part_bytes = kMaxPartBytes;
  std::size_t all_bytes = kMaxPartsBytes;  // of what is here and what arrives; the newest part stays in any case
  std::size_t parts = kMaxParts;
  std::size_t arriving = kMaxPartsArriving;  // at the same time; over it the one that stood still the longest goes
};

// For one thread.
class PartStore {
 public:
  explicit PartStore(PartLimits limits = {}) : limits_(limits) {}

  // Takes a piece. Pieces of one part come in order; offset 0 begins the part anew. After an error nothing is left of
  // what had arrived under that name. Errors: kPartOutOfOrder (also for a name that was forgotten meanwhile),
  // kPartTooLarge, kPartDiffers (more or fewer bytes than announced, or another SHA-256), kInvalidParams.
  Result<PartProgress> Put(const PartChunk& chunk);

  // Null: not here, or not any more. What is found is used, so it stays before others.
  const StoredPart* Find(std::string_view sha256);

  bool IsArriving(std::string_view part_id) const { return arriving_.contains(std::string(part_id)); }

  // The client's name is of no more use; the bytes go with their last name. Nothing happens to unknown names.
  void Drop(std::string_view part_id);

  // The SHA-256 of parts that are here no more, since the last call: dropped, or forgotten to make room.
  std::vector<std::string> TakeForgotten();

  // Of what is here and what arrives.
  std::size_t bytes() const { return bytes_; }

 private:
  struct Arriving {
    std::string part_id;
    std::uint64_t size_bytes = 0;
    std::string bytes;
    Sha256Stream hash;
  };
  struct Kept {
    StoredPart part;
    std::unordered_set<std::string> names;
  };
  using ArrivingList = std::list<Arriving>;
  using KeptList = std::list<Kept>;

  Result<void> Begin(const PartChunk& chunk);
  void Abandon(const std::string& part_id);
  void Unname(const std::string& part_id);
  void Forget(KeptList::iterator part);
  void MakeRoom();
  PartProgress Finish(const std::string& part_id, std::string sha256);

  PartLimits limits_;
  ArrivingList arriving_order_;  // the one that stood still the longest first
  std::unordered_map<std::string, ArrivingList::iterator> arriving_;
  KeptList order_;  // the one that was not used the longest first
  std::unordered_map<std::string, KeptList::iterator> by_hash_;
  std::unordered_map<std::string, KeptList::iterator> by_name_;
  std::vector<std::string> forgotten_;
  std::size_t bytes_ = 0;
};

}  // namespace lastlook

// SPDX-License-Identifier: MPL-2.0
#include "wire/part_store.h"

#include <iterator>
#include <utility>

namespace lastlook {
namespace {

constexpr const char* kFaultOfTheClient = "this is a fault of the mail extension; report it";

Error OutOfOrder(std::uint64_t expected) {
  return Error{
      ErrorCode::kPartOutOfOrder,
      "this piece of the attachment does not follow the one before it, which ended at byte " + std::to_string(expected),
      "send the attachment again from its first byte", "/offset"};
}

Error Differs(std::string message, std::string pointer) {
  return Error{ErrorCode::kPartDiffers, std::move(message), "read the file again and send it from its first byte",
               std::move(pointer)};
}

}  // namespace

Result<PartProgress> PartStore::Put(const PartChunk& chunk) {
  const std::string part_id(chunk.part_id);
  if (part_id.empty() || part_id.size() > kMaxPartIdBytes) {
    return Error{ErrorCode::kInvalidParams, "the name of a part has 1 to " + std::to_string(kMaxPartIdBytes) + " bytes",
                 kFaultOfTheClient, "/part_id"};
  }
  if (chunk.offset == 0) {
    if (Result<void> begun = Begin(chunk); !begun) {
      return std::move(begun).error();
    }
  }
  const auto found = arriving_.find(part_id);
  if (found == arriving_.end()) {
    return OutOfOrder(0);
  }
  Arriving& part = *found->second;
  const std::uint64_t received = part.bytes.size();
  Result<void> fits;
  if (chunk.offset != received) {
    fits = OutOfOrder(received);
  } else if (chunk.size_bytes != part.size_bytes) {
    fits = Differs("the size of the attachment is not the one that was announced", "/size_bytes");
  } else if (chunk.bytes.size() > part.size_bytes - received) {
    fits = Differs("the attachment is longer than was announced", "/data");
  } else if (chunk.last != (received + chunk.bytes.size() == part.size_bytes)) {
    fits = Differs("the attachment does not end where was announced", "/last");
  } else if (chunk.bytes.empty() && !chunk.last) {
    fits = Differs("a piece that is not the last one is empty", "/data");
  }
  if (!fits) {
    Abandon(part_id);
    return std::move(fits).error();
  }
  part.bytes += chunk.bytes;
  part.hash.Add(chunk.bytes);
  bytes_ += chunk.bytes.size();
  arriving_order_.splice(arriving_order_.end(), arriving_order_, found->second);
  if (!chunk.last) {
    MakeRoom();
    return PartProgress{part.bytes.size(), ""};
  }
  std::string sha256 = part.hash.TakeHex();
  if (!chunk.sha256.empty() && chunk.sha256 != sha256) {
    Abandon(part_id);
    return Differs("the bytes that arrived are not those that were sent", "/sha256");
  }
  return Finish(part_id, std::move(sha256));
}

Result<void> PartStore::Begin(const PartChunk& chunk) {
  const std::string part_id(chunk.part_id);
  Abandon(part_id);
  if (chunk.size_bytes > limits_.part_bytes) {
    return Error{ErrorCode::kPartTooLarge,
                 "an attachment of " + std::to_string(chunk.size_bytes) + " bytes is over the limit of " +
                     std::to_string(limits_.part_bytes),
                 "it is not looked into; share it by a link, or send it in smaller files", "/size_bytes"};
  }
  if (arriving_.size() >= limits_.arriving) {
    Abandon(std::string(arriving_order_.front().part_id));
  }
  arriving_order_.push_back({part_id, chunk.size_bytes, {}, {}});
  // Only room in the address space: memory is taken by the bytes that arrive, and they are never moved.
  arriving_order_.back().bytes.reserve(static_cast<std::size_t>(chunk.size_bytes));
  arriving_.emplace(part_id, std::prev(arriving_order_.end()));
  return {};
}

PartProgress PartStore::Finish(const std::string& part_id, std::string sha256) {
  const auto arrived = arriving_.find(part_id);
  std::string bytes = std::move(arrived->second->bytes);
  arriving_order_.erase(arrived->second);
  arriving_.erase(arrived);
  const std::uint64_t size = bytes.size();
  auto known = by_hash_.find(sha256);
  if (known != by_hash_.end()) {
    bytes_ -= bytes.size();
    order_.splice(order_.end(), order_, known->second);
  } else {
    order_.push_back({{sha256, std::make_shared<const std::string>(std::move(bytes))}, {}});
    known = by_hash_.emplace(sha256, std::prev(order_.end())).first;
  }
  const auto former = by_name_.find(part_id);
  if (former != by_name_.end() && former->second != known->second) {
    Unname(part_id);
  }
  known->second->names.insert(part_id);
  by_name_.insert_or_assign(part_id, known->second);
  MakeRoom();
  return PartProgress{size, std::move(sha256)};
}

const StoredPart* PartStore::Find(std::string_view sha256) {
  const auto found = by_hash_.find(std::string(sha256));
  if (found == by_hash_.end()) {
    return nullptr;
  }
  order_.splice(order_.end(), order_, found->second);
  return &found->second->part;
}

void PartStore::Drop(std::string_view part_id) {
  const std::string name(part_id);
  Abandon(name);
  Unname(name);
}

std::vector<std::string> PartStore::TakeForgotten() {
  return std::exchange(forgotten_, {});
}

void PartStore::Abandon(const std::string& part_id) {
  const auto found = arriving_.find(part_id);
  if (found != arriving_.end()) {
    bytes_ -= found->second->bytes.size();
    arriving_order_.erase(found->second);
    arriving_.erase(found);
  }
}

void PartStore::Unname(const std::string& part_id) {
  const auto named = by_name_.find(part_id);
  if (named == by_name_.end()) {
    return;
  }
  const KeptList::iterator part = named->second;
  by_name_.erase(named);
  part->names.erase(part_id);
  if (part->names.empty()) {
    Forget(part);
  }
}

void PartStore::Forget(KeptList::iterator part) {
  bytes_ -= part->part.bytes->size();
  for (const std::string& name : part->names) {
    by_name_.erase(name);
  }
  by_hash_.erase(part->part.sha256);
  forgotten_.push_back(std::move(part->part.sha256));
  order_.erase(part);
}

void PartStore::MakeRoom() {
  // The newest stays, else it could never be looked at.
  while (order_.size() > 1 && (bytes_ > limits_.all_bytes || order_.size() > limits_.parts)) {
    Forget(order_.begin());
  }
}

}  // namespace lastlook

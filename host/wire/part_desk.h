// SPDX-License-Identifier: MPL-2.0
// What a session knows of attachments: the bytes that the client hands over while a mail is written, and what is inside
// them. They are read in threads of its own, through inspect_link/; whoever asks is never kept waiting.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <vector>

#include "conditions/context.h"
#include "mail/draft.h"
#include "mail/part_facts.h"
#include "wire/part_store.h"

namespace lastlook {

// Reads one file; takes as long as it takes. Each thread has its own.
using PartReader = std::function<std::shared_ptr<const PartFacts>(std::string_view name, const std::string& bytes)>;
using MakePartReader = std::function<PartReader()>;

// Where nobody can read files: they are uninspected, with that as the reason.
PartReader NoPartReader();
// lastlook-inspect, where it is installed.
PartReader InspectingPartReader();

// Of one attachment, at one moment.
enum class PartState {
  kUnknown,      // its bytes are not here
  kPending,      // it is being read, or waits for that
  kRead,         // all of it
  kUninspected,  // it, or a file in it, could not be read
};

// Put, Drop, StateOf and Complete are for one thread.
class PartDesk {
 public:
  explicit PartDesk(MakePartReader make_reader, PartLimits limits = {});
  ~PartDesk();  // waits for whoever is reading
  PartDesk(const PartDesk&) = delete;
  PartDesk& operator=(const PartDesk&) = delete;

  // As PartStore::Put. With the last piece somebody begins to read the file; `name` is the file's.
  Result<PartProgress> Put(const PartChunk& chunk, std::string_view name);
  void Drop(std::string_view part_id);

  PartState StateOf(std::string_view sha256, std::string_view name);

  // Gives the attachments of `draft` their bytes, and `context` what is inside them as far as it is known now: it does
  // not change while the mail is looked at. `hands_over`: the client hands attachments over, so one without bytes is
  // uninspected; else nothing is said about it. Errors: kUnknownPart, with the pointer to its sha256.
  Result<void> Complete(Draft* draft, bool hands_over, Context* context);

 private:
  struct Task {
    std::string key;
    std::string name;
    std::shared_ptr<const std::string> bytes;
  };

  // Null: pending. Begins to read what nobody has read yet.
  std::shared_ptr<const PartFacts> FactsOrBegin(const StoredPart& part, std::string_view name);
  void ForgetPassing(const std::string& key);
  void ForgetWhatIsGone();
  void Keep(const std::string& key, std::shared_ptr<const PartFacts> facts);
  void Read();

  const MakePartReader make_reader_;
  PartStore store_;
  std::mutex mutex_;  // of all below
  std::condition_variable changed_;
  std::deque<Task> waiting_;
  std::unordered_map<std::string, std::shared_ptr<const PartFacts>> facts_;  // null: not read yet
  std::size_t facts_bytes_ = 0;
  std::size_t idle_ = 0;
  bool ending_ = false;
  std::vector<std::thread> readers_;
};

}  // namespace lastlook

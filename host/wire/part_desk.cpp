// SPDX-License-Identifier: MPL-2.0
#include "wire/part_desk.h"

#include <algorithm>
#include <exception>
#include <optional>
#include <utility>

#include "base/json.h"
#include "base/text_fold.h"
#include "inspect_link/inspector.h"

namespace lastlook {
namespace {

// A PDF that takes its whole time must not keep the next file waiting.
constexpr std::size_t kMostReaders = 2;

// Of the texts in all files of all mails that are being written. Those of a file that would exceed it are not kept, and
// it counts as not looked into: were others forgotten for it, two large files would push each other out for ever.
constexpr std::size_t kMostFactsBytes = std::size_t{256} << 20U;

// The same bytes under another name may be another kind of text, and what is packed may be called by it. The SHA-256
// goes first.
std::string KeyOf(std::string_view sha256, std::string_view name) {
  return std::string(sha256) + Fold(name);
}

std::size_t FactsBytes(const PartFacts& facts) {
  std::size_t bytes = 1024;
  for (const FactText& text : facts.texts) {
    bytes += text.text.size() + text.anchors.size() * sizeof(CellAnchor);
  }
  return bytes;
}

// What another attempt may not meet again.
bool IsPassing(const PartFacts& facts) {
  return std::any_of(facts.entries.begin(), facts.entries.end(), [](const FileFacts& file) {
    return file.uninspected == Uninspected::kTime || file.uninspected == Uninspected::kCrashed ||
           file.uninspected == Uninspected::kNoProgram;
  });
}

// What was known of a mail's attachments when it was asked.
class MailParts : public PartInspection {
 public:
  struct Known {
    std::string sha256;
    std::shared_ptr<const PartFacts> facts;
    bool pending = false;
  };

  void Add(const std::string& id, Known known) { by_id_.insert_or_assign(id, std::move(known)); }

  std::shared_ptr<const PartFacts> FactsOf(const Part& part) const override {
    const Known* known = Find(part);
    return known == nullptr ? nullptr : known->facts;
  }
  bool IsPending(const Part& part) const override {
    const Known* known = Find(part);
    return known != nullptr && known->pending;
  }

 private:
  // A part that an effect has put in its place is another one.
  const Known* Find(const Part& part) const {
    const auto found = by_id_.find(part.id);
    return found == by_id_.end() || found->second.sha256 != part.sha256 ? nullptr : &found->second;
  }

  std::unordered_map<std::string, Known> by_id_;
};

Error UnknownPart(std::size_t index) {
  return Error{ErrorCode::kUnknownPart, "the bytes of this attachment are not here, or not any more",
               "send the attachment again", "/attachments" + PointerStep(index) + "/sha256"};
}

}  // namespace

PartReader NoPartReader() {
  return [](std::string_view, const std::string&) {
    return std::make_shared<const PartFacts>(UninspectedPart(Uninspected::kNoProgram));
  };
}

PartReader InspectingPartReader() {
  InspectorOptions options;
  options.program = InspectProgram();
  options.kept_texts_bytes = 0;  // the desk keeps them
  auto inspector = std::make_shared<Inspector>(std::move(options));
  return [inspector](std::string_view name, const std::string& bytes) { return inspector->Inspect(name, bytes); };
}

PartDesk::PartDesk(MakePartReader make_reader, PartLimits limits)
    : make_reader_(std::move(make_reader)), store_(limits) {
}

PartDesk::~PartDesk() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
    waiting_.clear();
  }
  changed_.notify_all();
  for (std::thread& reader : readers_) {
    reader.join();
  }
}

Result<PartProgress> PartDesk::Put(const PartChunk& chunk, std::string_view name) {
  Result<PartProgress> progress = store_.Put(chunk);
  ForgetWhatIsGone();
  if (progress.ok() && !progress->sha256.empty()) {
    if (const StoredPart* part = store_.Find(progress->sha256)) {
      ForgetPassing(KeyOf(part->sha256, name));
      FactsOrBegin(*part, name);
    }
  }
  return progress;
}

void PartDesk::Drop(std::string_view part_id) {
  store_.Drop(part_id);
  ForgetWhatIsGone();
}

PartState PartDesk::StateOf(std::string_view sha256, std::string_view name) {
  const StoredPart* part = store_.Find(sha256);
  if (part == nullptr) {
    return PartState::kUnknown;
  }
  const std::shared_ptr<const PartFacts> facts = FactsOrBegin(*part, name);
  return facts == nullptr ? PartState::kPending : facts->HasUninspected() ? PartState::kUninspected : PartState::kRead;
}

Result<void> PartDesk::Complete(Draft* draft, bool hands_over, Context* context) {
  auto known = std::make_shared<MailParts>();
  bool any = hands_over;
  for (std::size_t i = 0; i < draft->attachments.size(); ++i) {
    Part& part = draft->attachments[i];
    MailParts::Known now;
    if (hands_over && part.sha256.empty() && part.bytes != nullptr) {
      // Whole in the draft: as if it had been handed over.
      part.sha256 = part.Sha256();
      const std::string name = "draft:" + part.sha256;
      if (const Result<PartProgress> put = store_.Put({name, 0, part.bytes->size(), true, part.sha256, *part.bytes});
          !put.ok()) {
        now.facts = std::make_shared<const PartFacts>(UninspectedPart(Uninspected::kTooLargeFile));
      }
    }
    if (now.facts != nullptr) {
      any = true;
    } else if (!part.sha256.empty()) {
      const StoredPart* stored = store_.Find(part.sha256);
      if (stored == nullptr) {
        return UnknownPart(i);
      }
      part.bytes = stored->bytes;
      part.size_bytes = stored->bytes->size();
      now.facts = FactsOrBegin(*stored, part.name);
      now.pending = now.facts == nullptr;
      any = true;
    } else if (part.arriving) {
      now.pending = true;
      any = true;
    } else if (hands_over) {
      const bool too_large = part.size_bytes.value_or(0) > kMaxPartBytes;
      now.facts = std::make_shared<const PartFacts>(
          UninspectedPart(too_large ? Uninspected::kTooLargeFile : Uninspected::kNotGiven));
    }
    now.sha256 = part.sha256;
    known->Add(part.id, std::move(now));
  }
  ForgetWhatIsGone();
  if (any) {
    context->parts = std::move(known);
  }
  return {};
}

std::shared_ptr<const PartFacts> PartDesk::FactsOrBegin(const StoredPart& part, std::string_view name) {
  const std::string key = KeyOf(part.sha256, name);
  const std::lock_guard lock(mutex_);
  const auto [entry, is_new] = facts_.try_emplace(key, nullptr);
  if (!is_new) {
    return entry->second;
  }
  waiting_.push_back({key, std::string(name), part.bytes});
  if (idle_ == 0 && readers_.size() < kMostReaders) {
    readers_.emplace_back([this] { Read(); });
  }
  changed_.notify_one();
  return nullptr;
}

// Whoever attaches a file once more has it read once more.
void PartDesk::ForgetPassing(const std::string& key) {
  const std::lock_guard lock(mutex_);
  const auto entry = facts_.find(key);
  if (entry != facts_.end() && entry->second != nullptr && IsPassing(*entry->second)) {
    facts_bytes_ -= FactsBytes(*entry->second);
    facts_.erase(entry);
  }
}

void PartDesk::ForgetWhatIsGone() {
  const std::vector<std::string> gone = store_.TakeForgotten();
  if (gone.empty()) {
    return;
  }
  const std::lock_guard lock(mutex_);
  for (const std::string& sha256 : gone) {
    std::erase_if(facts_, [&](const auto& entry) {
      const bool is_of_it = entry.first.starts_with(sha256);
      if (is_of_it && entry.second != nullptr) {
        facts_bytes_ -= FactsBytes(*entry.second);
      }
      return is_of_it;
    });
  }
  std::erase_if(waiting_, [this](const Task& task) { return !facts_.contains(task.key); });
}

void PartDesk::Keep(const std::string& key, std::shared_ptr<const PartFacts> facts) {
  const std::lock_guard lock(mutex_);
  const auto entry = facts_.find(key);
  if (entry == facts_.end() || entry->second != nullptr) {
    return;  // nobody wants it any more, or it was dropped and asked for anew meanwhile
  }
  if (facts_bytes_ + FactsBytes(*facts) > kMostFactsBytes) {
    facts = std::make_shared<const PartFacts>(UninspectedPart(Uninspected::kTooLargeFile));
  }
  facts_bytes_ += FactsBytes(*facts);
  entry->second = std::move(facts);
}

void PartDesk::Read() {
  PartReader reader;
  for (;;) {
    Task task;
    {
      std::unique_lock lock(mutex_);
      ++idle_;
      changed_.wait(lock, [this] { return ending_ || !waiting_.empty(); });
      --idle_;
      if (ending_) {
        return;
      }
      task = std::move(waiting_.front());
      waiting_.pop_front();
    }
    std::shared_ptr<const PartFacts> facts;
    try {
      if (!reader) {
        reader = make_reader_();
      }
      facts = reader(task.name, *task.bytes);
    } catch (const std::exception&) {
      // No memory, most likely. A file whose reading failed is not one in which nothing was found.
    }
    if (facts == nullptr || facts->entries.empty()) {
      facts = std::make_shared<const PartFacts>(UninspectedPart(Uninspected::kCrashed));
    }
    Keep(task.key, std::move(facts));
  }
}

}  // namespace lastlook

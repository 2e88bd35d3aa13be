// SPDX-License-Identifier: MPL-2.0
#include "inspect_link/inspector.h"

#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <utility>

#include "base/crypto.h"
#include "base/log.h"
#include "base/text_fold.h"
#include "inspect_link/facts_codec.h"
#include "inspect_link/frame.h"

namespace lastlook {
namespace {

constexpr std::size_t kMostPdfText = std::size_t{64} << 20U;

// The same bytes under another name may be another kind of text, and what is packed may be called by it.
std::string KeyOf(std::string_view name, std::string_view bytes) {
  return Sha256(bytes) + Fold(name);
}

// What another attempt may not meet again.
bool IsPassing(Uninspected why) {
  return why == Uninspected::kTime || why == Uninspected::kCrashed || why == Uninspected::kNoProgram;
}

bool IsWorthKeeping(const PartFacts& facts) {
  return std::none_of(facts.entries.begin(), facts.entries.end(),
                      [](const FileFacts& file) { return file.uninspected && IsPassing(*file.uninspected); });
}

std::size_t TextBytes(const PartFacts& facts) {
  std::size_t bytes = 1024;
  for (const FactText& text : facts.texts) {
    bytes += text.text.size() + text.anchors.size() * sizeof(CellAnchor);
  }
  return bytes;
}

// What lastlook-inspect may not do itself: start the program that reads PDF. This process starts it, through
// lastlook-inspect again, which takes its rights away before it becomes that program.
bool Convert(const std::string& program, std::string_view pdf, int to, Deadline deadline) {
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
  const Exchanged exchanged = Exchange(program, {"--convert-pdf"}, pdf, kMostPdfText, left);
  // sysexits.h EX_UNAVAILABLE: the stub found no program.
  constexpr int kNoProgram = 69;
  const bool done = exchanged.end == Exchanged::End::kDone && exchanged.status == 0 && IsValidUtf8(exchanged.output);
  const bool missing = exchanged.end == Exchanged::End::kNotStarted || exchanged.status == kNoProgram;
  const bool late = exchanged.end == Exchanged::End::kTime;
  // content::ConvertFailure: no program, damaged, encrypted, time.
  const char answer = done ? '\0' : missing ? '\1' : late ? '\4' : '\2';
  return WriteFrame(to, FrameKind::kConverted,
                    {std::string_view(&answer, 1), done ? std::string_view(exchanged.output) : std::string_view()},
                    deadline);
}

}  // namespace

Inspector::Inspector(InspectorOptions options) : options_(std::move(options)) {
  signal(SIGPIPE, SIG_IGN);
}

std::shared_ptr<const PartFacts> Inspector::Inspect(std::string_view name, std::string_view bytes) {
  const std::string key = KeyOf(name, bytes);
  const std::lock_guard lock(mutex_);
  const auto known = known_.find(key);
  if (known != known_.end()) {
    return known->second;
  }
  auto facts = std::make_shared<const PartFacts>(Ask(name, bytes));
  if (IsWorthKeeping(*facts)) {
    Keep(key, facts);
  }
  return facts;
}

std::shared_ptr<const PartFacts> Inspector::FactsOf(const Part& part) const {
  if (part.bytes == nullptr) {
    return nullptr;
  }
  // Remembering changes nothing that anybody sees.
  return const_cast<Inspector*>(this)->Inspect(part.name, *part.bytes);
}

PartFacts Inspector::Ask(std::string_view name, std::string_view bytes) {
  if (options_.program.empty()) {
    return UninspectedPart(Uninspected::kNoProgram);
  }
  // A process that waited may have been ended since, by whoever tidies up; a new one is not asked twice.
  for (const bool fresh : {child_ == std::nullopt, true}) {
    if (!child_) {
      child_ = PipedChild::Start(options_.program, {});
      if (!child_) {
        return UninspectedPart(Uninspected::kNoProgram);
      }
    }
    bool asked_in_vain = false;
    const auto begun = std::chrono::steady_clock::now();
    if (std::optional<PartFacts> facts = Converse(name, bytes, &asked_in_vain)) {
      return *std::move(facts);
    }
    child_.reset();
    if (std::chrono::steady_clock::now() - begun >= options_.deadline) {
      Log(LogLevel::kWarning, "an attachment took too long to read; its reader was ended");
      return UninspectedPart(Uninspected::kTime);
    }
    if (fresh || !asked_in_vain) {
      break;
    }
  }
  Log(LogLevel::kWarning, "the reader of an attachment ended unexpectedly");
  return UninspectedPart(Uninspected::kCrashed);
}

std::optional<PartFacts> Inspector::Converse(std::string_view name, std::string_view bytes, bool* asked_in_vain) {
  const Deadline deadline = std::chrono::steady_clock::now() + options_.deadline;
  std::array<char, 4> name_length{};
  for (std::size_t i = 0; i < name_length.size(); ++i) {
    name_length[i] = static_cast<char>((name.size() >> (8 * i)) & 0xFFU);
  }
  if (!WriteFrame(child_->in(), FrameKind::kInspect,
                  {std::string_view(name_length.data(), name_length.size()), name, bytes}, deadline)) {
    *asked_in_vain = true;
    return std::nullopt;
  }
  while (std::optional<Frame> frame = ReadFrame(child_->out(), deadline)) {
    if (frame->kind == FrameKind::kFacts) {
      return DecodeFacts(frame->content);
    }
    // One that asks again and again never ends by itself.
    if (frame->kind != FrameKind::kConvert || std::chrono::steady_clock::now() >= deadline ||
        !Convert(options_.program, frame->content, child_->in(), deadline)) {
      break;
    }
  }
  return std::nullopt;
}

void Inspector::Keep(const std::string& key, std::shared_ptr<const PartFacts> facts) {
  kept_bytes_ += TextBytes(*facts);
  known_.emplace(key, std::move(facts));
  order_.push_back(key);
  while (kept_bytes_ > options_.kept_texts_bytes && order_.size() > 1) {
    const auto oldest = known_.find(order_.front());
    kept_bytes_ -= TextBytes(*oldest->second);
    known_.erase(oldest);
    order_.pop_front();
  }
}

std::string InspectProgram() {
  std::array<char, 4096> path{};
  const ssize_t length = readlink("/proc/self/exe", path.data(), path.size());
  std::string folder = length > 0 ? std::string(path.data(), static_cast<std::size_t>(length)) : std::string();
  folder.resize(folder.rfind('/') == std::string::npos ? 0 : folder.rfind('/'));
  // Whoever may put another program there may exchange this one as well.
  for (const std::string& place : {folder, std::string("/usr/lib/lastlook")}) {
    const std::string program = place + "/lastlook-inspect";
    if (!place.empty() && access(program.c_str(), X_OK) == 0) {
      return program;
    }
  }
  return {};
}

}  // namespace lastlook

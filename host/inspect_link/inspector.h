// SPDX-License-Identifier: MPL-2.0
// Facts of attachments, from lastlook-inspect. Each file is read once: facts are kept by the hash of the bytes.
#pragma once

#include <chrono>
#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/piped_child.h"
#include "conditions/context.h"
#include "mail/part.h"
#include "mail/part_facts.h"

namespace lastlook {

struct InspectorOptions {
  // lastlook-inspect; "" where it is not installed: then every file is uninspected, with that as the reason.
  std::string program;
  std::chrono::milliseconds deadline{10'000};              // for one file, its PDFs included
  std::size_t kept_texts_bytes = std::size_t{128} << 20U;  // facts are forgotten, the oldest first, over this
};

// Thread-safe; one file is read at a time.
class Inspector : public PartInspection {
 public:
  explicit Inspector(InspectorOptions options);

  // Reads the bytes, or remembers. Never null and never fails: what cannot be read is a fact. Ignores SIGPIPE in this
  // process. Blocks until the facts are there or the deadline has passed.
  std::shared_ptr<const PartFacts> Inspect(std::string_view name, std::string_view bytes);

  // PartInspection: of a part without bytes, null.
  std::shared_ptr<const PartFacts> FactsOf(const Part& part) const override;

 private:
  PartFacts Ask(std::string_view name, std::string_view bytes);
  std::optional<PartFacts> Converse(std::string_view name, std::string_view bytes, bool* asked_in_vain);
  void Keep(const std::string& key, std::shared_ptr<const PartFacts> facts);

  const InspectorOptions options_;
  std::mutex mutex_;
  std::optional<PipedChild> child_;  // waits for the next file
  std::list<std::string> order_;     // of keys, the oldest first
  std::unordered_map<std::string, std::shared_ptr<const PartFacts>> known_;
  std::size_t kept_bytes_ = 0;
};

// lastlook-inspect beside this program, else where packages put it; "" if it is in neither place.
std::string InspectProgram();

}  // namespace lastlook

// SPDX-License-Identifier: MPL-2.0
// What a candidate is worth, by the words around it and the column it stands in. Private to this folder.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "detect/candidate.h"
#include "detect/folded_chunk.h"
#include "detect/labels.h"
#include "detect/table.h"

namespace lastlook::detect {

class Scorer {
 public:
  Scorer(std::string_view original, TableFinder* tables) : original_(original), tables_(tables) {}

  // What follows is in this chunk. It outlives the calls.
  void Enter(const FoldedChunk& chunk);

  // 0 to 100; under 65 it is nothing. REQUIRES: candidates of a chunk come by where they begin.
  int Score(const Candidate& candidate);

 private:
  enum class Word { kNone, kSays, kOtherThing, kOtherType };
  Word NearestBefore(const Candidate& candidate, bool* sample);
  bool SaysBehind(const Candidate& candidate, bool* sample);
  bool SaysFarBefore(const Candidate& candidate);
  bool FollowsItsLike(const Candidate& candidate) const;
  bool HasBankNear(const Candidate& candidate, const Table* table);

  std::string_view original_;
  TableFinder* tables_;
  const FoldedChunk* chunk_ = nullptr;
  // Each is asked in rising order for a range of one width, so that neither leaves a gap that is asked for later.
  LabelScanner near_labels_;
  LabelScanner far_labels_;
  // Where in the original the last one ended that its label vouched for; 0: there was none.
  std::array<std::size_t, kDataTypes> last_labelled_{};
};

}  // namespace lastlook::detect

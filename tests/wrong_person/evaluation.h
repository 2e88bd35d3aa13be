// SPDX-License-Identifier: MPL-2.0
// "Got the wrong Bob?" and leak ranking on the second half of a corpus, with the history strictly before each mail.
// What is asked is Lastlook's own condition similar_recipient and its score (conditions/support/company_kept.h).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "corpus.h"

namespace lastlook::wrong_person {

struct Options {
  std::vector<int> ratios = {2, 5, 10};
  std::int64_t least_sends = 20;  // earlier mails of the sender
  bool incoming = false;          // also learn from mails that came, as the published figures do
  std::uint64_t seed = 1;
};

struct SwapRow {
  int ratio = 0;
  double clean_flagged = 0;  // shares
  double caught = 0;         // the wrong person was written to before
  double proposed = 0;       // and the right one was proposed
  double caught_any = 0;     // the wrong person is anybody who may be taken for the right one
};

struct LeakRow {
  std::string score;
  double last = 0;        // the leak, somebody who was written to before, is ranked last
  double recall_5 = 0;    // leaks found where one clean mail in twenty is stopped
  double recall_10 = 0;   // one in ten
  double never_last = 0;  // the leak is somebody who was never written to
};

struct Report {
  std::size_t clean = 0;  // mails to two people or more
  std::size_t swaps = 0;
  std::size_t swaps_any = 0;
  std::size_t leaks = 0;
  std::vector<SwapRow> wrong_bob;
  std::vector<LeakRow> leak;
};

Report Evaluate(const Corpus& corpus, const Options& options);

// What a draft costs the two conditions on habits with so many people in the history, milliseconds of CPU; `first` also
// sorts everybody by name.
struct DraftCost {
  double first = 0;
  double median = 0;
  double slowest = 0;
};
DraftCost MeasureDrafts(std::size_t people, std::uint64_t seed);

}  // namespace lastlook::wrong_person

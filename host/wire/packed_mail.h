// SPDX-License-Identifier: MPL-2.0
// The last step before a mail leaves: what a rule packs into an encrypted ZIP is packed, under a password that nobody
// had before.
#pragma once

#include <string>

#include "base/random.h"
#include "base/result.h"
#include "base/timestamp.h"
#include "engine/commit.h"
#include "wire/deferred_results.h"

namespace lastlook {

// What the client is told.
struct Leaving {
  Patch patch;
  std::string result_digest;
  std::string password;  // of the ZIP; "" where there is none
};

// The answer as it is, where nothing is to be packed; else with the ZIP made and kept in `deferred` for part.get. Once
// for each answer: the next one has another password. `now` is the date of the files in it. Errors: kCannotCarryOut,
// when it cannot be made; then the mail must not leave.
Result<Leaving> MakeLeaving(const CommitAnswer& answer, const Timestamp& now, const RandomSource& random,
                            DeferredResults* deferred);

}  // namespace lastlook

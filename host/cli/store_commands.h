// SPDX-License-Identifier: MPL-2.0
// How the commands on the store, and what goes with them, are written: decisions, history, hold, doctor, policy
// privacy.
#pragma once

#include <functional>

#include "cli/decisions_command.h"
#include "cli/doctor.h"
#include "cli/history_command.h"
#include "cli/hold_command.h"
#include "cli/policy_privacy.h"
#include "cli/streams.h"

namespace CLI {
class App;
}

namespace lastlook {

struct StoreCommandOptions {
  DecisionsOptions decisions;
  HistoryOptions history;
  HoldOptions hold;
  DoctorOptions doctor;
  PolicyPrivacyOptions privacy;
};

// Adds them to `app`, and "privacy" to `policy`; the one that is asked for is put into `run`. All arguments outlive the
// parsing.
void AddStoreCommands(CLI::App& app, CLI::App& policy, const Streams& streams, StoreCommandOptions* options,
                      std::function<int()>* run);

}  // namespace lastlook

// SPDX-License-Identifier: MPL-2.0
// What one session knows between two requests. None of it decides about a mail: a host that is started anew on the same
// store answers the same.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/timestamp.h"
#include "wire/deferred_results.h"
#include "wire/hold_desk.h"
#include "wire/part_desk.h"
#include "wire/policy_in_force.h"
#include "wire/records.h"

namespace lastlook {

using Clock = std::function<Timestamp()>;

// What the client said in `hello`.
struct Client {
  std::string name;
  std::string version;
  std::string program;
  std::vector<std::string> capabilities;
  std::string language;
};

// Since the start.
struct Counts {
  std::uint64_t evaluated = 0;
  std::uint64_t committed = 0;
  std::uint64_t sent = 0;
  std::uint64_t cancelled = 0;
};

struct SessionState {
  PolicyInForce& policy;
  Records* records;  // null: nothing is remembered
  HoldDesk holds;
  Clock clock;
  Timestamp started;
  std::optional<Client> client;  // absent before `hello`
  Counts counts;
  DeferredResults deferred;
  PartDesk parts;
};

}  // namespace lastlook

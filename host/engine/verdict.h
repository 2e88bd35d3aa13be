// SPDX-License-Identifier: MPL-2.0
// The answer (design section 6). No times and no random order: the same input gives the byte-identical verdict.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/json_writer.h"
#include "effects/effect.h"
#include "mail/draft.h"
#include "policy/mode.h"
#include "policy/recipient_set.h"

namespace lastlook {

// Values are the exit statuses of `lastlook check` (design section 7): never change them.
enum class Disposition { kAllow = 0, kModify = 10, kDelay = 20, kBlock = 30 };

std::string_view DispositionName(Disposition disposition);

enum class Side { kInside, kOutside, kUnknown };

std::string_view SideName(Side side);

struct VerdictRecipient {
  std::string id;       // "to[0]"
  std::string address;  // the addr-spec, or what was typed
  std::string name;
  std::string organisation;
  Side side = Side::kUnknown;
  bool known = false;
};

// Whom a rule found. Kept by rule: of ten thousand recipients each would repeat the names.
struct NamedRecipients {
  std::string rule;
  RecipientSet recipients;
};

struct VerdictEvidence {
  std::string where;        // a recipient's id, "subject", "body.text", "attachments[0]" …
  std::string excerpt;      // masked when sensitive
  std::uint32_t start = 0;  // UTF-16 units of the string named by `where`
  std::uint32_t end = 0;
  std::string why;
  std::string place;  // of what is in an attachment: file, sheet, cell, page … for people; else ""
  // Not in the JSON: what MaySilence (engine/silence.h) is asked about.
  std::string_view condition = {};  // a name of the registry
  std::string right = {};           // what the person would say to it, "this is right"; "" where that is not asked
};

struct Fix {
  std::string id;  // name of the effect
  std::string label;
};

struct Finding {
  std::string rule;
  Mode mode = Mode::kWarn;
  std::string condition;
  std::string title;
  std::string message;
  std::string help;
  bool on_result = false;
  std::vector<VerdictEvidence> evidence;  // at most kMaxEvidence (conditions/condition.h)
  std::size_t evidence_total = 0;
  std::vector<Fix> fixes;
};

struct VerdictObligation {
  std::string kind;
  std::string by;
  Json params;
  std::string problem = {};  // why it cannot be carried out, so that the mail cannot leave; "" when it can
};

// What the window says because of an obligation.
struct VerdictNotice {
  std::string id;
  std::string by;
  std::string text;
};

// What an obligation changes beyond recipients and attachments.
struct VerdictChange {
  std::string where;  // "subject", "body", "headers"
  std::string by;
  std::string label;  // what is done
  std::string text;   // what is put there
};

struct Verdict {
  Disposition disposition = Disposition::kBlock;
  std::vector<std::string> needs;
  int hold_seconds = 0;
  std::vector<VerdictRecipient> recipients;
  std::vector<NamedRecipients> named;  // the "rules" of each recipient, in the policy's order
  std::vector<std::string> acknowledge;
  // Of the window in which the person decides.
  bool tick_all = false;      // it has a button that ticks everything
  int countdown_seconds = 0;  // how long its Send waits
  std::string top_message;    // what the organisation says first
  std::vector<std::string> pending;
  std::vector<Finding> findings;  // strictest first, then in the policy's order
  std::vector<std::string> simulated;
  std::vector<VerdictObligation> obligations;
  CountOf count_of = CountOf::kNobody;  // whose number "type_count" means
  std::vector<std::size_t> retype;      // indices of the attachments whose names "retype_names" means
  std::vector<VerdictNotice> notices;
  std::vector<VerdictChange> changes;
  Draft result;  // the draft after the obligations
  std::string policy_id;
  std::int64_t policy_serial = 0;
  std::string policy_sha256;
  std::string digest;  // of the draft as written
};

// How many recipients count_of means: what the person types.
std::int64_t RecipientsToCount(const Verdict& verdict);

// True if an obligation cannot be carried out, so that a commit is refused.
bool HasProblem(const Verdict& verdict);

// The contract's JSON, keys in its order. count_of, retype, tick_all, countdown_seconds, top_message, notices and
// changes are there only when they say something, and so is an obligation's problem.
void WriteVerdict(const Verdict& verdict, JsonWriter* out);
std::string VerdictJson(const Verdict& verdict);

}  // namespace lastlook

// SPDX-License-Identifier: MPL-2.0
// The settings of a policy: which there are, what they may be, and which way is the stricter one.
// policy/settings.schema.json says the same for editors and people; a test keeps the two together.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/localized_text.h"
#include "base/result.h"

namespace lastlook {

struct Settings {
  std::string confirm_ticks = "outside";  // "none" | "outside" | "all"
  bool confirm_tick_sender = false;
  bool confirm_tick_subject = false;
  bool confirm_tick_body = false;
  bool confirm_tick_attachments = false;
  bool confirm_tick_all = false;      // the window has a button that ticks everything
  int confirm_countdown_seconds = 0;  // how long the window's Send waits after it shows a mail
  LocalizedText confirm_top_message;
  std::string phone_region = "any";  // "any" | "JP" | "CN" | "KR" | "US" | "GB"
  int hold_minutes = 5;
  int hold_countdown_seconds = 30;        // a hold of up to this is counted down in a window
  std::string history_silence = "allow";  // "allow" | "forbid": a question about one recipient put aside for good
  std::string decisions_recipients = "hmac";
  std::string decisions_on_failure = "stop";  // "send" | "stop": a mail whose decision cannot be recorded
  int decisions_retention_days = 365;         // 0: for ever
  int store_megabytes = 256;
};

enum class Tightening {
  kNone,    // neither way is stricter; a user's file may not set it
  kHigher,  // a higher number, true, or a value that stands later in the list
  kLower,   // false; of a boolean only
};

struct SettingRow {
  std::string_view key;
  enum class Kind { kBoolean, kWhole, kOneOf, kTexts } kind;
  Tightening tightening;
  std::int64_t least = 0;  // of a whole number
  std::int64_t most = 0;
  std::vector<std::string> values = {};  // of kOneOf, mildest first
  Json (*get)(const Settings& settings);
  void (*set)(Settings* settings, const Json& value);  // REQUIRES: CheckSetting accepted it
};

std::span<const SettingRow> SettingRows();

// Null if there is none.
const SettingRow* FindSetting(std::string_view key);

// Errors: kPolicyRefused, pointing at `value`.
Result<void> CheckSetting(const SettingRow& row, const Json& value);

// Whether `to` is as strict as `from` or stricter. REQUIRES: CheckSetting accepted both.
bool IsAtLeastAsStrict(const SettingRow& row, const Json& from, const Json& to);

}  // namespace lastlook

// SPDX-License-Identifier: MPL-2.0
#include "cli/policy_privacy.h"

#include "base/terminal_text.h"
#include "cli/policy_input.h"
#include "cli/texts.h"
#include "engine/prepared_policy.h"
#include "store/decisions.h"
#include "store/upkeep.h"

namespace lastlook {
namespace {

// Where the page is read by somebody else than whose machine it speaks of, no real path helps.
constexpr const char* kFolder = "~/.local/state/lastlook";

const char* FormKey(RecipientsForm form) {
  switch (form) {
    case RecipientsForm::kNone:
      return "privacy.recipients.none";
    case RecipientsForm::kCount:
      return "privacy.recipients.count";
    case RecipientsForm::kDomain:
      return "privacy.recipients.domain";
    case RecipientsForm::kHmac:
      return "privacy.recipients.hmac";
    case RecipientsForm::kClear:
      return "privacy.recipients.clear";
  }
  return "privacy.recipients.none";
}

}  // namespace

int RunPolicyPrivacy(const PolicyPrivacyOptions& options, const Streams& streams) {
  const auto refuse = [&streams](const Error& error) {
    Complain(error, streams);
    return int{kExitPolicyRefused};
  };
  const Result<PolicyLayers> layers = ReadPolicyInForce(options.policy_files, options.with_built_in);
  if (!layers) {
    return refuse(layers.error());
  }
  const auto prepared = PreparedPolicy::FromLayers(*layers);
  if (!prepared) {
    return refuse(prepared.error());
  }
  const Policy& policy = (*prepared)->policy();
  const StoreLimits limits = LimitsOf(policy.settings);
  const RecipientsForm form =
      RecipientsFormFromName(policy.settings.decisions_recipients).value_or(RecipientsForm::kNone);
  const Texts text(options.language);
  const auto item = [&](const char* key, const TextArguments& arguments = {}) {
    streams.out << "- " << PrintableLine(text(key, arguments)) << "\n";
  };
  const auto heading = [&](const char* key) { streams.out << "\n## " << text(key) << "\n\n"; };

  streams.out << "# " << text("privacy.title") << "\n\n"
              << PrintableLine(
                     text("privacy.policy", {{"policy", policy.id}, {"serial", std::to_string(policy.serial)}}))
              << "\n";
  heading("privacy.heading.decisions");
  item("privacy.decisions");
  item("privacy.decisions_also");
  item(FormKey(form));
  if (form > RecipientsForm::kCount) {
    item("privacy.sender");
  }
  if (form > RecipientsForm::kCount) {
    item("privacy.private_accounts");
  }
  item("privacy.reason");
  item("privacy.never");
  item(limits.retention_days == 0 ? "privacy.kept_for_ever" : "privacy.kept",
       {{"days", std::to_string(limits.retention_days)}});
  heading("privacy.heading.history");
  item("privacy.history");
  item("privacy.history_names");
  item("privacy.history_counted");
  item("privacy.history_learning");
  item("privacy.silenced");
  item("privacy.waiting");
  item("privacy.history_form");
  item("privacy.history_kept");
  heading("privacy.heading.where");
  item("privacy.where", {{"folder", kFolder}});
  item("privacy.key");
  item("privacy.damaged");
  item("privacy.size", {{"megabytes", std::to_string(limits.megabytes)}});
  item("privacy.nobody_else");
  heading("privacy.heading.rights");
  item("privacy.see");
  item("privacy.forget");
  item(policy.settings.history_silence == "allow" ? "privacy.unsilence" : "privacy.silence_forbidden");
  item("privacy.erase");
  return kExitOk;
}

}  // namespace lastlook

// SPDX-License-Identifier: MPL-2.0
#include "cli/check.h"

#include <algorithm>
#include <memory>

#include "base/json.h"
#include "cli/input_file.h"
#include "cli/mail_input.h"
#include "cli/policy_input.h"
#include "cli/style.h"
#include "cli/texts.h"
#include "cli/verdict_tally.h"
#include "cli/verdict_text.h"
#include "engine/evaluate.h"
#include "inspect_link/inspector.h"

namespace lastlook {
int RunCheck(const CheckOptions& options, const Streams& streams) {
  const Result<PolicyLayers> layers = ReadPolicyLayers(options.policy_files, options.with_built_in);
  if (!layers) {
    return Complain(layers.error(), streams);
  }
  const Result<std::shared_ptr<const PreparedPolicy>> policy = PreparedPolicy::FromLayers(*layers);
  if (!policy) {
    return Complain(policy.error(), streams);
  }
  Result<Context> context = ReadContextOrNow(options.context_file, streams.in);
  if (!context) {
    return Complain(context.error(), streams);
  }
  if (!context->parts) {
    // Starts its process when a rule first asks what is in a file.
    context->parts = std::make_shared<Inspector>(InspectorOptions{InspectProgram()});
  }
  const Texts texts(options.language);
  const Style style(streams.colour);
  int status = kExitOk;
  bool first = true;
  VerdictTally tally;
  for (const std::string& path : options.mails) {
    const Result<Draft> written = ReadMail(path, streams.in);
    if (!written) {
      status = std::max<int>(status, Complain(written.error(), streams));
      continue;
    }
    const Draft draft = ExpandLists(*written, *context);
    const Verdict verdict = Evaluate(**policy, draft, *context, options.language);
    status = std::max(status, static_cast<int>(verdict.disposition));
    tally.Add(verdict);
    if (options.format == OutputFormat::kText) {
      const std::string name = InputName(path);
      streams.out << (first ? "" : "\n")
                  << DescribeVerdict({name, draft, verdict, context->history != nullptr}, texts, style);
    } else if (options.mails.size() == 1) {
      streams.out << VerdictJson(verdict) << "\n";
    } else {
      JsonWriter line;
      line.BeginObject().Key("mail").String(path).Key("verdict");
      WriteVerdict(verdict, &line);
      streams.out << line.EndObject().Take() << "\n";
    }
    first = false;
  }
  if (options.format == OutputFormat::kText && options.mails.size() > 1) {
    streams.out << "\n" << tally.Describe(texts) << "\n";
  }
  return status;
}

}  // namespace lastlook

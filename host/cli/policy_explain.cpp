// SPDX-License-Identifier: MPL-2.0
#include "cli/policy_explain.h"

#include <algorithm>

#include "cli/explain_text.h"
#include "cli/input_file.h"
#include "cli/mail_input.h"
#include "cli/policy_input.h"
#include "engine/explain.h"
#include "policy/suggestion.h"

namespace lastlook {
namespace {

// Leaves only the rules that were asked for.
Result<void> Select(const std::vector<std::string>& wanted, Explanation* explanation) {
  if (wanted.empty()) {
    return {};
  }
  std::vector<std::string> known;
  for (const RuleExplanation& explained : explanation->rules) {
    known.push_back(explained.rule->id);
  }
  for (const std::string& id : wanted) {
    if (std::find(known.begin(), known.end(), id) == known.end()) {
      return Error{ErrorCode::kWrongUse, "there is no rule \"" + id + "\"", SuggestName(id, known), ""};
    }
  }
  std::erase_if(explanation->rules, [&](const RuleExplanation& explained) {
    return std::find(wanted.begin(), wanted.end(), explained.rule->id) == wanted.end();
  });
  return {};
}

}  // namespace

int RunPolicyExplain(const PolicyExplainOptions& options, const Streams& streams) {
  const Result<PolicyLayers> layers =
      ReadPolicyOfUser(options.policy_files, options.with_built_in, options.user, streams.err);
  if (!layers) {
    return Complain(layers.error(), streams);
  }
  const Result<std::shared_ptr<const PreparedPolicy>> policy = PreparedPolicy::FromLayers(*layers);
  if (!policy) {
    return Complain(policy.error(), streams);
  }
  const Result<Context> context = ReadContextOrNow(options.context_file, streams.in);
  if (!context) {
    return Complain(context.error(), streams);
  }
  const Result<Draft> draft = ReadMail(options.mail, streams.in);
  if (!draft) {
    return Complain(draft.error(), streams);
  }
  Explanation explanation = Explain(**policy, *draft, *context, options.language);
  if (Result<void> selected = Select(options.rules, &explanation); !selected) {
    return Complain(selected.error(), streams);
  }
  if (options.format == OutputFormat::kJson) {
    streams.out << ExplanationJson(explanation) << "\n";
  } else {
    streams.out << DescribeExplanation(InputName(options.mail), explanation, Texts(options.language),
                                       Style(streams.colour));
  }
  return kExitOk;
}

}  // namespace lastlook

// SPDX-License-Identifier: MPL-2.0
// How many attachments there are of these names and sizes, and how large they are together.
#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/text_fold.h"
#include "conditions/condition.h"
#include "conditions/support/count_range.h"

namespace lastlook::conditions::attachments {
namespace {

constexpr std::int64_t kMostBytes = INT64_C(1) << 40;  // a terabyte: no mail is larger

struct Params {
  std::vector<std::string> names;  // folded globs; empty: any
  std::optional<std::int64_t> min_bytes;
  std::optional<std::int64_t> max_bytes;
  std::optional<std::int64_t> total_min_bytes;
  CountRange count;
};

class Attachments : public Condition {
 public:
  explicit Attachments(Params params) : params_(std::move(params)) {}

  ConditionResult Evaluate(const MailView& mail) const override {
    ConditionResult result;
    std::size_t sure = 0;
    std::size_t possible = 0;
    std::uint64_t total_bytes = 0;
    const auto& parts = mail.draft().attachments;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const Truth selected = Selects(parts[i]);
      if (selected == Truth::kFalse) {
        continue;
      }
      possible += 1;
      sure += selected == Truth::kTrue ? 1 : 0;
      total_bytes += parts[i].size_bytes.value_or(0);
      const auto end = static_cast<std::uint32_t>(Utf16Length(parts[i].name));
      result.evidence.Add({"attachments[" + std::to_string(i) + "]",
                           parts[i].name,
                           0,
                           end,
                           selected == Truth::kTrue ? "selected" : "size_unknown",
                           {{"name", parts[i].name}}});
    }
    result.arguments = {{"count", std::to_string(possible)}, {"bytes", std::to_string(total_bytes)}};
    result.truth = std::min(CountTruth(sure, possible), TotalTruth(parts, total_bytes));
    return result;
  }

 private:
  // Unknown: its size is not known and would matter.
  Truth Selects(const Part& part) const {
    const std::string name = Fold(part.name);
    if (!params_.names.empty() && std::none_of(params_.names.begin(), params_.names.end(),
                                               [&](const std::string& glob) { return GlobMatches(glob, name); })) {
      return Truth::kFalse;
    }
    if (!params_.min_bytes && !params_.max_bytes) {
      return Truth::kTrue;
    }
    if (!part.size_bytes) {
      return Truth::kUnknown;
    }
    const auto size = static_cast<std::int64_t>(std::min<std::uint64_t>(*part.size_bytes, kMostBytes));
    return size >= params_.min_bytes.value_or(0) && size <= params_.max_bytes.value_or(kMostBytes) ? Truth::kTrue
                                                                                                   : Truth::kFalse;
  }

  Truth CountTruth(std::size_t sure, std::size_t possible) const {
    const bool if_none = params_.count.Contains(sure);
    const bool if_all = params_.count.Contains(possible);
    return if_none == if_all ? (if_all ? Truth::kTrue : Truth::kFalse) : Truth::kUnknown;
  }

  Truth TotalTruth(const std::vector<Part>& parts, std::uint64_t total_bytes) const {
    if (!params_.total_min_bytes || total_bytes >= static_cast<std::uint64_t>(*params_.total_min_bytes)) {
      return Truth::kTrue;
    }
    const bool all_known =
        std::all_of(parts.begin(), parts.end(), [](const Part& part) { return part.size_bytes.has_value(); });
    return all_known ? Truth::kFalse : Truth::kUnknown;
  }

  Params params_;
};

}  // namespace

MakeResult Make(const Json& json, const Policy& /*policy*/) {
  ObjectReader reader(json, {"min", "max", "name", "min_bytes", "max_bytes", "total_min_bytes"});
  Params params;
  for (const std::string& name : reader.Strings("name").value_or(std::vector<std::string>())) {
    params.names.push_back(Fold(name));
  }
  params.min_bytes = reader.Whole("min_bytes", 0, kMostBytes);
  params.max_bytes = reader.Whole("max_bytes", 0, kMostBytes);
  params.total_min_bytes = reader.Whole("total_min_bytes", 0, kMostBytes);
  params.count = CountRange::Read(&reader);
  if (reader.error()) {
    return *reader.error();
  }
  return std::unique_ptr<Condition>(std::make_unique<Attachments>(std::move(params)));
}

}  // namespace lastlook::conditions::attachments

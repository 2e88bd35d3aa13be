// SPDX-License-Identifier: MPL-2.0
#include "cli/doctor.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/terminal_text.h"
#include "cli/policy_input.h"
#include "cli/store_options.h"
#include "cli/style.h"
#include "cli/texts.h"
#include "engine/prepared_policy.h"
#include "store/decisions.h"
#include "store/history_book.h"

namespace lastlook {
namespace {

struct HealthCheck {
  const char* id;  // of the check, for programs
  bool ok = true;
  std::string text;    // in the person's language
  std::string detail;  // the error as it is, English
};

class Doctor {
 public:
  explicit Doctor(const std::string& language) : text_(language) {}

  void LookAtPolicy() {
    const Result<PolicyLayers> layers = ReadPolicyInForce({}, true);
    if (!layers) {
      Bad("policy", text_("doctor.policy.bad"), DescribeError(layers.error()));
      return;
    }
    const auto prepared = PreparedPolicy::FromLayers(*layers);
    if (!prepared) {
      Bad("policy", text_("doctor.policy.bad"), DescribeError(prepared.error()));
      return;
    }
    Good("policy", text_("doctor.policy.ok", {{"policy", (*prepared)->policy().id},
                                              {"serial", std::to_string((*prepared)->policy().serial)},
                                              {"count", std::to_string(layers->size())}}));
  }

  void LookAtStore() {
    const Result<StorePlace> place = PlaceOfThisPerson();
    if (!place) {
      Bad("store", text_("doctor.store.bad"), DescribeError(place.error()));
      return;
    }
    Store store(*place, &SystemNow);
    const StoreStatus status = store.Status();
    if (status.problem) {
      Bad("store", text_("doctor.store.bad"), DescribeError(*status.problem));
      return;
    }
    Good("store", text_("doctor.store.ok",
                        {{"folder", status.folder}, {"kilobytes", std::to_string((status.bytes + 999) / 1000)}}));
    LookAtIntegrity(store);
    if (status.history_problem) {
      Bad("key", text_("doctor.key.bad"), DescribeError(*status.history_problem));
    } else {
      Good("key", text_("doctor.key.ok"));
    }
    LookAtDecisions(store);
    if (!status.history_problem) {
      LookAtLearning(store);
    }
    for (const std::string& file : store.Status().damaged) {
      Bad("damaged", text_("doctor.damaged", {{"file", status.folder + "/" + file}}), "");
    }
  }

  const std::vector<HealthCheck>& findings() const { return findings_; }

 private:
  void Good(const char* id, std::string text) { findings_.push_back({id, true, std::move(text), ""}); }
  void Bad(const char* id, std::string text, std::string detail) {
    findings_.push_back({id, false, std::move(text), std::move(detail)});
  }

  void LookAtIntegrity(Store& store) {
    const Result<std::vector<std::string>> problems = store.CheckIntegrity();
    if (problems && problems->empty()) {
      Good("integrity", text_("doctor.integrity.ok"));
    } else {
      Bad("integrity", text_("doctor.integrity.bad"), problems ? problems->front() : DescribeError(problems.error()));
    }
  }

  void LookAtDecisions(Store& store) {
    const Result<ChainReport> report = DecisionLog(store).Verify();
    if (!report) {
      Bad("decisions", text_("doctor.decisions.bad"), DescribeError(report.error()));
    } else if (report->fault != ChainFault::kNone) {
      Bad("decisions", text_("doctor.decisions.bad"),
          std::string(ChainFaultName(report->fault)) + " " + std::to_string(report->bad_seq));
    } else {
      Good("decisions", text_("doctor.decisions.ok", {{"count", std::to_string(report->records)}}));
    }
  }

  void LookAtLearning(Store& store) {
    const Result<std::vector<LearningState>> learning = HistoryBook(store).Learning();
    if (!learning) {
      Bad("history", text_("doctor.history.bad"), DescribeError(learning.error()));
      return;
    }
    for (const LearningState& state : *learning) {
      Good("history", text_(state.complete ? "history.complete" : "history.learning",
                            {{"account", state.account}, {"count", std::to_string(state.headers)}}));
    }
    if (learning->empty()) {
      Good("history", text_("doctor.history.none"));
    }
  }

  Texts text_;
  std::vector<HealthCheck> findings_;
};

}  // namespace

int RunDoctor(const DoctorOptions& options, const Streams& streams) {
  Doctor doctor(options.language);
  doctor.LookAtPolicy();
  doctor.LookAtStore();
  const auto& findings = doctor.findings();
  const bool well =
      std::all_of(findings.begin(), findings.end(), [](const HealthCheck& finding) { return finding.ok; });
  if (options.format == OutputFormat::kJson) {
    OrderedJson checks = OrderedJson::array();
    for (const HealthCheck& finding : findings) {
      OrderedJson check = {{"check", finding.id}, {"ok", finding.ok}, {"text", finding.text}};
      if (!finding.detail.empty()) {
        check["detail"] = finding.detail;
      }
      checks.push_back(std::move(check));
    }
    streams.out << DumpJson(OrderedJson{{"ok", well}, {"checks", std::move(checks)}}) << "\n";
    return well ? kExitOk : kExitFindings;
  }
  const Style style(streams.colour);
  for (const HealthCheck& finding : findings) {
    streams.out << style(finding.ok ? Ink::kGreen : Ink::kRed, finding.ok ? "ok " : "!! ")
                << PrintableLine(finding.text) << "\n";
    if (!finding.detail.empty()) {
      streams.out << "   " << PrintableLine(finding.detail) << "\n";
    }
  }
  return well ? kExitOk : kExitFindings;
}

}  // namespace lastlook

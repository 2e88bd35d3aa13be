// SPDX-License-Identifier: MPL-2.0
// All conditions that look at text, on a body of 100 KB: folding it and telling its zones once, then each condition.
// The limit in the same program: one pass of memchr for a byte that is not there, for each condition.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "conditions/context_json.h"
#include "conditions/mail_view.h"
#include "conditions/registry.h"
#include "engine/prepared_policy.h"
#include "mail/draft_json.h"
#include "policy/built_in_policy.h"

namespace lastlook {
namespace {

constexpr std::size_t kBytes = 100'000;
constexpr double kTargetMilliseconds = 1.0;

constexpr std::string_view kJapanese =
    "お世話になっております。児玉製作所の佐藤です。先日ご相談いただきました循環ポンプの納期につきまして、工場と調整いた"
    "しました。\n"
    "初回分の50台は12月4日(金)"
    "に、残りの70台は翌週の金曜日に出荷できる見込みです。単価は据え置きで進めさせていただきます。\n\n";
constexpr std::string_view kEnglish =
    "Thank you for the call this morning. We went through the schedule again and the first lot can leave the factory "
    "on Friday.\n"
    "The second one follows a week later; prices stay as agreed, and the tests are done by our people in Nagoya.\n\n";

std::string Repeat(std::string_view paragraph) {
  std::string text;
  while (text.size() < kBytes) {
    text += paragraph;
  }
  return text;
}

std::shared_ptr<const PreparedPolicy> MakePolicy() {
  const std::string text = R"({"schema": 1, "lists": {"internal": ["kodama.example.jp"],
      "organisations": [{"name": "みなと物産", "domains": ["minato.example"]}, {"name": "Acme Trading", "domains": ["acme.example"]}]}})";
  const auto policy = PreparedPolicy::FromLayers(
      {BuiltInPolicy(), std::make_shared<PolicySource>(PolicySource{PolicyLayer::kCommandLine, "bench.json", text})});
  if (!policy) {
    std::fprintf(stderr, "%s\n", DescribeError(policy.error()).c_str());
    std::exit(EXIT_FAILURE);
  }
  return *policy;
}

const Policy& ThePolicy() {
  static const std::shared_ptr<const PreparedPolicy> prepared = MakePolicy();
  return prepared->policy();
}

struct Named {
  std::string name;
  std::unique_ptr<Condition> condition;
};

const std::vector<Named>& Conditions() {
  static const std::vector<Named> conditions = [] {
    constexpr std::pair<const char*, const char*> kParameters[] = {
        {"text", R"({"any_of": ["社外秘", "極秘", "confidential", "マイナンバー"], "in": "own"})"},
        {"text", R"({"patterns": ["案件番号[:：]?\\s*[a-z]{2}-[0-9]{4}"]})"},
        {"forgotten_attachment", "{}"},
        {"unfinished", "{}"},
        {"placeholder", "{}"},
        {"weekday_mismatch", "{}"},
        {"password_in_body", "{}"},
        {"greeting_mismatch", "{}"},
        {"single_addressee", "{}"},
        {"personal_data", R"({"special": true})"},
        {"personal_data", R"({"min_persons": 10})"},
        {"personal_data", R"({"min_persons": 101})"},
        {"secret", "{}"},
        {"other_organisation", R"({"where": "anywhere"})"},
        {"empty_subject", "{}"},
        {"pasted_from_other", "{}"},
    };
    std::vector<Named> made;
    for (const auto& [name, parameters] : kParameters) {
      auto condition = FindCondition(name)->make(*ParseJson(parameters), ThePolicy());
      if (!condition) {
        std::fprintf(stderr, "%s: %s\n", name, DescribeError(condition.error()).c_str());
        std::exit(EXIT_FAILURE);
      }
      made.push_back({name, std::move(condition).value()});
    }
    return made;
  }();
  return conditions;
}

Draft MakeDraft(std::string text) {
  Draft draft =
      *DraftFromJson(*ParseJson(R"({"from": "sato@kodama.example.jp", "to": ["山田 太郎 <yamada@a-shoji.example>"],
      "subject": "納期の件"})"));
  draft.body.text = std::move(text);
  return draft;
}

Context MakeContext() {
  return *ContextFromJson(*ParseJson(R"({"now": "2026-11-24T10:00:00+09:00"})"));
}

// What every evaluation does once for its mail.
void FoldAndZones(benchmark::State& state, std::string_view paragraph) {
  const Draft draft = MakeDraft(Repeat(paragraph));
  const Context context = MakeContext();
  for (auto _ : state) {
    const MailView view(draft, context, ThePolicy());
    benchmark::DoNotOptimize(view.body_zones().size());
  }
}

void AllConditions(benchmark::State& state, std::string_view paragraph) {
  const Draft draft = MakeDraft(Repeat(paragraph));
  const Context context = MakeContext();
  const MailView view(draft, context, ThePolicy());
  benchmark::DoNotOptimize(view.body_zones().size());
  for (auto _ : state) {
    for (const Named& named : Conditions()) {
      benchmark::DoNotOptimize(named.condition->Evaluate(view).truth);
    }
  }
}

void LimitMemchr(benchmark::State& state) {
  const std::string text = Repeat(kJapanese);
  for (auto _ : state) {
    for (std::size_t i = 0; i < Conditions().size(); ++i) {
      benchmark::DoNotOptimize(std::memchr(text.data(), 1, text.size()));
    }
  }
}

BENCHMARK_CAPTURE(FoldAndZones, japanese, kJapanese)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(FoldAndZones, english, kEnglish)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(AllConditions, japanese, kJapanese)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(AllConditions, english, kEnglish)->Unit(benchmark::kMillisecond);
BENCHMARK(LimitMemchr)->Unit(benchmark::kMillisecond);

// The median of some runs, of this process's time: other programs may be busy.
template <typename Work>
double Milliseconds(Work work) {
  constexpr int kRuns = 21;
  std::vector<double> runs;
  for (int i = 0; i < kRuns; ++i) {
    const std::clock_t begin = std::clock();
    work();
    runs.push_back(static_cast<double>(std::clock() - begin) * 1000.0 / CLOCKS_PER_SEC);
  }
  std::sort(runs.begin(), runs.end());
  return runs[kRuns / 2];
}

void PrintEach(const char* language, std::string_view paragraph) {
  const Draft draft = MakeDraft(Repeat(paragraph));
  const Context context = MakeContext();
  const double once = Milliseconds([&] {
    const MailView fresh(draft, context, ThePolicy());
    benchmark::DoNotOptimize(fresh.body_zones().size());
  });
  // Each alone, in a view that has its body folded but nothing else worked out.
  for (const Named& named : Conditions()) {
    const double each = Milliseconds([&] {
      const MailView fresh(draft, context, ThePolicy());
      benchmark::DoNotOptimize(fresh.body_zones().size());
      benchmark::DoNotOptimize(named.condition->Evaluate(fresh).truth);
    });
    std::printf("%-8s %-22s %.3f ms\n", language, named.name.c_str(), std::max(0.0, each - once));
  }
  // As an evaluation does it: one view for all.
  const double all = Milliseconds([&] {
    const MailView fresh(draft, context, ThePolicy());
    for (const Named& named : Conditions()) {
      benchmark::DoNotOptimize(named.condition->Evaluate(fresh).truth);
    }
  });
  std::printf(
      "TIME text_conditions %s: %.3f ms on 100 KB with folding and zones, target %.1f: %s; folding and zones %.3f ms\n",
      language, all, kTargetMilliseconds, all <= kTargetMilliseconds ? "reached" : "MISSED", once);
}

}  // namespace
}  // namespace lastlook

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  lastlook::PrintEach("japanese", lastlook::kJapanese);
  lastlook::PrintEach("english", lastlook::kEnglish);
  return EXIT_SUCCESS;
}

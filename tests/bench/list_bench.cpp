// SPDX-License-Identifier: MPL-2.0
// A list file of 50,000 entries: read into a policy, and looked up in. The peer reads the same bytes with a plain loop
// into a set of strings. Targets: 50 ms to load, and a look-up that costs the same in 50 entries and in 50,000.
#include <benchmark/benchmark.h>

#include <string>
#include <string_view>
#include <unordered_set>

#include "engine/prepared_policy.h"
#include "mail/address_parser.h"
#include "policy/read_policy.h"

namespace lastlook {
namespace {

std::string MakeCsv(std::int64_t entries) {
  std::string csv = "アドレス,理由,担当,期限\r\n";
  for (std::int64_t i = 0; i < entries; ++i) {
    csv += "taro.yamada" + std::to_string(i) + "@d" + std::to_string(i % 5000) +
           (i % 3 == 0 ? ".c-corp.example,電話で依頼,佐藤,2027/3/31\r\n" : ".a-shoji.example,,,\r\n");
  }
  return csv;
}

Result<Policy> Load(const std::string& csv) {
  auto source = std::make_shared<PolicySource>(PolicySource{
      PolicyLayer::kMachine, "p.json", R"({"schema": 1, "lists": {"opt-out": {"file": "opt-out.csv"}}})", {}});
  source->list_files.emplace("opt-out.csv", csv);
  return ReadPolicy({source}, KnownVocabulary());
}

void LoadList(benchmark::State& state) {
  const std::string csv = MakeCsv(state.range(0));
  for (auto _ : state) {
    Result<Policy> policy = Load(csv);
    if (!policy || policy->lists.at("opt-out").entries.size() != static_cast<std::size_t>(state.range(0))) {
      state.SkipWithError("the list was not read");
      break;
    }
    benchmark::DoNotOptimize(policy);
  }
}
BENCHMARK(LoadList)->Arg(50'000)->Unit(benchmark::kMillisecond);

void PeerPlainLoop(benchmark::State& state) {
  const std::string csv = MakeCsv(state.range(0));
  for (auto _ : state) {
    std::unordered_set<std::string> entries;
    for (std::size_t at = 0; at < csv.size();) {
      const std::size_t end = csv.find('\n', at);
      const std::string_view line = std::string_view(csv).substr(at, end - at);
      entries.emplace(line.substr(0, line.find(',')));
      at = end + 1;
    }
    benchmark::DoNotOptimize(entries);
  }
}
BENCHMARK(PeerPlainLoop)->Arg(50'000)->Unit(benchmark::kMillisecond);

void LookUp(benchmark::State& state) {
  const Result<Policy> policy = Load(MakeCsv(state.range(0)));
  const PolicyList& list = policy->lists.at("opt-out");
  const AddrSpec present = *ParseMailbox("Taro.Yamada6@d6.c-corp.example").address;
  const AddrSpec absent = *ParseMailbox("nobody@mail.d6.c-corp.example").address;
  const Timestamp now{1'795'000'000, 0};
  for (auto _ : state) {
    benchmark::DoNotOptimize(list.Contains(present, now));
    benchmark::DoNotOptimize(list.Contains(absent, now));
  }
}
BENCHMARK(LookUp)->Arg(50)->Arg(50'000);

}  // namespace
}  // namespace lastlook

BENCHMARK_MAIN();

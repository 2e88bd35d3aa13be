// SPDX-License-Identifier: MPL-2.0
// 10,000 addresses of one field: ours, and GMime's internet_address_list_parse as the peer in the same program, turn
// and turn about. Prints the median of the pairs' ratios; the target is 0.1.
#include <benchmark/benchmark.h>
#include <gmime/gmime.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <string>
#include <vector>

#include "mail/address_parser.h"

namespace lastlook {
namespace {

constexpr std::size_t kAddresses = 10'000;
constexpr double kTarget = 0.1;

// Half of them with quoted names, half of those Japanese; 46 bytes each on average, as performance notes on this
// parser have measured before.
std::string MakeField() {
  constexpr std::array<const char*, 6> kNames = {"Yamada, Taro",        "佐藤 花子",    "Suzuki, Ichiro (Sales)",
                                                 "株式会社こだま 伊藤", "Kate O'Neill", "高橋 健一"};
  constexpr std::array<const char*, 7> kLocalParts = {"taro.yamada", "h-sato",           "ichiro.suzuki", "info",
                                                      "k.ito",       "katherine.oneill", "takahashi"};
  constexpr std::array<const char*, 5> kDomains = {".kodama.example.jp", ".a-shoji.example", ".c-corp.example.com",
                                                   ".example.co.jp", ".university.example"};
  std::string field;
  for (std::size_t i = 0; i < kAddresses; ++i) {
    std::string address = kLocalParts[i % kLocalParts.size()] + std::to_string(i) + "@d" + std::to_string(i % 500) +
                          kDomains[i % kDomains.size()];
    if (i > 0) {
      field += ", ";
    }
    if (i % 2 == 0) {
      field += '"';
      field += kNames[i / 2 % kNames.size()];
      field += "\" <" + address + ">";
    } else {
      field += address;
    }
  }
  return field;
}

const std::string& Field() {
  static const std::string field = MakeField();
  return field;
}

std::size_t CountOurs() {
  const std::vector<Mailbox> mailboxes = ParseAddressList(Field());
  return static_cast<std::size_t>(std::count_if(mailboxes.begin(), mailboxes.end(),
                                                [](const Mailbox& mailbox) { return mailbox.address.has_value(); }));
}

std::size_t CountGMime() {
  InternetAddressList* list = internet_address_list_parse(nullptr, Field().c_str());
  const int count = internet_address_list_length(list);
  g_object_unref(list);
  return static_cast<std::size_t>(count);
}

void Ours(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(CountOurs());
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kAddresses));
}
BENCHMARK(Ours)->Unit(benchmark::kMillisecond);

void GMime(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(CountGMime());
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kAddresses));
}
BENCHMARK(GMime)->Unit(benchmark::kMillisecond);

// Not a floor anybody reaches: the bytes are only moved.
void LimitMemcpy(benchmark::State& state) {
  std::string copy(Field().size(), '\0');
  for (auto _ : state) {
    std::memcpy(copy.data(), Field().data(), copy.size());
    benchmark::ClobberMemory();
  }
}
BENCHMARK(LimitMemcpy)->Unit(benchmark::kMillisecond);

double Milliseconds(std::size_t (*work)()) {
  const std::clock_t begin = std::clock();  // of this process: other programs may be busy
  benchmark::DoNotOptimize(work());
  return static_cast<double>(std::clock() - begin) * 1000.0 / CLOCKS_PER_SEC;
}

void PrintRatio() {
  constexpr int kPairs = 31;
  std::vector<double> ratios;
  for (int i = 0; i < kPairs; ++i) {
    const double ours = Milliseconds(&CountOurs);
    ratios.push_back(ours / Milliseconds(&CountGMime));
  }
  std::sort(ratios.begin(), ratios.end());
  const double median = ratios[kPairs / 2];
  std::printf("RATIO address_list ours/GMime %.3f (%.3f to %.3f), target %.2f: %s\n", median, ratios.front(),
              ratios.back(), kTarget, median <= kTarget ? "reached" : "MISSED");
}

}  // namespace
}  // namespace lastlook

int main(int argc, char** argv) {
  g_mime_init();
  // Equal work or no comparison.
  if (lastlook::CountOurs() != lastlook::kAddresses || lastlook::CountGMime() != lastlook::kAddresses) {
    std::fprintf(stderr, "the two do not find the same addresses\n");
    return EXIT_FAILURE;
  }
  std::printf("%zu addresses, %zu bytes\n", lastlook::kAddresses, lastlook::Field().size());
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  lastlook::PrintRatio();
  return EXIT_SUCCESS;
}

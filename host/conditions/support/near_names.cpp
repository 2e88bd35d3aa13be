// SPDX-License-Identifier: MPL-2.0
#include "conditions/support/near_names.h"

#include <algorithm>
#include <bit>

namespace lastlook {
namespace {

constexpr std::uint64_t kBase = 0x9E3779B97F4A7C15U;  // 2^64 over the golden ratio, odd

constexpr auto kPowers = [] {
  std::array<std::uint64_t, NearNames::kLongest + 3> powers{};
  powers[0] = 1;
  for (std::size_t i = 1; i < powers.size(); ++i) {
    powers[i] = powers[i - 1] * kBase;
  }
  return powers;
}();

}  // namespace

// `prefixes_` is filled as far as it is read.
// NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init)
NearNames::Pieces::Pieces(std::string_view name, std::string_view ending) : name_(name) {
  for (const char c : ending) {
    ending_ = (ending_ + static_cast<unsigned char>(c) + 1) * kBase;
  }
  prefixes_[0] = 0;
  for (std::size_t i = 0; i < name.size(); ++i) {
    prefixes_[i + 1] = prefixes_[i] * kBase + static_cast<unsigned char>(name[i]) + 1;
  }
}

std::uint64_t NearNames::Pieces::power(std::size_t exponent) {
  return kPowers[exponent];
}

// The finalizer of SplitMix64 (Steele, Lea, Flood 2014).
std::uint64_t NearNames::Pieces::Mix(std::uint64_t value, std::size_t length) {
  value += length * kBase;
  value = (value ^ value >> 30U) * 0xBF58476D1CE4E5B9U;
  value = (value ^ value >> 27U) * 0x94D049BB133111EBU;
  return value ^ value >> 31U;
}

void NearNames::Add(std::string_view name, std::string_view ending, std::size_t slips) {
  names_.push_back({name, ending, slips});
  any_of_one_ = any_of_one_ || slips == 1;
  any_of_two_ = any_of_two_ || slips == 2;
}

void NearNames::Build() {
  std::size_t forms = 0;
  for (const Name& name : names_) {
    forms += name.slips == 0 ? 0 : name.name.size() + 2;  // at most
  }
  const std::size_t buckets = std::bit_ceil(std::max<std::size_t>(forms, 2));
  shift_ = 64U - static_cast<unsigned>(std::countr_zero(buckets));
  begins_.assign(buckets + 1, 0);
  for (const Name& name : names_) {
    File(name, [&](std::uint64_t form) { ++begins_[(form >> shift_) + 1]; });
  }
  for (std::size_t i = 1; i <= buckets; ++i) {
    begins_[i] += begins_[i - 1];
  }
  rows_.resize(begins_[buckets]);
  std::vector<std::uint32_t> next(begins_.begin(), begins_.end() - 1);
  for (std::size_t i = 0; i < names_.size(); ++i) {
    File(names_[i], [&](std::uint64_t form) {
      rows_[next[form >> shift_]++] = {static_cast<std::uint32_t>(form), static_cast<std::uint32_t>(i)};
    });
  }
}

}  // namespace lastlook

// SPDX-License-Identifier: MPL-2.0
// Some of a mail's recipients, by their place in the draft. A rule asks about all of them at once: with ten thousand
// recipients and dozens of rules, one question each would be most of a check.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "mail/recipient.h"
#include "policy/address_patterns.h"

namespace lastlook {

class RecipientSet {
 public:
  // Of a mail with that many recipients; nobody, or with `everybody` all of them.
  explicit RecipientSet(std::size_t size = 0, bool everybody = false)
      : size_(size), words_((size + kBits - 1) / kBits, everybody ? ~std::uint64_t{0} : 0) {
    if (everybody && size % kBits != 0) {
      words_.back() >>= kBits - size % kBits;
    }
  }

  void Insert(std::size_t index) { words_[index / kBits] |= std::uint64_t{1} << index % kBits; }
  bool Has(std::size_t index) const { return (words_[index / kBits] >> index % kBits & 1U) != 0; }
  std::size_t size() const { return size_; }
  std::size_t Count() const {
    std::size_t count = 0;
    for (const std::uint64_t word : words_) {
      count += static_cast<std::size_t>(std::popcount(word));
    }
    return count;
  }

  // REQUIRES below: a set of the same mail.
  void Add(const RecipientSet& other) {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      words_[i] |= other.words_[i];
    }
  }
  void Keep(const RecipientSet& other) {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      words_[i] &= other.words_[i];
    }
  }
  void Remove(const RecipientSet& other) {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      words_[i] &= ~other.words_[i];
    }
  }

  // In ascending order.
  template <typename Use>
  void ForEach(const Use& use) const {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      for (std::uint64_t rest = words_[i]; rest != 0; rest &= rest - 1) {
        use(i * kBits + static_cast<std::size_t>(std::countr_zero(rest)));
      }
    }
  }

  bool operator==(const RecipientSet&) const = default;

 private:
  static constexpr std::size_t kBits = 64;

  std::size_t size_ = 0;
  std::vector<std::uint64_t> words_;
};

// What a selector may ask about all recipients of one mail; whoever answers works each answer out once.
class RecipientSets {
 public:
  virtual ~RecipientSets() = default;
  virtual std::size_t size() const = 0;  // how many recipients the mail has
  virtual const RecipientSet& OfField(RecipientField field) const = 0;
  // Those whom `patterns` name at the time of the mail.
  virtual const RecipientSet& OfList(const AddressPatterns& patterns) const = 0;
  virtual const RecipientSet& OfOriginal() const = 0;
  virtual const RecipientSet& OfKnown() const = 0;
};

}  // namespace lastlook

// SPDX-License-Identifier: MPL-2.0
// Which of very many names may be a slip of the pen away from another: an index, where comparing with all of them would
// take seconds.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace lastlook {

// Names with an ending each, found by one that differs from them by at most one or two slips (EditDistance). Built once
// and constant from then on. It answers with more names than are near, never with fewer: whoever asks compares.
//
// One slip: two names that differ by one have a form in common when each may lose a letter (symmetric-delete spelling
// correction). Two slips: cut the name in the middle, and one of its halves differs by at most one slip from a
// beginning or an end of the other name; also where two letters are swapped across the cut, since then each half has
// one slip of it and one of them no further one. So halves are looked up as names of one slip are, and a name of
// fifteen letters has sixteen forms where all ways to lose two letters would be a hundred and twenty.
class NearNames {
 public:
  static constexpr std::size_t kLongest = 253;  // RFC 1035; longer names are nobody's

  // In the order in which they are numbered. `slips`: up to so many; 0: nothing is near it. What the views name must
  // outlive this. REQUIRES: name.size() <= kLongest, or no slips.
  void Add(std::string_view name, std::string_view ending, std::size_t slips);
  // Once, when all are added.
  void Build();

  // Calls `use(number)` for every name with that ending that may be near, perhaps several times and in no order that
  // means anything, until it answers false.
  template <typename Use>
  void ForEach(std::string_view name, std::string_view ending, const Use& use) const {
    if (names_.empty() || name.size() > kLongest + 2) {
      return;
    }
    bool go_on = true;
    Probe(name, ending, [&](std::uint64_t form) {
      const std::size_t bucket = form >> shift_;
      for (std::uint32_t i = begins_[bucket]; go_on && i < begins_[bucket + 1]; ++i) {
        if (rows_[i].form == static_cast<std::uint32_t>(form)) {
          go_on = use(rows_[i].number);
        }
      }
    });
  }

 private:
  enum class Kind : std::uint64_t { kWhole = 1, kBeginning, kEnd };

  struct Name {
    std::string_view name;
    std::string_view ending;
    std::size_t slips;
  };
  struct Row {
    std::uint32_t form;
    std::uint32_t number;
  };
  // A number for each piece of one name, in constant time: polynomials modulo 2^64.
  class Pieces {
   public:
    Pieces(std::string_view name, std::string_view ending);
    // A piece as it is, and without each of its letters.
    template <typename Use>
    void Forms(Kind kind, std::size_t begin, std::size_t end, const Use& use) const {
      const std::uint64_t seed = ending_ + static_cast<std::uint64_t>(kind);
      use(Mix(Of(begin, end) + seed, end - begin));
      for (std::size_t i = begin; i < end; ++i) {
        if (i == begin || name_[i] != name_[i - 1]) {  // of two equal letters it does not matter which is lost
          use(Mix(Of(begin, i) * power(end - i - 1) + Of(i + 1, end) + seed, end - begin - 1));
        }
      }
    }

   private:
    static std::uint64_t power(std::size_t exponent);
    static std::uint64_t Mix(std::uint64_t value, std::size_t length);
    std::uint64_t Of(std::size_t begin, std::size_t end) const {
      return prefixes_[end] - prefixes_[begin] * power(end - begin);
    }

    std::string_view name_;
    std::uint64_t ending_ = 0;
    std::array<std::uint64_t, kLongest + 3> prefixes_;  // filled as far as the name goes
  };

  // The forms under which a name is filed, and those under which one that is near must be.
  template <typename Use>
  static void File(const Name& name, const Use& use) {
    if (name.slips == 0) {
      return;
    }
    const Pieces pieces(name.name, name.ending);
    const std::size_t size = name.name.size();
    if (name.slips == 1) {
      pieces.Forms(Kind::kWhole, 0, size, use);
    } else {
      pieces.Forms(Kind::kBeginning, 0, size / 2, use);
      pieces.Forms(Kind::kEnd, size / 2, size, use);
    }
  }
  template <typename Use>
  void Probe(std::string_view name, std::string_view ending, const Use& use) const {
    const Pieces pieces(name, ending);
    const std::size_t size = name.size();
    if (any_of_one_) {
      pieces.Forms(Kind::kWhole, 0, size, use);
    }
    if (!any_of_two_) {
      return;
    }
    // The other name has up to two letters more or fewer, its half up to one more or fewer than ours.
    const std::size_t shorter = size < 2 ? 0 : size - 2;
    const std::size_t longer = size + 2;
    const auto at_least = [](std::size_t value, std::size_t less) { return value < less ? 0 : value - less; };
    for (std::size_t cut = at_least(shorter / 2, 1); cut <= longer / 2 + 1 && cut <= size; ++cut) {
      pieces.Forms(Kind::kBeginning, 0, cut, use);
    }
    for (std::size_t left = at_least((shorter + 1) / 2, 1); left <= (longer + 1) / 2 + 1 && left <= size; ++left) {
      pieces.Forms(Kind::kEnd, size - left, size, use);
    }
  }

  std::vector<Name> names_;
  bool any_of_one_ = false;
  bool any_of_two_ = false;
  unsigned shift_ = 0;
  std::vector<std::uint32_t> begins_;  // of each bucket in rows_, and one more
  std::vector<Row> rows_;
};

}  // namespace lastlook

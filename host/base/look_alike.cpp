// SPDX-License-Identifier: MPL-2.0
#include "base/look_alike.h"

#include <unicode/bytestream.h>
#include <unicode/idna.h>
#include <unicode/stringpiece.h>
#include <unicode/unistr.h>
#include <unicode/uspoof.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <memory>
#include <utility>
#include <vector>

#include "base/text_fold.h"

namespace lastlook {
namespace {

constexpr std::size_t kLongestDomain = 253 * 4;  // RFC 1035, and what UTF-8 makes of it; the rest is no domain

struct CloseChecker {
  void operator()(USpoofChecker* checker) const { uspoof_close(checker); }
};

// Made once, then constant; ICU allows any number of threads to ask it.
const USpoofChecker* Checker() {
  static const std::unique_ptr<USpoofChecker, CloseChecker> kChecker = [] {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<USpoofChecker, CloseChecker> checker(uspoof_open(&status));
    if (U_SUCCESS(status)) {
      uspoof_setRestrictionLevel(checker.get(), USPOOF_HIGHLY_RESTRICTIVE);
      uspoof_setChecks(checker.get(), USPOOF_RESTRICTION_LEVEL, &status);
    }
    assert(U_SUCCESS(status));
    return checker;
  }();
  return kChecker.get();
}

// The pairs that UTS #39 leaves alone because in other texts they are two.
std::string FoldPairs(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char next = i + 1 < text.size() ? text[i + 1] : '\0';
    if (text[i] == 'r' && next == 'n') {
      out += 'm';
      ++i;
    } else if (text[i] == 'v' && next == 'v') {
      out += 'w';
      ++i;
    } else {
      out += text[i] == '0' ? 'o' : text[i] == '1' ? 'l' : text[i];
    }
  }
  return out;
}

}  // namespace

std::string ReadableDomain(std::string_view domain) {
  if (domain.find("xn--") == std::string_view::npos || domain.size() > kLongestDomain) {
    return std::string(domain);
  }
  static const std::unique_ptr<const icu::IDNA> kIdna = [] {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<const icu::IDNA> idna(icu::IDNA::createUTS46Instance(UIDNA_DEFAULT, status));
    assert(U_SUCCESS(status));
    return idna;
  }();
  UErrorCode status = U_ZERO_ERROR;
  icu::IDNAInfo info;
  std::string readable;
  icu::StringByteSink<std::string> sink(&readable);
  kIdna->nameToUnicodeUTF8(icu::StringPiece(domain.data(), static_cast<int32_t>(domain.size())), sink, info, status);
  return U_SUCCESS(status) ? readable : std::string(domain);
}

std::string LookAlikeSkeleton(std::string_view domain) {
  const std::string readable = ReadableDomain(domain);
  if (IsAscii(readable) || readable.size() > kLongestDomain) {
    return FoldPairs(AsciiLower(readable));
  }
  UErrorCode status = U_ZERO_ERROR;
  char skeleton[kLongestDomain * 4] = {};
  const int32_t size = uspoof_getSkeletonUTF8(Checker(), 0, readable.data(), static_cast<int32_t>(readable.size()),
                                              skeleton, static_cast<int32_t>(sizeof skeleton), &status);
  if (U_FAILURE(status) || size < 0 || static_cast<std::size_t>(size) > sizeof skeleton) {
    return FoldPairs(Fold(readable));
  }
  return FoldPairs(Fold({skeleton, static_cast<std::size_t>(size)}));
}

bool MixesScripts(std::string_view domain) {
  const std::string readable = ReadableDomain(domain);
  if (IsAscii(readable) || readable.size() > kLongestDomain) {
    return false;
  }
  for (std::size_t begin = 0; begin <= readable.size();) {
    const std::size_t end = std::min(readable.find('.', begin), readable.size());
    UErrorCode status = U_ZERO_ERROR;
    const int32_t checks =
        uspoof_checkUTF8(Checker(), readable.data() + begin, static_cast<int32_t>(end - begin), nullptr, &status);
    if (U_SUCCESS(status) && checks != 0) {
      return true;
    }
    begin = end + 1;
  }
  return false;
}

std::size_t EditDistance(std::string_view a, std::string_view b, std::size_t limit) {
  if (a.size() > b.size()) {
    std::swap(a, b);
  }
  if (b.size() - a.size() > limit) {
    return limit + 1;
  }
  // Cells further than `limit` from the diagonal are above it whatever the letters are, so they are not worked out.
  constexpr std::size_t kShort = 64;
  // Written before it is read; to fill it with zeros for each pair would cost more than most comparisons.
  std::array<std::size_t, 3 * (kShort + 1)> on_stack;  // NOLINT(cppcoreguidelines-pro-type-member-init)
  std::vector<std::size_t> on_heap;
  const std::size_t width = a.size() + 1;
  std::size_t* before = on_stack.data();
  if (width > kShort + 1) {
    on_heap.resize(3 * width);
    before = on_heap.data();
  }
  std::size_t* last = before + width;
  std::size_t* now = last + width;
  for (std::size_t i = 0; i < width; ++i) {
    last[i] = i;
  }
  for (std::size_t j = 1; j <= b.size(); ++j) {
    const std::size_t begin = j > limit ? j - limit : 0;
    const std::size_t end = std::min(j + limit, a.size());
    std::size_t least = limit + 1;
    if (begin > 0) {
      now[begin - 1] = limit + 1;
    }
    for (std::size_t i = begin; i <= end; ++i) {
      if (i == 0) {
        now[0] = j;
      } else {
        const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
        now[i] = std::min({last[i] + 1, now[i - 1] + 1, last[i - 1] + change});
        if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
          now[i] = std::min(now[i], before[i - 2] + 1);
        }
      }
      least = std::min(least, now[i]);
    }
    if (least > limit) {
      return limit + 1;
    }
    if (end < a.size()) {
      now[end + 1] = limit + 1;
    }
    std::swap(before, last);
    std::swap(last, now);
  }
  return std::min(last[a.size()], limit + 1);
}

}  // namespace lastlook

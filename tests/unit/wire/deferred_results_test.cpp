// SPDX-License-Identifier: MPL-2.0
#include "wire/deferred_results.h"

#include <gtest/gtest.h>

#include "wire/limits.h"

namespace lastlook {
namespace {

TEST(DeferredResults, HandsOutAllBytesAndThenForgets) {
  std::string result;
  for (int i = 0; result.size() < 2 * kChunkBytes + 100; ++i) {
    result += std::to_string(i);
  }
  DeferredResults deferred;
  const std::string token = deferred.Keep(result);
  std::string pulled;
  for (bool last = false; !last;) {
    const Result<DeferredResults::Chunk> chunk = deferred.Take(token, pulled.size());
    ASSERT_TRUE(chunk.ok());
    EXPECT_LE(chunk->bytes.size(), kChunkBytes);
    EXPECT_EQ(chunk->size_bytes, result.size());
    pulled += chunk->bytes;
    last = chunk->last;
    EXPECT_EQ(last, pulled.size() == result.size());
  }
  EXPECT_EQ(pulled, result);
  ASSERT_FALSE(deferred.Take(token, 0).ok());
  EXPECT_EQ(deferred.Take(token, 0).error().code, ErrorCode::kUnknownToken);
}

TEST(DeferredResults, AnyPieceMayBeAskedForAgain) {
  DeferredResults deferred;
  const std::string token = deferred.Keep(std::string(kChunkBytes, 'a') + "b");
  EXPECT_EQ(deferred.Take(token, 0)->bytes, std::string(kChunkBytes, 'a'));
  EXPECT_EQ(deferred.Take(token, 0)->bytes, std::string(kChunkBytes, 'a'));
  EXPECT_EQ(deferred.Take(token, kChunkBytes)->bytes, "b");
}

TEST(DeferredResults, RefusesAnOffsetBehindTheEnd) {
  DeferredResults deferred;
  const std::string token = deferred.Keep("abc");
  for (const std::uint64_t offset : {std::uint64_t{4}, ~std::uint64_t{0}}) {
    const Result<DeferredResults::Chunk> chunk = deferred.Take(token, offset);
    ASSERT_FALSE(chunk.ok());
    EXPECT_EQ(chunk.error().code, ErrorCode::kInvalidParams);
    EXPECT_EQ(chunk.error().pointer, "/offset");
  }
  EXPECT_TRUE(deferred.Take(token, 0).ok());
}

TEST(DeferredResults, KeepsTheNewest) {
  DeferredResults deferred;
  const std::string first = deferred.Keep("first");
  const std::string second = deferred.Keep("second");
  for (std::size_t i = 0; i < kMaxDeferredResults - 1; ++i) {
    deferred.Keep("later");
  }
  EXPECT_FALSE(deferred.Take(first, 0).ok());
  EXPECT_EQ(deferred.Take(second, 0)->bytes, "second");
}

TEST(DeferredResults, IsBoundedInBytesAndAlwaysKeepsTheNewest) {
  DeferredResults deferred;
  const std::string first = deferred.Keep(std::string(kMaxDeferredBytes / 2, 'a'));
  const std::string second = deferred.Keep(std::string(kMaxDeferredBytes / 2 + 1, 'b'));
  EXPECT_TRUE(deferred.Take(first, 0).ok());
  const std::string huge = deferred.Keep(std::string(2 * kMaxDeferredBytes, 'c'));
  EXPECT_FALSE(deferred.Take(first, 0).ok());
  EXPECT_TRUE(deferred.Take(second, 0).ok());
  EXPECT_TRUE(deferred.Take(huge, 0).ok());
  const std::string newest = deferred.Keep("d");
  EXPECT_FALSE(deferred.Take(huge, 0).ok());
  EXPECT_EQ(deferred.Take(newest, 0)->bytes, "d");
}

}  // namespace
}  // namespace lastlook

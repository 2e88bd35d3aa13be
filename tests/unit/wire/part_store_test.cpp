// SPDX-License-Identifier: MPL-2.0
#include "wire/part_store.h"

#include <gtest/gtest.h>

#include <string>

namespace lastlook {
namespace {

Result<PartProgress> PutWhole(PartStore& store, std::string_view name, const std::string& bytes,
                              std::string_view sha256 = "") {
  return store.Put({name, 0, bytes.size(), true, sha256, bytes});
}

int CodeOf(const Result<PartProgress>& result) {
  return result.ok() ? 0 : static_cast<int>(result.error().code);
}

TEST(PartStore, KeepsWhatArrivesInPieces) {
  PartStore store;
  EXPECT_EQ(store.Put({"a", 0, 10, false, "", "0123"})->received, 4U);
  EXPECT_TRUE(store.IsArriving("a"));
  EXPECT_EQ(store.bytes(), 4U);
  const Result<PartProgress> middle = store.Put({"a", 4, 10, false, "", "4567"});
  ASSERT_TRUE(middle.ok());
  EXPECT_EQ(middle->sha256, "");
  const Result<PartProgress> end = store.Put({"a", 8, 10, true, Sha256Hex("0123456789"), "89"});
  ASSERT_TRUE(end.ok());
  EXPECT_EQ(end->received, 10U);
  EXPECT_EQ(end->sha256, Sha256Hex("0123456789"));
  EXPECT_FALSE(store.IsArriving("a"));
  ASSERT_NE(store.Find(end->sha256), nullptr);
  EXPECT_EQ(*store.Find(end->sha256)->bytes, "0123456789");
  EXPECT_EQ(store.bytes(), 10U);
}

TEST(PartStore, AnEmptyFileIsAFile) {
  PartStore store;
  const Result<PartProgress> end = PutWhole(store, "a", "");
  ASSERT_TRUE(end.ok());
  ASSERT_NE(store.Find(Sha256Hex("")), nullptr);
}

TEST(PartStore, TwoMailsHaveOneCopyAndTheLastNameTakesItAway) {
  PartStore store;
  const std::string hash = PutWhole(store, "mail 1", "same")->sha256;
  EXPECT_EQ(PutWhole(store, "mail 2", "same")->sha256, hash);
  EXPECT_EQ(store.bytes(), 4U);
  store.Drop("mail 1");
  EXPECT_NE(store.Find(hash), nullptr);
  EXPECT_TRUE(store.TakeForgotten().empty());
  store.Drop("mail 2");
  EXPECT_EQ(store.Find(hash), nullptr);
  EXPECT_EQ(store.TakeForgotten(), std::vector<std::string>{hash});
  EXPECT_EQ(store.bytes(), 0U);
  store.Drop("nobody");
}

TEST(PartStore, TheSameFileSentAgainStays) {
  PartStore store;
  const std::string hash = PutWhole(store, "a", "same")->sha256;
  (void)PutWhole(store, "a", "same");
  EXPECT_NE(store.Find(hash), nullptr);
  EXPECT_TRUE(store.TakeForgotten().empty());
  EXPECT_EQ(store.bytes(), 4U);
}

TEST(PartStore, AChangedFileTakesThePlaceOfTheFormer) {
  PartStore store;
  const std::string former = PutWhole(store, "a", "one")->sha256;
  const std::string now = PutWhole(store, "a", "two!")->sha256;
  EXPECT_EQ(store.Find(former), nullptr);
  EXPECT_NE(store.Find(now), nullptr);
  EXPECT_EQ(store.bytes(), 4U);
}

TEST(PartStore, RefusesWhatDoesNotFitTogetherAndKeepsNothingOfIt) {
  const auto after = [](const PartChunk& second) {
    PartStore store;
    EXPECT_TRUE(store.Put({"a", 0, 10, false, "", "0123"}).ok());
    const int code = CodeOf(store.Put(second));
    EXPECT_FALSE(store.IsArriving("a"));
    EXPECT_EQ(store.bytes(), 0U);
    return code;
  };
  const int out_of_order = static_cast<int>(ErrorCode::kPartOutOfOrder);
  const int differs = static_cast<int>(ErrorCode::kPartDiffers);
  EXPECT_EQ(after({"a", 5, 10, false, "", "4567"}), out_of_order);
  EXPECT_EQ(after({"a", 3, 10, false, "", "4567"}), out_of_order);
  EXPECT_EQ(after({"a", 4, 11, false, "", "4567"}), differs);
  EXPECT_EQ(after({"a", 4, 10, true, "", "4567890"}), differs);
  EXPECT_EQ(after({"a", 4, 10, true, "", "45678"}), differs);
  EXPECT_EQ(after({"a", 4, 10, false, "", "456789"}), differs);
  EXPECT_EQ(after({"a", 4, 10, false, "", ""}), differs);
  EXPECT_EQ(after({"a", 4, 10, true, Sha256Hex("something else"), "456789"}), differs);
  PartStore store;
  EXPECT_EQ(CodeOf(store.Put({"b", 4, 10, false, "", "4567"})), out_of_order);
  EXPECT_EQ(CodeOf(PutWhole(store, "", "x")), static_cast<int>(ErrorCode::kInvalidParams));
  EXPECT_EQ(CodeOf(PutWhole(store, std::string(kMaxPartIdBytes + 1, 'a'), "x")),
            static_cast<int>(ErrorCode::kInvalidParams));
}

TEST(PartStore, BeginningAnewForgetsWhatHadArrived) {
  PartStore store;
  EXPECT_TRUE(store.Put({"a", 0, 10, false, "", "0123"}).ok());
  EXPECT_TRUE(store.Put({"a", 0, 6, false, "", "abc"}).ok());
  EXPECT_EQ(store.bytes(), 3U);
  EXPECT_EQ(store.Put({"a", 3, 6, true, "", "def"})->sha256, Sha256Hex("abcdef"));
}

TEST(PartStore, RefusesAFileThatIsTooLargeBeforeItsBytesCome) {
  PartStore store(PartLimits{8, 100, 10, 4});
  EXPECT_EQ(CodeOf(store.Put({"a", 0, 9, false, "", "0123"})), static_cast<int>(ErrorCode::kPartTooLarge));
  EXPECT_EQ(CodeOf(store.Put({"a", 0, ~std::uint64_t{0}, false, "", "0"})), static_cast<int>(ErrorCode::kPartTooLarge));
  EXPECT_TRUE(PutWhole(store, "a", "12345678").ok());
}

TEST(PartStore, WhatWasNotUsedTheLongestGoesFirst) {
  PartStore store(PartLimits{8, 16, 10, 4});
  const std::string one = PutWhole(store, "1", "11111111")->sha256;
  const std::string two = PutWhole(store, "2", "22222222")->sha256;
  ASSERT_NE(store.Find(one), nullptr);
  const std::string three = PutWhole(store, "3", "33333333")->sha256;
  EXPECT_EQ(store.Find(two), nullptr);
  EXPECT_NE(store.Find(one), nullptr);
  EXPECT_NE(store.Find(three), nullptr);
  EXPECT_EQ(store.TakeForgotten(), std::vector<std::string>{two});
  EXPECT_LE(store.bytes(), 16U);
  store.Drop("2");
}

TEST(PartStore, IsBoundedInPartsAndInPartsThatArrive) {
  PartStore store(PartLimits{8, 1000, 2, 2});
  const std::string one = PutWhole(store, "1", "1")->sha256;
  (void)PutWhole(store, "2", "2");
  (void)PutWhole(store, "3", "3");
  EXPECT_EQ(store.Find(one), nullptr);
  (void)store.Put({"a", 0, 4, false, "", "a"});
  (void)store.Put({"b", 0, 4, false, "", "b"});
  (void)store.Put({"a", 1, 4, false, "", "a"});
  (void)store.Put({"c", 0, 4, false, "", "c"});
  EXPECT_TRUE(store.IsArriving("a"));
  EXPECT_FALSE(store.IsArriving("b"));
  EXPECT_EQ(CodeOf(store.Put({"b", 1, 4, false, "", "b"})), static_cast<int>(ErrorCode::kPartOutOfOrder));
}

TEST(PartStore, TheNewestStaysHoweverLargeItIs) {
  PartStore store(PartLimits{100, 10, 10, 4});
  (void)PutWhole(store, "1", "1");
  const std::string large = PutWhole(store, "2", std::string(50, '2'))->sha256;
  EXPECT_NE(store.Find(large), nullptr);
  EXPECT_EQ(store.bytes(), 50U);
}

}  // namespace
}  // namespace lastlook

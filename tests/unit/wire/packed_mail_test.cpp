// SPDX-License-Identifier: MPL-2.0
// Nothing leaves unencrypted, whatever fails.
#include "wire/packed_mail.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "base/crypto.h"
#include "effects/support/packed_part.h"
#include "engine/evaluate.h"
#include "wire/limits.h"

namespace lastlook {
namespace {

constexpr Timestamp kNow{1795768200, 540};  // 2026-11-27T16:50:00+09:00

Part PartOf(const std::string& name, const std::string& bytes) {
  Part part;
  part.id = name;
  part.name = name;
  part.bytes = std::make_shared<const std::string>(bytes);
  return part;
}

CommitAnswer AnswerWith(std::vector<Part> parts) {
  CommitAnswer answer;
  answer.result.attachments = {ToBePacked("添付ファイル.zip")};
  for (const Part& part : parts) {
    answer.patch.attachments.removed.push_back(part.id);
  }
  answer.patch.attachments.added.push_back({"添付ファイル.zip", "application/zip"});
  answer.packed = std::move(parts);
  answer.result_digest = DraftDigest(answer.result);
  return answer;
}

std::string Pulled(const std::string& token, DeferredResults* deferred) {
  std::string bytes;
  for (bool last = false; !last;) {
    Result<DeferredResults::Chunk> chunk = deferred->Take(token, bytes.size());
    if (!chunk.ok()) {
      ADD_FAILURE() << chunk.error().message;
      return bytes;
    }
    bytes += chunk->bytes;
    last = chunk->last;
  }
  return bytes;
}

TEST(MakeLeaving, PacksAndNamesWhatItMade) {
  DeferredResults deferred;
  std::string large;
  for (std::uint32_t i = 1; large.size() < kChunkBytes * 2; i = i * 1664525 + 1013904223) {
    large += static_cast<char>(i >> 24U);
  }
  const CommitAnswer answer = AnswerWith({PartOf("見積書.txt", "秘密の見積"), PartOf("契約書.bin", large)});
  const Result<Leaving> leaving = MakeLeaving(answer, kNow, &SystemRandom, &deferred);
  ASSERT_TRUE(leaving.ok());
  const AttachmentChanges::Added& added = leaving->patch.attachments.added.front();
  const std::string zip = Pulled(added.token, &deferred);
  EXPECT_EQ(zip.size(), added.size_bytes);
  EXPECT_EQ(Sha256Hex(zip), added.sha256);
  EXPECT_EQ(zip.find("秘密"), std::string::npos);
  EXPECT_NE(zip.find("見積書.txt"), std::string::npos);
  EXPECT_EQ(leaving->password.size(), 24U);
  EXPECT_FALSE(deferred.Take(added.token, 0).ok()) << "forgotten with its last byte";

  // What the client reads back is approved when it is this ZIP, and only then.
  Draft read_back;
  read_back.attachments = {PartOf("添付ファイル.zip", zip)};
  EXPECT_EQ(DraftDigest(read_back), leaving->result_digest);
  read_back.attachments = {PartOf("添付ファイル.zip", zip.substr(0, zip.size() - 1) + 'x')};
  EXPECT_NE(DraftDigest(read_back), leaving->result_digest);
  read_back.attachments = {PartOf("見積書.txt", "秘密の見積"), PartOf("契約書.bin", large)};
  EXPECT_NE(DraftDigest(read_back), leaving->result_digest);
  EXPECT_NE(leaving->result_digest, answer.result_digest);
}

TEST(MakeLeaving, HasAnotherPasswordEachTime) {
  DeferredResults deferred;
  const CommitAnswer answer = AnswerWith({PartOf("a.txt", "x")});
  const Result<Leaving> first = MakeLeaving(answer, kNow, &SystemRandom, &deferred);
  const Result<Leaving> second = MakeLeaving(answer, kNow, &SystemRandom, &deferred);
  ASSERT_TRUE(first.ok() && second.ok());
  EXPECT_NE(first->password, second->password);
  EXPECT_NE(first->result_digest, second->result_digest);
}

TEST(MakeLeaving, FailsWithoutRandomNumbersForThePasswordOrForAnyFile) {
  for (int good = 0; good < 3; ++good) {
    DeferredResults deferred;
    int calls = 0;
    const Result<Leaving> leaving = MakeLeaving(
        AnswerWith({PartOf("a.txt", "x"), PartOf("b.txt", "y")}), kNow,
        [&](std::size_t count) -> Result<std::string> {
          if (calls++ == good) {
            return Error{ErrorCode::kInternalError, "no entropy", "restart", ""};
          }
          return SystemRandom(count);
        },
        &deferred);
    ASSERT_FALSE(leaving.ok()) << good;
    EXPECT_EQ(leaving.error().code, ErrorCode::kCannotCarryOut);
    EXPECT_NE(leaving.error().message.find("no entropy"), std::string::npos);
    EXPECT_FALSE(deferred.Take("r1", 0).ok());
  }
}

TEST(MakeLeaving, FailsWithoutTheBytesOfAFile) {
  DeferredResults deferred;
  Part part = PartOf("a.txt", "x");
  part.bytes = nullptr;
  const Result<Leaving> leaving = MakeLeaving(AnswerWith({part}), kNow, &SystemRandom, &deferred);
  ASSERT_FALSE(leaving.ok());
  EXPECT_EQ(leaving.error().code, ErrorCode::kCannotCarryOut);
}

TEST(MakeLeaving, LeavesAnAnswerWithoutAZipAsItIs) {
  DeferredResults deferred;
  CommitAnswer answer;
  answer.patch.subject = "s";
  answer.result_digest = "sha256:x";
  const Result<Leaving> leaving = MakeLeaving(answer, kNow, &SystemRandom, &deferred);
  ASSERT_TRUE(leaving.ok());
  EXPECT_EQ(leaving->patch.subject, "s");
  EXPECT_EQ(leaving->result_digest, "sha256:x");
  EXPECT_EQ(leaving->password, "");
}

}  // namespace
}  // namespace lastlook

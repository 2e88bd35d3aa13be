// SPDX-License-Identifier: MPL-2.0
// Whatever becomes of the process that reads, its parent lives and knows why.
#include "inspect_link/inspector.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>

namespace lastlook {
namespace {

using std::chrono::milliseconds;

Uninspected Reason(const std::string& program) {
  Inspector inspector({program, milliseconds(300)});
  const auto facts = inspector.Inspect("a.txt", std::string(300'000, 'x'));
  return facts->itself().uninspected.value_or(Uninspected::kUnknownKind);
}

TEST(Inspector, NoProgram) {
  EXPECT_EQ(Reason(""), Uninspected::kNoProgram);
  EXPECT_EQ(Reason("/nowhere/lastlook-inspect"), Uninspected::kNoProgram);
}

TEST(Inspector, OneThatEnds) {
  EXPECT_EQ(Reason("/bin/false"), Uninspected::kCrashed);
}

TEST(Inspector, OneThatSaysNothing) {
  EXPECT_EQ(Reason("/bin/sleep"), Uninspected::kCrashed);  // it asks for a number, and ends
  // One that says other things without end: too much of it, or too long, whatever comes first.
  const Uninspected endless = Reason("/usr/bin/yes");
  EXPECT_TRUE(endless == Uninspected::kCrashed || endless == Uninspected::kTime);
}

// The reader itself, beside the host in the build.
std::string RealProgram() {
  return (std::filesystem::read_symlink("/proc/self/exe").parent_path() / "../../host/lastlook-inspect").string();
}

TEST(Inspector, FactsAreKept) {
  Inspector inspector({RealProgram()});
  const auto first = inspector.Inspect("a.txt", "x");
  ASSERT_FALSE(first->HasUninspected());
  EXPECT_EQ(inspector.Inspect("A.TXT", "x"), first);
  EXPECT_NE(inspector.Inspect("a.csv", "x"), first);
  EXPECT_NE(inspector.Inspect("b.txt", "x"), first);
  EXPECT_NE(inspector.Inspect("a.txt", "y"), first);
}

TEST(Inspector, FailuresThatPassAreNotKept) {
  Inspector inspector({"", milliseconds(300)});
  EXPECT_NE(inspector.Inspect("a.txt", "x"), inspector.Inspect("a.txt", "x"));
}

TEST(Inspector, PartsWithoutBytesAreNotRead) {
  EXPECT_EQ(Inspector({""}).FactsOf(Part()), nullptr);
}

}  // namespace
}  // namespace lastlook

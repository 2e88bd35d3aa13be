// SPDX-License-Identifier: MPL-2.0
// The whole command line in one process. What needs a real process is in tests/cli.
#include "cli/command_line.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "base/json.h"

namespace lastlook {
namespace {

struct Outcome {
  int status = -1;
  std::string out;
  std::string err;
};

Outcome RunWith(const std::vector<std::string>& arguments, const std::string& standard_input = "") {
  std::istringstream in(standard_input);
  std::ostringstream out;
  std::ostringstream err;
  const int status = RunCommandLine(arguments, Streams{in, out, err});
  return {status, out.str(), err.str()};
}

// A folder that is gone after the test.
class CommandLine : public testing::Test {
 protected:
  CommandLine() {
    std::string pattern = (std::filesystem::temp_directory_path() / "lastlook-cli-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
  }
  ~CommandLine() override { std::filesystem::remove_all(folder_); }

  std::string Write(const std::string& name, const std::string& text) const {
    const std::filesystem::path path = folder_ / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
    return path.string();
  }
  std::string Path(const std::string& name) const { return (folder_ / name).string(); }

  const std::string kPolicy = R"({"schema":1,"policy":{"id":"kodama","serial":7},
    "lists":{"internal":["kodama.example.jp"]}})";
  const std::string kInside =
      R"({"from":"yamada@kodama.example.jp","to":"sato@kodama.example.jp","subject":"s","body":"b"})";
  const std::string kOutside =
      R"({"from":"yamada@kodama.example.jp","to":"ito@c-corp.example","subject":"s","body":"b"})";

 private:
  std::filesystem::path folder_;
};

TEST_F(CommandLine, VersionAndHelp) {
  const Outcome version = RunWith({"--version"});
  EXPECT_EQ(version.status, 0);
  EXPECT_EQ(version.out, "lastlook " LASTLOOK_VERSION "\n");
  const Outcome help = RunWith({"check", "--help"});
  EXPECT_EQ(help.status, 0);
  EXPECT_NE(help.out.find("Exit status: 0 the mail may be sent"), std::string::npos) << help.out;
  EXPECT_EQ(help.err, "");
}

TEST_F(CommandLine, WrongUseIs64AndOneLine) {
  const std::vector<std::vector<std::string>> wrong = {{},
                                                       {"frobnicate"},
                                                       {"check"},
                                                       {"check", "--lang", "fr", "-"},
                                                       {"check", "--format", "xml", "-"},
                                                       {"check", "--nope", "-"},
                                                       {"policy"},
                                                       {"policy", "lint", "--nope"}};
  for (const auto& arguments : wrong) {
    const Outcome outcome = RunWith(arguments);
    EXPECT_EQ(outcome.status, 64) << outcome.err;
    EXPECT_EQ(outcome.out, "");
    EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
  }
}

TEST_F(CommandLine, OneMailIsItsVerdictAsJson) {
  const Outcome outcome = RunWith({"check", "--format", "json", "--policy", Write("p.json", kPolicy), "-"}, kInside);
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  const Result<Json> verdict = ParseJson(outcome.out);
  ASSERT_TRUE(verdict.ok()) << outcome.out;
  EXPECT_EQ((*verdict)["disposition"], "allow");
  EXPECT_EQ((*verdict)["policy"]["id"], "kodama");
}

TEST_F(CommandLine, SeveralMailsAreJsonLines) {
  const std::string a = Write("a.json", kInside);
  const std::string b = Write("b.json", kOutside);
  const Outcome outcome = RunWith({"check", "--format", "json", "--policy", Write("p.json", kPolicy), a, b});
  EXPECT_EQ(outcome.status, 0) << outcome.err;  // "confirm" is not an exit status
  std::istringstream lines(outcome.out);
  std::string line;
  for (const std::string& mail : {a, b}) {
    ASSERT_TRUE(std::getline(lines, line));
    const Result<Json> row = ParseJson(line);
    ASSERT_TRUE(row.ok()) << line;
    EXPECT_EQ((*row)["mail"], mail);
    EXPECT_TRUE((*row)["verdict"].contains("disposition"));
  }
  EXPECT_FALSE(std::getline(lines, line));
}

TEST_F(CommandLine, WithoutTheBuiltInPolicyNothingAsks) {
  const std::string policy = Write("p.json", kPolicy);
  const std::string mail = Write("m.json", kOutside);
  EXPECT_NE(RunWith({"check", "--policy", policy, mail}).out.find("Confirm before sending"), std::string::npos);
  EXPECT_NE(RunWith({"check", "--policy", policy, "--no-builtin", mail}).out.find("Ready to send"), std::string::npos);
}

TEST_F(CommandLine, APolicyOptionTakesOneFile) {
  const std::string mail = Write("m.json", kInside);
  const Outcome outcome = RunWith({"check", "--policy", Write("p.json", kPolicy), mail, mail});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
}

TEST_F(CommandLine, TheHigherLayerWins) {
  const std::string blocked = Write("block.json", R"({"schema":1,"rules":[{"id":"external","mode":"block"}]})");
  const Outcome outcome =
      RunWith({"check", "--policy", Write("p.json", kPolicy), "--policy", blocked, Write("m.json", kOutside)});
  EXPECT_EQ(outcome.status, 30) << outcome.out << outcome.err;
}

TEST_F(CommandLine, ARefusedPolicyNamesThePlace) {
  const std::string policy = Write("p.json", "{\"schema\":1,\n  \"ruls\":[]}");
  const Outcome outcome = RunWith({"check", "--policy", policy, "-"}, kInside);
  EXPECT_EQ(outcome.status, 78);
  EXPECT_EQ(outcome.err.rfind("lastlook: " + policy + ":2:3: ", 0), 0U) << outcome.err;
  EXPECT_EQ(outcome.out, "");
}

TEST_F(CommandLine, APolicyThatIsNotThereIs78) {
  EXPECT_EQ(RunWith({"check", "--policy", Path("none.json"), "-"}, kInside).status, 78);
  EXPECT_EQ(RunWith({"policy", "lint", Path("none.json")}).status, 78);
}

TEST_F(CommandLine, BadMailsAre65AndTheOthersAreStillChecked) {
  const std::string good = Write("good.json", kInside);
  const std::string policy = Write("p.json", kPolicy);
  std::filesystem::create_directory(Path("folder"));
  const std::vector<std::pair<std::string, std::string>> bad = {
      {Path("none.eml"), "there is no such file"},
      {Path("folder"), "this is a directory"},
      {Write("empty.eml", ""), "this is empty"},
      {Write("broken.json", "{\"to\":\n  oops}"), "broken.json:2:3: this is not valid JSON"},
      {Write("wrong.json", "{\"to\":\n  7}"), "wrong.json:1:2: "},
      {Write("binary.eml", std::string("\x7f"
                                       "ELF\x02\x01\0\0\0\xff\xfe\n\n\0",
                                       14)),
       "binary.eml"}};
  for (const auto& [path, words] : bad) {
    const Outcome outcome = RunWith({"check", "--policy", policy, path, good});
    EXPECT_EQ(outcome.status, 65) << path << outcome.out;
    EXPECT_NE(outcome.err.find(words), std::string::npos) << outcome.err;
    EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
    EXPECT_NE(outcome.out.find("Ready to send"), std::string::npos) << "the good mail was not checked";
  }
}

TEST_F(CommandLine, ABadContextIs65) {
  const std::string context = Write("c.json", R"({"identities":7})");
  EXPECT_EQ(RunWith({"check", "--context", context, "-"}, kInside).status, 65);
}

TEST_F(CommandLine, AttachmentsAreReadRelativeToTheDraft) {
  Write("mails/files/a.txt", "hello");
  const std::string mail = Write("mails/m.json",
                                 R"({"from":"y@kodama.example.jp","to":"sato@kodama.example.jp","subject":"s",
                                     "attachments":[{"id":"1","name":"a.txt","path":"files/a.txt"}]})");
  const Outcome outcome = RunWith({"check", "--policy", Write("p.json", kPolicy), mail});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("a.txt  5 B"), std::string::npos) << outcome.out;
  const std::string lost =
      Write("mails/lost.json", R"({"to":"a@x.example","attachments":[{"id":"1","name":"b","path":"b"}]})");
  EXPECT_EQ(RunWith({"check", lost}).status, 65);
  const std::string absolute = Write(
      "mails/absolute.json", R"({"to":"a@x.example","attachments":[{"id":"1","name":"b","path":"/etc/hostname"}]})");
  EXPECT_EQ(RunWith({"check", absolute}).status, 65);
}

TEST_F(CommandLine, KindIsToldByContentWhereTheNameDoesNotSay) {
  const std::string policy = Write("p.json", kPolicy);
  const std::string eml = "From: y@kodama.example.jp\r\nTo: sato@kodama.example.jp\r\nSubject: s\r\n\r\nb\r\n";
  EXPECT_EQ(RunWith({"check", "--policy", policy, "-"}, eml).status, 0);
  EXPECT_EQ(RunWith({"check", "--policy", policy, "-"}, "\xEF\xBB\xBF \n" + kInside).status, 0);
  EXPECT_EQ(RunWith({"check", "--policy", policy, Write("mail", eml)}).status, 0);
}

TEST_F(CommandLine, LintAcceptsAndCounts) {
  const Outcome outcome = RunWith({"policy", "lint", Write("p.json", kPolicy)});
  EXPECT_EQ(outcome.status, 0) << outcome.out << outcome.err;
  EXPECT_EQ(outcome.out.rfind("policy \"kodama\", serial 7: 2 layers, ", 0), 0U) << outcome.out;
}

TEST_F(CommandLine, LintFindsWhatItsAuthorDidNotMean) {
  const std::string policy = Write("p.json", R"({ "schema": 1,
  "lists": { "internal": ["kodama.example.jp", "gmail.com", "boss@gmail.com"] },
  "rules": [
    { "id": "external", "mode": "off" },
    { "id": "spring", "mode": "warn", "if": { "recipients": { "min": 1 } },
      "scope": { "until": "2020-04-01" }, "message": { "ja": "春" } } ] })");
  const Outcome outcome = RunWith({"policy", "lint", policy});
  EXPECT_EQ(outcome.status, 1) << outcome.out << outcome.err;
  for (const char* words :
       {":2:14: \"gmail.com\" in \"internal\" is a free-mail provider", ":4:5: the rule \"external\" is off",
        "the rule \"spring\" ended at 2020-04-01T00:00:00Z", "no text in \"en\"", "no text in \"zh\"", "5 findings"}) {
    EXPECT_NE(outcome.out.find(words), std::string::npos) << words << "\n" << outcome.out;
  }
}

TEST_F(CommandLine, LintSaysThatNobodyIsInside) {
  const Outcome outcome = RunWith({"policy", "lint", Write("p.json", R"({"schema":1})")});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_NE(outcome.out.find("every recipient is outside"), std::string::npos) << outcome.out;
}

TEST_F(CommandLine, AnAnswerThatCannotBeWrittenIsNoSuccess) {
  std::istringstream in(kInside);
  std::ostream closed(nullptr);
  std::ostringstream err;
  EXPECT_EQ(RunCommandLine({"check", "--policy", Write("p.json", kPolicy), "-"}, Streams{in, closed, err}), 70);
  EXPECT_NE(err.str().find("could not be written"), std::string::npos);
}

}  // namespace
}  // namespace lastlook

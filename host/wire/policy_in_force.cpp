// SPDX-License-Identifier: MPL-2.0
#include "wire/policy_in_force.h"

#include <dirent.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "base/log.h"
#include "engine/policy_tests.h"
#include "policy/built_in_policy.h"

namespace lastlook {
namespace {

// All that decides whether reading would say something else. ctime moves with owner and mode too, on which trust rests.
void Describe(const std::string& path, std::string* out) {
  struct stat facts {};
  if (stat(path.c_str(), &facts) != 0) {
    *out += "?" + std::to_string(errno);
    return;
  }
  for (const long long fact :
       {static_cast<long long>(facts.st_dev), static_cast<long long>(facts.st_ino),
        static_cast<long long>(facts.st_size), static_cast<long long>(facts.st_mtim.tv_sec),
        static_cast<long long>(facts.st_mtim.tv_nsec), static_cast<long long>(facts.st_ctim.tv_sec),
        static_cast<long long>(facts.st_ctim.tv_nsec)}) {
    *out += " " + std::to_string(fact);
  }
}

void DescribeFolder(const std::string& directory, std::string* out) {
  if (directory.empty()) {
    return;
  }
  Describe(directory, out);
  DIR* open_directory = opendir(directory.c_str());
  if (open_directory == nullptr) {
    *out += " ?" + std::to_string(errno);
    return;
  }
  std::vector<std::string> names;
  while (const dirent* entry = readdir(open_directory)) {
    const std::string name = entry->d_name;
    if (name != "." && name != "..") {
      names.push_back(name);
    }
  }
  closedir(open_directory);
  std::sort(names.begin(), names.end());
  for (const std::string& name : names) {
    *out += "\n" + name;
    Describe(directory + "/" + name, out);
  }
}

std::string FolderOf(const std::string& file) {
  const std::size_t slash = file.rfind('/');
  return slash == std::string::npos ? "" : file.substr(0, slash);
}

// The folders of single files too: list files stand beside them.
std::string Fingerprint(const LayerPlaces& places) {
  std::string out;
  for (const std::string& folder : {places.machine_directory, places.bundle_directory, FolderOf(places.override_file),
                                    FolderOf(places.user_file)}) {
    out += "\n\n";
    DescribeFolder(folder, &out);
  }
  return out;
}

// The first of the organisation's own tests that fails. They are about what the organisation says, so neither an
// override nor a user's file takes part.
std::optional<Error> FailedTest(const PreparedPolicy& policy,
                                const std::vector<std::shared_ptr<const PolicySource>>& sources) {
  for (const auto& source : sources) {
    const Result<std::vector<PolicyTestOutcome>> outcomes = RunPolicyTests(policy, source.get());
    if (!outcomes) {
      return outcomes.error();
    }
    for (const PolicyTestOutcome& outcome : *outcomes) {
      if (!outcome.ok()) {
        const TestDifference& first = outcome.differences.front();
        return AtOrigin(Error{ErrorCode::kPolicyRefused,
                              "the policy's own test \"" + outcome.name + "\" fails: \"" + first.key + "\" is " +
                                  DumpJson(first.seen) + " and not " + DumpJson(first.expected),
                              "run: lastlook policy test " + source->file, ""},
                        outcome.origin);
      }
    }
  }
  return std::nullopt;
}

bool SameProblems(const std::vector<Error>& a, const std::vector<Error>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const Error& x, const Error& y) { return DescribeError(x) == DescribeError(y); });
}

void Report(const PolicyView& view) {
  Log(view.state == PolicyState::kOk ? LogLevel::kInfo : LogLevel::kError,
      "policy " + std::string(PolicyStateName(view.state)) + " " + view.prepared->policy().sha256);
  for (const Error& problem : view.problems) {
    Log(view.state == PolicyState::kOk ? LogLevel::kWarning : LogLevel::kError,
        (view.state == PolicyState::kOk ? "policy without this: " : "policy refused: ") + DescribeError(problem));
  }
}

}  // namespace

std::string_view PolicyStateName(PolicyState state) {
  switch (state) {
    case PolicyState::kOk:
      return "ok";
    case PolicyState::kLastGood:
      return "last_good";
    case PolicyState::kFallback:
      return "fallback";
  }
  return "fallback";
}

Result<PolicyView> PolicyInForce::Now() {
  // Taken before reading: what changes meanwhile is seen the next time.
  std::string fingerprint = Fingerprint(places_);
  const Timestamp now = clock_();
  // A file that could not be read may be readable again although nothing about it changed.
  const bool try_again = !view_.problems.empty() && view_.problems.front().code == ErrorCode::kUnreadableInput;
  const bool override_ended = override_until_ && now.unix_seconds >= override_until_->unix_seconds;
  if (fingerprint_ == fingerprint && !try_again && !override_ended) {
    return view_;
  }
  Result<PolicyView> read = Read(now);
  if (read.ok()) {
    const bool is_news = fingerprint_ != fingerprint || read->state != view_.state || override_ended;
    if (!read->problems.empty()) {
      read->since = SameProblems(read->problems, view_.problems) ? view_.since : now;
    }
    view_ = *read;
    fingerprint_ = std::move(fingerprint);
    if (is_news) {
      Report(view_);
    }
  }
  return read;
}

// An error here is the organisation's; what is wrong with a user's file is a problem of an accepted policy.
Result<PolicyView> PolicyInForce::ReadLayers(const Timestamp& now) {
  override_until_.reset();
  Result<OrganisationLayers> read = ReadOrganisationLayers(places_, now);
  if (!read.ok()) {
    return std::move(read).error();
  }
  std::vector<std::shared_ptr<const PolicySource>> layers = {BuiltInPolicy()};
  layers.insert(layers.end(), read->sources.begin(), read->sources.end());
  auto prepared = PreparedPolicy::FromLayers(layers);
  if (!prepared.ok()) {
    return std::move(prepared).error();
  }
  if (std::optional<Error> failed = FailedTest(**prepared, read->sources)) {
    return *std::move(failed);
  }
  if (read->override_source) {
    layers.push_back(read->override_source);
    prepared = PreparedPolicy::FromLayers(layers);
    if (!prepared.ok()) {
      return std::move(prepared).error();
    }
    override_until_ = read->override_until;
  }
  PolicyView view{nullptr, PolicyState::kOk, std::move(read->notices), std::nullopt, true, {}};
  view.managed = !read->sources.empty() || read->override_source != nullptr;
  if (!view.managed) {
    Result<std::vector<std::string>> own = ReadOwnDomains(OwnDomainsPlace(), (*prepared)->policy());
    if (!own.ok()) {
      view.problems.push_back(std::move(own).error());
    } else if (!own->empty()) {
      layers.push_back(OwnDomainsLayer(OwnDomainsPlace(), *own));
      prepared = PreparedPolicy::FromLayers(layers);
      if (!prepared.ok()) {
        return std::move(prepared).error();
      }
      view.own_domains = *std::move(own);
    }
  }
  const Result<std::shared_ptr<const PolicySource>> user = ReadUserLayer(places_);
  if (!user.ok()) {
    view.problems.push_back(user.error());
  } else if (*user) {
    layers.push_back(*user);
    auto with_user = PreparedPolicy::FromLayers(layers);
    if (with_user.ok()) {
      prepared = std::move(with_user);
    } else {
      view.problems.push_back(std::move(with_user).error());
    }
  }
  last_good_ = read->sources.empty() && !read->override_source ? nullptr : *prepared;
  view.prepared = *std::move(prepared);
  return view;
}

Result<PolicyView> PolicyInForce::Read(const Timestamp& now) {
  Result<PolicyView> read = ReadLayers(now);
  if (read.ok()) {
    return read;
  }
  Error refused = std::move(read).error();
  if (last_good_ != nullptr) {
    return PolicyView{last_good_, PolicyState::kLastGood, {std::move(refused)}, std::nullopt, true, {}};
  }
  auto fallback = PreparedPolicy::FromLayers({BuiltInPolicy(), FallbackPolicy()});
  if (!fallback.ok()) {
    return Error{ErrorCode::kInternalError, "the built-in policy cannot be used: " + fallback.error().message,
                 "install Lastlook again", ""};
  }
  return PolicyView{*std::move(fallback), PolicyState::kFallback, {std::move(refused)}, std::nullopt, true, {}};
}

}  // namespace lastlook

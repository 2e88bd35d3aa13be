// SPDX-License-Identifier: MPL-2.0
#include "wire/policy_in_force.h"

#include <dirent.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "base/log.h"
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

std::string Fingerprint(const std::string& directory) {
  std::string out;
  Describe(directory, &out);
  DIR* open_directory = opendir(directory.c_str());
  if (open_directory == nullptr) {
    return out + " ?" + std::to_string(errno);
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
    out += "\n" + name;
    Describe(directory + "/" + name, &out);
  }
  return out;
}

void Report(const PolicyView& view) {
  Log(view.state == PolicyState::kOk ? LogLevel::kInfo : LogLevel::kError,
      "policy " + std::string(PolicyStateName(view.state)) + " " + view.prepared->policy().sha256);
  for (const Error& problem : view.problems) {
    Log(LogLevel::kError, "policy refused: " + DescribeError(problem));
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
  std::string fingerprint = Fingerprint(directory_);
  // A file that could not be read may be readable again although nothing about it changed.
  const bool try_again = !view_.problems.empty() && view_.problems.front().code == ErrorCode::kUnreadableInput;
  if (fingerprint_ == fingerprint && !try_again) {
    return view_;
  }
  Result<PolicyView> read = Read();
  if (read.ok()) {
    const bool is_news = fingerprint_ != fingerprint || read->state != view_.state;
    view_ = *read;
    fingerprint_ = std::move(fingerprint);
    if (is_news) {
      Report(view_);
    }
  }
  return read;
}

Result<PolicyView> PolicyInForce::Read() {
  std::vector<std::shared_ptr<const PolicySource>> layers = {BuiltInPolicy()};
  auto machine = ReadPolicyDirectory(directory_, PolicyLayer::kMachine, trust_);
  Error refused;
  if (machine.ok()) {
    layers.insert(layers.end(), machine->begin(), machine->end());
    auto prepared = PreparedPolicy::FromLayers(layers);
    if (prepared.ok()) {
      last_good_ = machine->empty() ? nullptr : *prepared;
      return PolicyView{*std::move(prepared), PolicyState::kOk, {}};
    }
    refused = std::move(prepared).error();
  } else {
    refused = std::move(machine).error();
  }
  if (last_good_ != nullptr) {
    return PolicyView{last_good_, PolicyState::kLastGood, {std::move(refused)}};
  }
  auto fallback = PreparedPolicy::FromLayers({BuiltInPolicy(), FallbackPolicy()});
  if (!fallback.ok()) {
    return Error{ErrorCode::kInternalError, "the built-in policy cannot be used: " + fallback.error().message,
                 "install Lastlook again", ""};
  }
  return PolicyView{*std::move(fallback), PolicyState::kFallback, {std::move(refused)}};
}

}  // namespace lastlook

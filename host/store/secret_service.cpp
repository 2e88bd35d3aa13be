// SPDX-License-Identifier: MPL-2.0
#include "store/secret_service.h"

#include <unistd.h>

#include <array>
#include <cstdlib>
#include <string_view>
#include <utility>

#include "base/crypto.h"

namespace lastlook {
namespace {

VaultState StateOf(const std::optional<ChildOutcome>& outcome) {
  if (!outcome) {
    return VaultState::kNoAnswer;
  }
  switch (outcome->status) {
    case kKeyThere:
      return VaultState::kThere;
    case kKeyNone:
      return VaultState::kNone;
    case kKeyLocked:
      return VaultState::kLocked;
    default:
      return VaultState::kAbsent;
  }
}

std::string FolderOfThisProgram() {
  std::array<char, 4096> path{};
  const ssize_t count = readlink("/proc/self/exe", path.data(), path.size());
  const std::string whole(path.data(), count < 0 ? 0 : static_cast<std::size_t>(count));
  return whole.substr(0, whole.rfind('/') == std::string::npos ? 0 : whole.rfind('/'));
}

}  // namespace

VaultAnswer SecretService::Get(const std::string& id, std::chrono::milliseconds wait) {
  if (!child_ || asked_ != id) {
    child_ = ChildProcess::Start(program_, {"get", id});
    asked_ = id;
  }
  if (!child_) {
    return {VaultState::kAbsent, ""};
  }
  const std::optional<ChildOutcome> outcome = child_->Outcome(wait);
  VaultAnswer answer{StateOf(outcome), ""};
  if (outcome) {
    child_.reset();
  }
  if (answer.state == VaultState::kThere) {
    const Result<std::string> key = HexDecode(std::string_view(outcome->output).substr(0, 2 * kKeyBytes));
    if (!key || key->size() != kKeyBytes) {
      return {VaultState::kNone, ""};  // something else stands there under our name
    }
    answer.key = *key;
  }
  return answer;
}

VaultState SecretService::Put(const std::string& id, const std::string& key, std::chrono::milliseconds wait) {
  std::optional<ChildProcess> child = ChildProcess::Start(program_, {"put", id}, HexEncode(key) + "\n");
  return child ? StateOf(child->Outcome(wait)) : VaultState::kAbsent;
}

std::unique_ptr<KeyVault> VaultOfThisSession() {
  const char* bus = std::getenv("DBUS_SESSION_BUS_ADDRESS");
  if (bus == nullptr || *bus == '\0' || std::string_view(bus).starts_with("disabled:")) {
    return nullptr;
  }
  // Whoever may put another program there may exchange this one as well.
  for (const std::string& folder : {FolderOfThisProgram(), std::string("/usr/lib/lastlook")}) {
    if (const std::string program = folder + "/lastlook-key"; !folder.empty() && access(program.c_str(), X_OK) == 0) {
      return std::make_unique<SecretService>(program);
    }
  }
  return nullptr;
}

}  // namespace lastlook

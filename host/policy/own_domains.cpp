// SPDX-License-Identifier: MPL-2.0
#include "policy/own_domains.h"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <string_view>
#include <utility>

#include "base/json.h"
#include "policy/policy_files.h"

namespace lastlook {
namespace {

// A person has a few; a list of an organisation's stands in its policy.
constexpr std::size_t kMostDomains = 50;
constexpr mode_t kOwnFolder = 0700;

// What registries of countries sell names under: JPRS "Organizational/Geographic Type JP Domain Names", and what other
// countries' registries use most (Public Suffix List, publicsuffix.org).
constexpr std::array<std::string_view, 17> kRegistries = {"co",  "or",  "ne",  "ac",  "go",  "ed",  "gr",  "ad", "lg",
                                                          "com", "net", "org", "edu", "gov", "mil", "ltd", "re"};

bool IsRegistry(std::string_view domain) {
  const std::size_t dot = domain.find('.');
  if (dot == std::string_view::npos) {
    return true;
  }
  const std::string_view country = domain.substr(dot + 1);
  return country.size() == 2 &&
         std::find(kRegistries.begin(), kRegistries.end(), domain.substr(0, dot)) != kRegistries.end();
}

bool IsFreeMail(const std::string& domain, const Policy& below) {
  const PolicyList* free_mail = below.FindList("free-mail");
  return free_mail != nullptr && free_mail->Contains(AddrSpec{"x", domain}, std::nullopt);
}

Error Refused(std::string message, std::string remedy) {
  return Error{ErrorCode::kInvalidParams, std::move(message), std::move(remedy), "/domains"};
}

Error FileError(ErrorCode code, const std::string& file, std::string message, std::string remedy) {
  Error error{code, std::move(message), std::move(remedy), ""};
  error.place.file = file;
  return error;
}

Error CannotWrite(const std::string& file) {
  return FileError(ErrorCode::kUnreadableInput, file,
                   std::string("this file cannot be written: ") + std::strerror(errno),
                   "check its folder and the disk");
}

}  // namespace

std::string OwnDomainsFile(const std::string& user_file) {
  const std::size_t slash = user_file.rfind('/');
  return slash == std::string::npos ? "" : user_file.substr(0, slash) + "/own-domains.json";
}

Result<std::vector<std::string>> CheckOwnDomains(const std::vector<std::string>& typed, const Policy& below) {
  std::vector<std::string> domains;
  if (typed.size() > kMostDomains) {
    return Refused("these are more than " + std::to_string(kMostDomains) + " domains",
                   "put a list of that length into a policy");
  }
  for (const std::string& one : typed) {
    const std::string domain = NormalizeDomain(one);
    if (domain.empty() || domain.front() == '[') {
      return Refused("\"" + one + "\" is no domain", "write what stands behind the @: kodama.example.jp");
    }
    if (IsRegistry(domain)) {
      return Refused("\"" + one + "\" is everybody's who has a name below it",
                     "write the whole domain: kodama." + domain);
    }
    if (IsFreeMail(domain, below)) {
      return Refused("\"" + one + "\" is a mail provider: its other customers are strangers", "leave it out");
    }
    if (std::find(domains.begin(), domains.end(), domain) == domains.end()) {
      domains.push_back(domain);
    }
  }
  return domains;
}

Result<std::vector<std::string>> ReadOwnDomains(const std::string& file, const Policy& below) {
  struct stat info {};
  if (file.empty() || (stat(file.c_str(), &info) != 0 && (errno == ENOENT || errno == ENOTDIR))) {
    return std::vector<std::string>();
  }
  const auto source = ReadPolicyFile(file, PolicyLayer::kUser, FileTrust::kAnyone);
  if (!source) {
    return source.error();
  }
  const Result<Json> json = ParseJson((*source)->text);
  std::vector<std::string> typed;
  bool fits = json.ok() && json->is_object() && json->size() == 1 && json->contains("domains") &&
              json->at("domains").is_array();
  if (fits) {
    for (const Json& one : json->at("domains")) {
      fits = fits && one.is_string();
      typed.push_back(one.is_string() ? one.get<std::string>() : std::string());
    }
  }
  if (!fits) {
    return FileError(ErrorCode::kPolicyRefused, file, "this is not a list of domains",
                     R"(write {"domains": ["kodama.example.jp"]}, or remove the file)");
  }
  Result<std::vector<std::string>> domains = CheckOwnDomains(typed, below);
  if (!domains) {
    return FileError(ErrorCode::kPolicyRefused, file, domains.error().message, domains.error().remedy);
  }
  return domains;
}

Result<void> WriteOwnDomains(const std::string& file, const std::vector<std::string>& domains) {
  if (file.empty()) {
    return FileError(ErrorCode::kUnreadableInput, "own-domains.json", "this account has no home folder",
                     "set HOME, or write a policy");
  }
  if (domains.empty()) {
    if (std::remove(file.c_str()) != 0 && errno != ENOENT && errno != ENOTDIR) {
      return CannotWrite(file);
    }
    return {};
  }
  // Its two folders: ~/.config may be missing too.
  const std::string folder = file.substr(0, file.rfind('/'));
  for (const std::string& one : {folder.substr(0, folder.rfind('/')), folder}) {
    if (mkdir(one.c_str(), kOwnFolder) != 0 && errno != EEXIST) {
      return CannotWrite(file);
    }
  }
  const std::string fresh = file + ".new";
  {
    std::ofstream out(fresh, std::ios::binary | std::ios::trunc);
    out << OrderedJson{{"domains", domains}}.dump(2) << "\n";
    out.close();
    if (!out) {
      return CannotWrite(file);
    }
  }
  return std::rename(fresh.c_str(), file.c_str()) == 0 ? Result<void>() : CannotWrite(file);
}

std::vector<std::string> ProposedDomains(const std::vector<AddrSpec>& own, const Policy& below) {
  std::vector<std::string> domains;
  for (const AddrSpec& address : own) {
    if (const auto checked = CheckOwnDomains({address.domain}, below);
        checked && std::find(domains.begin(), domains.end(), address.domain) == domains.end()) {
      domains.push_back(address.domain);
    }
  }
  return domains;
}

std::shared_ptr<const PolicySource> OwnDomainsLayer(const std::string& file, const std::vector<std::string>& domains) {
  std::vector<std::string> patterns;
  for (const std::string& domain : domains) {
    patterns.push_back(domain);
    patterns.push_back("*." + domain);
  }
  const OrderedJson policy{{"schema", 1}, {"policy", {{"id", "own-domains"}}}, {"lists", {{"internal", patterns}}}};
  return std::make_shared<const PolicySource>(PolicySource{PolicyLayer::kMachine, file, policy.dump()});
}

}  // namespace lastlook

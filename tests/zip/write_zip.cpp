// SPDX-License-Identifier: MPL-2.0
// write_zip PASSWORD FILE... > ZIP: what host/zip makes of these files, for other programs to open. "+N" instead of a
// file stands for N empty ones.
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "zip/encrypted_zip.h"
#include "zip/entry_names.h"

namespace lastlook {
namespace {

int Run(const std::vector<std::string>& words) {
  std::vector<std::string> names;
  std::vector<zip::Entry> entries;
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (words[i].starts_with('+')) {
      for (int left = std::stoi(words[i].substr(1)); left > 0; --left) {
        names.emplace_back("empty");
        entries.emplace_back();
      }
      continue;
    }
    std::ifstream in(words[i], std::ios::binary);
    auto bytes =
        std::make_shared<const std::string>(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
    names.push_back(std::filesystem::path(words[i]).filename().string());
    entries.push_back({"", zip::PrepareFile(*bytes, bytes)});
  }
  names = zip::DistinctNames(names);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    entries[i].name = names[i];
  }
  const Result<void> written = zip::WriteEncryptedZip(
      entries, words[0], {2026, 11, 25, 9, 30, 0}, &SystemRandom, [](std::string_view bytes) -> Result<void> {
        if (std::fwrite(bytes.data(), 1, bytes.size(), stdout) != bytes.size()) {
          return Error{ErrorCode::kUnreadableInput, "the disk is full", "", ""};
        }
        return {};
      });
  if (!written) {
    std::fprintf(stderr, "%s\n", written.error().message.c_str());
    return 1;
  }
  return 0;
}

}  // namespace
}  // namespace lastlook

int main(int argc, char** argv) {
  try {
    return argc < 2 ? 64 : lastlook::Run({argv + 1, argv + argc});
  } catch (const std::exception& problem) {
    std::fprintf(stderr, "%s\n", problem.what());
    return 1;
  }
}

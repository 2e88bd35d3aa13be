// SPDX-License-Identifier: MPL-2.0
// 25 MiB into an encrypted ZIP, already compressed and as text, in turn with 7-Zip and zip (A B A B …): from a file to
// a file, CPU of all processes and the size of the result. What is written must be opened by 7-Zip with the same bytes.
// In memory beside it: what is left for the moment of sending, against the least that any writer of AE-2 does, one pass
// of AES and HMAC over the bytes. Prints the medians of the pairs' ratios with minimum and maximum.
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "base/zip_aes.h"
#include "peer_program.h"
#include "zip/encrypted_zip.h"
#include "zip/prepared_file.h"

namespace lastlook {
namespace {

struct Extent {
  std::size_t mib;
  int pairs;
};
constexpr Extent kMeasured = {25, 7};
constexpr Extent kWorks = {1, 1};  // whether it works at all; its figures mean nothing

constexpr const char* kPassword = "k4mp-x7rd-h3tw-e9vn-j6cf";

std::string Noise(std::size_t size) {
  std::mt19937_64 random(1);  // NOLINT(cert-msc32-c,cert-msc51-cpp): the same in every run
  std::string bytes(size, '\0');
  std::generate(bytes.begin(), bytes.end(), [&] { return static_cast<char>(random()); });
  return bytes;
}

// Words as often as words are: the n-th most frequent 1/n times as often as the first (Zipf).
std::string Text(std::size_t size) {
  std::mt19937_64 random(2);  // NOLINT(cert-msc32-c,cert-msc51-cpp)
  constexpr std::size_t kWords = 20000;
  std::vector<std::string> words(kWords);
  for (std::size_t i = 0; i < kWords; ++i) {
    const std::size_t length = 2 + random() % 9;
    for (std::size_t at = 0; at < length; ++at) {
      words[i] += "etaoinshrdlucmfwypvbgkjqxz"[std::min(random() % 26, random() % 26)];
    }
  }
  std::string text;
  text.reserve(size + 16);
  const double top = std::log(static_cast<double>(kWords));
  std::uniform_real_distribution<double> even(0, top);
  while (text.size() < size) {
    text += words[std::min(kWords - 1, static_cast<std::size_t>(std::exp(even(random))) - 1)];
    text += random() % 12 == 0 ? ".\n" : " ";
  }
  text.resize(size);
  return text;
}

std::shared_ptr<const std::string> ReadFile(const std::string& path) {
  auto bytes = std::make_shared<std::string>(
      static_cast<std::size_t>(std::ifstream(path, std::ios::binary | std::ios::ate).tellg()), '\0');
  std::ifstream(path, std::ios::binary).read(bytes->data(), static_cast<std::streamsize>(bytes->size()));
  return bytes;
}

// Writes `zip`; false when it could not.
bool Ours(const std::string& file, const std::string& zip) {
  const std::shared_ptr<const std::string> bytes = ReadFile(file);
  std::FILE* const out = std::fopen(zip.c_str(), "wb");
  if (out == nullptr) {
    return false;
  }
  const Result<void> written =
      zip::WriteEncryptedZip({{"file", zip::PrepareFile(*bytes, bytes)}}, kPassword, {}, &SystemRandom,
                             [out](std::string_view chunk) -> Result<void> {
                               if (std::fwrite(chunk.data(), 1, chunk.size(), out) != chunk.size()) {
                                 return Error{ErrorCode::kUnreadableInput, "the disk is full", "", ""};
                               }
                               return {};
                             });
  return std::fclose(out) == 0 && written.ok();
}

struct Peer {
  const char* name;
  double target_time;
  double target_size;  // 0: none
  std::vector<std::string> words;
};

bool Hold(const std::string& what, int pairs, const std::string& folder, const std::string& file, const Peer& peer) {
  const std::string zip = folder + "/ours.zip";
  const std::string other = folder + "/peer.zip";
  std::vector<double> ours;
  std::vector<double> peers;
  std::vector<double> ratios;
  for (int pair = 0; pair < pairs; ++pair) {
    std::remove(zip.c_str());
    std::remove(other.c_str());
    const double began = Cpu();
    if (!Ours(file, zip)) {
      std::printf("%s: not written\n", what.c_str());
      return false;
    }
    ours.push_back(Cpu() - began);
    std::vector<std::string> words = peer.words;
    words.push_back(other);
    words.push_back(file);
    const PeerRun run = RunPeer(words, folder + "/output");
    if (run.cpu_seconds < 0 || run.status != 0) {
      std::printf("%s: skipped, %s is not here or failed\n", what.c_str(), peer.name);
      return true;
    }
    peers.push_back(run.cpu_seconds);
    ratios.push_back(ours.back() / run.cpu_seconds);
  }
  const double size = static_cast<double>(ReadFile(zip)->size()) / static_cast<double>(ReadFile(other)->size());
  const double ratio = Median(ratios);
  std::printf("%s: %.1f ms, %s %.1f ms, ratio %.3f (%.3f to %.3f), target %.2f%s; size %.3f of its", what.c_str(),
              Median(ours) * 1e3, peer.name, Median(peers) * 1e3, ratio,
              *std::min_element(ratios.begin(), ratios.end()), *std::max_element(ratios.begin(), ratios.end()),
              peer.target_time, ratio <= peer.target_time ? "" : "  MISSED", size);
  if (peer.target_size > 0) {
    std::printf(", target %.2f%s", peer.target_size, size <= peer.target_size ? "" : "  MISSED");
  }
  std::printf("\n");
  return true;
}

// What 7-Zip unpacks is what went in.
bool OpensAsItWas(const std::string& folder, const std::string& file) {
  const std::string output = folder + "/unpacked";
  const PeerRun opened = RunPeer({"7zz", "x", "-so", std::string("-p") + kPassword, folder + "/ours.zip"}, output);
  if (opened.cpu_seconds < 0) {
    std::printf("not opened, 7-Zip is not here\n");
    return true;
  }
  return opened.status == 0 && *ReadFile(output) == *ReadFile(file);
}

// Prepared already, in memory: what the person waits for.
bool HoldLimit(const std::string& what, int pairs, const std::string& file) {
  const std::shared_ptr<const std::string> bytes = ReadFile(file);
  const std::vector<zip::Entry> entries = {{"file", zip::PrepareFile(*bytes, bytes)}};
  std::string copy(entries[0].file.data);
  std::vector<double> keyed;
  std::vector<double> limits;
  std::vector<double> ratios;
  std::string out;
  out.reserve(zip::EncryptedZipSize(entries));
  for (int pair = 0; pair < 3 * pairs; ++pair) {
    out.clear();
    double began = Cpu();
    const Result<void> written =
        zip::WriteEncryptedZip(entries, kPassword, {}, &SystemRandom, [&out](std::string_view chunk) {
          out += chunk;
          return Result<void>();
        });
    keyed.push_back(Cpu() - began);
    began = Cpu();
    Result<ZipAes> aes = ZipAes::Make(kPassword, std::string(kZipAesSaltBytes, 's'));
    if (!written.ok() || !aes.ok()) {
      return false;
    }
    for (std::size_t at = 0; at < copy.size(); at += zip::kChunkBytes) {
      aes->Encrypt(copy.data() + at, std::min(zip::kChunkBytes, copy.size() - at));
    }
    limits.push_back(Cpu() - began);
    ratios.push_back(keyed.back() / limits.back());
  }
  const double ratio = Median(ratios);
  std::printf("%s, prepared, in memory: %.1f ms, AES and HMAC alone %.1f ms, ratio %.2f, target 1.50%s\n", what.c_str(),
              Median(keyed) * 1e3, Median(limits) * 1e3, ratio, ratio <= 1.5 ? "" : "  MISSED");
  return true;
}

int Main(const Extent& extent) {
  std::string folder = "/tmp/lastlook-zip-bench-XXXXXX";
  if (mkdtemp(folder.data()) == nullptr) {
    return 1;
  }
  const std::string noise = folder + "/noise";
  const std::string text = folder + "/text";
  std::ofstream(noise, std::ios::binary) << Noise(extent.mib << 20U);
  std::ofstream(text, std::ios::binary) << Text(extent.mib << 20U);
  const std::string password = std::string("-p") + kPassword;
  const std::vector<std::string> seven = {"7zz", "a", "-tzip", "-mem=AES256", password, "-bd", "-mmt=1"};
  const auto with = [&](const char* level) {
    std::vector<std::string> words = seven;
    words.emplace_back(level);
    return words;
  };
  const std::string size = std::to_string(extent.mib) + " MiB";
  const auto hold = [&](const char* what, const std::string& file, const Peer& peer) {
    return Hold(what + size, extent.pairs, folder, file, peer);
  };
  const bool good = hold("compressed, ", noise, {"7z", 0.05, 0, seven}) &&
                    hold("compressed, ", noise, {"7z -mx0", 0.9, 0, with("-mx0")}) && OpensAsItWas(folder, noise) &&
                    HoldLimit("compressed, " + size, extent.pairs, noise) &&
                    hold("text, ", text, {"zip -6", 0.65, 1.07, {"zip", "-q", "-6", "-P", kPassword}}) &&
                    hold("text, ", text, {"7z -mx1", 0.9, 1, with("-mx1")}) &&
                    hold("text, ", text, {"7z", 0.1, 1.18, seven}) && OpensAsItWas(folder, text) &&
                    HoldLimit("text, " + size, extent.pairs, text);
  for (const char* name : {"/noise", "/text", "/ours.zip", "/peer.zip", "/output", "/unpacked"}) {
    std::remove((folder + name).c_str());
  }
  rmdir(folder.c_str());
  return good ? 0 : 1;
}

}  // namespace
}  // namespace lastlook

// The tests, which only ask whether it works, give the flags of the other benchmarks; with any, it is short.
int main(int argc, char**) {
  return lastlook::Main(argc > 1 ? lastlook::kWorks : lastlook::kMeasured);
}

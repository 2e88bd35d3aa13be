// SPDX-License-Identifier: MPL-2.0
// 25 MiB of text: personal data against ripgrep, 50,000 names of organisations against grep -F, in turn (A B A B …),
// and a memchr pass as the limit. CPU of all processes; ours maps the file, as ripgrep does. What was planted must be
// found by both. Prints the medians of the pairs' ratios with minimum and maximum. Against memchr, which finds its text
// in memory, only the search counts; beside it stands the floor of any such search: one pass that marks digits and "@".
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fstream>
#include <functional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "detect/byte_sieve.h"
#include "detect/organisation_names.h"
#include "detect/personal_data.h"
#include "peer_program.h"

namespace lastlook {
namespace {

using detect::DataType;
using detect::FindPersonalData;
using detect::OrganisationMention;
using detect::OrganisationName;
using detect::OrganisationNames;
using detect::PersonalDatum;

constexpr std::size_t kBytes = 25U << 20U;
constexpr int kPairs = 7;
constexpr std::size_t kNames = 50'000;

std::string Digits(std::mt19937& random, std::size_t count) {
  std::string digits;
  for (std::size_t i = 0; i < count; ++i) {
    digits += static_cast<char>('0' + random() % 10);
  }
  return digits;
}

std::string MyNumber(std::mt19937& random) {
  constexpr std::array<int, 11> kWeights = {6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2};
  const std::string digits = "3" + Digits(random, 10);
  int sum = 0;
  for (std::size_t i = 0; i < kWeights.size(); ++i) {
    sum += (digits[i] - '0') * kWeights[i];
  }
  return digits + static_cast<char>('0' + (sum % 11 <= 1 ? 0 : 11 - sum % 11));
}

std::string Card(std::mt19937& random) {
  const std::string digits = "4" + Digits(random, 14);
  int sum = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const int value = (digits[digits.size() - 1 - i] - '0') * (i % 2 == 0 ? 2 : 1);
    sum += value / 10 + value % 10;
  }
  return digits + static_cast<char>('0' + (10 - sum % 10) % 10);
}

// Mails and minutes, half Japanese and half English, with the numbers that stand in such texts; one datum in five
// kilobytes, as in a text that is worth a warning.
std::string PersonalText(std::size_t* planted) {
  constexpr std::array<const char*, 12> kLines = {
      "お世話になっております。先日の打ち合わせの資料をお送りします。\n",
      "ご不明な点がございましたら、担当までお問い合わせください。\n",
      "見積書は来週の火曜日までにお届けできる見込みです（全3ページ）。\n",
      "新しい工程表では、第2工場の作業を2026年12月3日から始めます。\n",
      "出席：営業部5名、開発部12名。次回は10:30から会議室4で行います。\n",
      "合計は 1,280,000 円、納期は45日、数量は300個の予定です。\n",
      "Please find the minutes of our last meeting below; comments until Friday.\n",
      "The second phase starts in March 2027 and takes about 14 weeks.\n",
      "We agreed on a discount of 12.5 percent for orders above 500 pieces.\n",
      "Version 3.2.1 of the document replaces the one from 2026-11-02.\n",
      "Our team of 8 engineers reviewed 27 of 31 open questions last week.\n",
      "Kind regards, and thank you once more for the visit to our plant.\n"};
  std::mt19937 random(20261124);
  std::string text;
  text.reserve(kBytes + 1024);
  while (text.size() < kBytes) {
    text += kLines[random() % kLines.size()];
    if (random() % 75 != 0) {
      continue;
    }
    ++*planted;
    switch (random() % 4) {
      case 0:
        text += "連絡は h.sato" + Digits(random, 5) + "@kodama.example.jp まで\n";
        break;
      case 1:
        text += "電話 03-5" + Digits(random, 3) + "-" + Digits(random, 4) + "\n";
        break;
      case 2:
        text += "カード番号 " + Card(random) + "\n";
        break;
      default:
        text += "個人番号 " + MyNumber(random) + "\n";
    }
  }
  return text;
}

// Made of the characters of which names of companies are made; none is the beginning of another.
std::vector<std::string> CompanyNames() {
  constexpr std::array<const char*, 40> kCharacters = {"東", "西", "南", "北", "山", "川", "田", "野", "松", "竹",
                                                       "梅", "光", "富", "栄", "和", "平", "大", "小", "中", "新",
                                                       "青", "赤", "白", "黒", "金", "銀", "鉄", "石", "木", "林",
                                                       "森", "海", "空", "星", "月", "日", "春", "夏", "秋", "冬"};
  constexpr std::array<const char*, 5> kEndings = {"商事", "工業", "電機", "物産", "建設"};
  std::vector<std::string> names;
  for (std::size_t i = 0; names.size() < kNames; ++i) {
    names.push_back(std::string(kCharacters[i % 40]) + kCharacters[i / 40 % 40] + kCharacters[(i / 1600 * 7 + 3) % 40] +
                    kEndings[i / 1600 / 40 % 5 == 0 ? i % 5 : i / 7 % 5]);
    if (i / 1600 >= 40) {
      names.back().insert(0, "新");
    }
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

std::string OrganisationText(const std::vector<std::string>& names, std::size_t* planted) {
  std::size_t ignored = 0;
  const std::string plain = PersonalText(&ignored);
  std::mt19937 random(5);
  std::string text;
  text.reserve(plain.size() + (1U << 16U));
  for (std::size_t at = 0; at < plain.size();) {
    const std::size_t line = plain.find('\n', std::min(at + 125'000, plain.size() - 1)) + 1;
    text += plain.substr(at, line - at);
    text += "取引先は" + names[random() % names.size()] + "です。\n";
    ++*planted;
    at = line;
  }
  return text;
}

std::string ReadFile(const std::string& path) {
  std::string bytes(static_cast<std::size_t>(std::ifstream(path, std::ios::binary | std::ios::ate).tellg()), '\0');
  std::ifstream(path, std::ios::binary).read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  return bytes;
}

// A file in memory; read only.
class MappedFile {
 public:
  explicit MappedFile(const std::string& path) {
    const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    size_ = file < 0 ? 0 : static_cast<std::size_t>(lseek(file, 0, SEEK_END));
    bytes_ = file < 0 ? MAP_FAILED : mmap(nullptr, size_, PROT_READ, MAP_PRIVATE | MAP_POPULATE, file, 0);
    if (file >= 0) {
      close(file);
    }
    if (bytes_ == MAP_FAILED) {
      std::perror(path.c_str());
      std::exit(1);
    }
  }
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  ~MappedFile() { munmap(bytes_, size_); }

  std::string_view text() const { return {static_cast<const char*>(bytes_), size_}; }

 private:
  std::size_t size_ = 0;
  void* bytes_ = nullptr;
};

// The least that a search for numbers and addresses does: where digits begin, and "@", as bits.
std::size_t DigitsAndSigns(std::string_view text) {
  static const detect::ByteSieve kSigns(std::vector<std::string_view>{"@"});
  static detect::SieveMarks marks;
  std::size_t count = 0;
  constexpr std::size_t kPiece = std::size_t{48} << 10U;
  for (std::size_t at = 0; at < text.size(); at += kPiece) {
    kSigns.Mark(text.substr(at, kPiece), &marks);
    count += marks.beginnings.size() + static_cast<std::size_t>(marks.digits.front() & 1U);
  }
  return count;
}

struct Contest {
  const char* what;
  const char* peer;
  double target;
  double limit_target;
  std::size_t planted;
  std::function<std::size_t(std::string_view)> ours;
  std::vector<std::string> words;
};

// False when the two did not find the same.
bool Hold(const Contest& contest, const std::string& file, const std::string& output) {
  std::vector<double> ours;
  std::vector<double> searches;  // ours without the mapping
  std::vector<double> floors;
  std::vector<double> peers;
  std::vector<double> ratios;
  std::vector<double> limits;
  for (int pair = 0; pair < kPairs; ++pair) {
    double began = Cpu();
    std::size_t found = 0;
    {
      const MappedFile mapped(file);
      const double search_began = Cpu();
      found = contest.ours(mapped.text());
      searches.push_back(Cpu() - search_began);
    }
    ours.push_back(Cpu() - began);
    const double peer = RunPeer(contest.words, output).cpu_seconds;
    if (peer < 0) {
      std::printf("%s: skipped, %s is not here\n", contest.what, contest.peer);
      return true;
    }
    const std::string written = ReadFile(output);
    const auto lines = static_cast<std::size_t>(std::count(written.begin(), written.end(), '\n'));
    if (found != contest.planted || lines != contest.planted) {
      std::printf("%s: planted %zu, found %zu, %s found %zu\n", contest.what, contest.planted, found, contest.peer,
                  lines);
      return false;
    }
    peers.push_back(peer);
    ratios.push_back(ours.back() / peer);
    const std::string text = ReadFile(file);
    began = Cpu();
    // A byte that is not in it, so the pass goes to the end; several passes, for the clock of processes is coarse.
    std::size_t absent = 0;
    for (int pass = 0; pass < 16; ++pass) {
      absent += std::memchr(text.data(), 1 + pass % 2, text.size()) == nullptr ? 1 : 0;
    }
    limits.push_back((Cpu() - began) / 16);
    if (absent != 16) {
      return false;
    }
    began = Cpu();
    std::size_t marked = 0;
    for (int pass = 0; pass < 8; ++pass) {
      marked += DigitsAndSigns(text);
    }
    floors.push_back((Cpu() - began) / 8);
    if (marked == 0) {
      return false;
    }
  }
  const double ratio = Median(ratios);
  const double limit = Median(searches) / Median(limits);
  std::printf(
      "%s: %.1f ms, %s %.1f ms, ratio %.2f (%.2f to %.2f), target %.2f%s; search alone %.1f ms, memchr %.2f ms, ratio "
      "%.1f, "
      "target %.0f%s; marking digits and @ alone %.2f ms\n",
      contest.what, Median(ours) * 1e3, contest.peer, Median(peers) * 1e3, ratio,
      *std::min_element(ratios.begin(), ratios.end()), *std::max_element(ratios.begin(), ratios.end()), contest.target,
      ratio <= contest.target ? "" : "  MISSED", Median(searches) * 1e3, Median(limits) * 1e3, limit,
      contest.limit_target, limit <= contest.limit_target ? "" : "  MISSED", Median(floors) * 1e3);
  return true;
}

int Main() {
  char folder[] = "/tmp/lastlook-scan-bench-XXXXXX";
  if (mkdtemp(folder) == nullptr) {
    return 1;
  }
  const std::string base = folder;
  const std::string text_file = base + "/personal.txt";
  const std::string names_file = base + "/names.txt";
  const std::string mentions_file = base + "/mentions.txt";
  const std::string output = base + "/output.txt";
  Contest personal{"personal data, 25 MiB", "rg -o (?-u)", 0.35, 6, 0, nullptr, {}};
  std::ofstream(text_file, std::ios::binary) << PersonalText(&personal.planted);
  personal.ours = [](std::string_view text) {
    const std::vector<PersonalDatum> found = FindPersonalData(text);
    return static_cast<std::size_t>(std::count_if(found.begin(), found.end(), [](const PersonalDatum& datum) {
      return datum.type == DataType::kEmailAddress || datum.type == DataType::kPhoneNumber ||
             datum.type == DataType::kCreditCard || datum.type == DataType::kMyNumber;
    }));
  };
  personal.words = {"rg",
                    "-o",
                    "--no-line-number",
                    "--no-config",
                    "(?-u)[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+\\.[A-Za-z]{2,}|0[0-9]{1,4}-[0-9]{1,4}-[0-9]{4}|"
                    "[0-9]{4}[ -]?[0-9]{4}[ -]?[0-9]{4}([ -]?[0-9]{4})?",
                    text_file};

  const std::vector<std::string> names = CompanyNames();
  Contest organisations{"50,000 names, built and found", "grep -F", 0.2, 18, 0, nullptr, {}};
  std::ofstream(mentions_file, std::ios::binary) << OrganisationText(names, &organisations.planted);
  std::ofstream names_out(names_file, std::ios::binary);
  for (const std::string& name : names) {
    names_out << name << '\n';
  }
  names_out.close();
  organisations.ours = [&names_file](std::string_view text) {
    const std::string list = ReadFile(names_file);
    std::vector<OrganisationName> entries;
    for (std::size_t at = 0; at < list.size();) {
      const std::size_t end = list.find('\n', at);
      entries.push_back({std::string_view(list).substr(at, end - at), static_cast<std::uint32_t>(entries.size())});
      at = end + 1;
    }
    return OrganisationNames(entries).Find(text).size();
  };
  // In the C locale grep compares bytes, which is what it is fastest at.
  organisations.words = {"env", "LC_ALL=C", "grep", "-o", "-F", "-f", names_file, mentions_file};

  std::printf("%zu data, %zu names, %zu mentions\n", personal.planted, names.size(), organisations.planted);
  const bool same = Hold(personal, text_file, output) && Hold(organisations, mentions_file, output);
  for (const std::string& file : {text_file, names_file, mentions_file, output}) {
    unlink(file.c_str());
  }
  rmdir(folder);
  return same ? 0 : 1;
}

}  // namespace
}  // namespace lastlook

// The flags of the other benchmarks are accepted and mean nothing here.
int main() {
  return lastlook::Main();
}

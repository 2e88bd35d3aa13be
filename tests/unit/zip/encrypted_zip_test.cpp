// SPDX-License-Identifier: MPL-2.0
// What is written is read by libarchive, which shares no line with the writer.
#include "zip/encrypted_zip.h"

#include <archive.h>
#include <archive_entry.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <clocale>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "zip/entry_names.h"
#include "zip/prepared_file.h"

namespace lastlook::zip {
namespace {

constexpr const char* kPassword = "correct-horse-電池";

struct File {
  std::string name;
  std::string bytes;
  friend bool operator==(const File&, const File&) = default;
};

Entry EntryOf(const std::string& name, std::string bytes) {
  auto kept = std::make_shared<const std::string>(std::move(bytes));
  return {name, PrepareFile(*kept, kept)};
}

std::vector<Entry> EntriesOf(const std::vector<File>& files) {
  std::vector<Entry> entries;
  for (const File& file : files) {
    entries.push_back(EntryOf(file.name, file.bytes));
  }
  return entries;
}

Result<std::string> Write(const std::vector<Entry>& entries, std::string_view password = kPassword,
                          const RandomSource& random = &SystemRandom) {
  std::string zip;
  Result<void> written =
      WriteEncryptedZip(entries, password, {2026, 11, 25, 9, 30, 58}, random, [&](std::string_view bytes) {
        zip += bytes;
        return Result<void>();
      });
  return written ? Result<std::string>(std::move(zip)) : std::move(written).error();
}

struct CloseArchive {
  void operator()(archive* reader) const { archive_read_free(reader); }
};

// All files of it; nothing when libarchive refuses it, with the reason in `problem`.
std::optional<std::vector<File>> Read(const std::string& zip, const char* password, std::string* problem = nullptr) {
  std::setlocale(LC_CTYPE, "C.UTF-8");  // in which archive_entry_pathname gives names
  const std::unique_ptr<archive, CloseArchive> reader(archive_read_new());
  archive_read_support_format_zip_seekable(reader.get());
  archive_read_add_passphrase(reader.get(), password);
  const auto fail = [&]() -> std::optional<std::vector<File>> {
    if (problem != nullptr) {
      *problem = archive_error_string(reader.get()) == nullptr ? "?" : archive_error_string(reader.get());
    }
    return std::nullopt;
  };
  if (archive_read_open_memory(reader.get(), zip.data(), zip.size()) != ARCHIVE_OK) {
    return fail();
  }
  std::vector<File> files;
  archive_entry* entry = nullptr;
  int status = ARCHIVE_OK;
  while ((status = archive_read_next_header(reader.get(), &entry)) == ARCHIVE_OK) {
    File file{archive_entry_pathname(entry), ""};
    char buffer[8192];  // NOLINT(modernize-avoid-c-arrays)
    la_ssize_t count = 0;
    while ((count = archive_read_data(reader.get(), buffer, sizeof buffer)) > 0) {
      file.bytes.append(buffer, static_cast<std::size_t>(count));
    }
    if (count < 0) {
      return fail();
    }
    files.push_back(std::move(file));
  }
  return status == ARCHIVE_EOF ? std::optional(files) : fail();
}

std::string Noise(std::mt19937& random, std::size_t count) {
  std::string bytes(count, '\0');
  std::generate(bytes.begin(), bytes.end(), [&] { return static_cast<char>(random()); });
  return bytes;
}

TEST(EncryptedZip, IsReadByLibarchive) {
  std::mt19937 random(1);  // NOLINT(cert-msc32-c,cert-msc51-cpp): the same every time
  std::string text;
  for (int i = 0; i < 20000; ++i) {
    text += "お見積書 No." + std::to_string(random()) + "\n";
  }
  const std::vector<File> files = {{"見積書.txt", text}, {"🍣.jpg", Noise(random, 300000)}, {"empty", ""}, {"one", "x"}};
  const Result<std::string> zip = Write(EntriesOf(files));
  ASSERT_TRUE(zip.ok());
  std::string problem;
  const auto read = Read(zip.value(), kPassword, &problem);
  ASSERT_TRUE(read.has_value()) << problem;
  EXPECT_EQ(*read, files);
  EXPECT_LT(zip.value().size(), text.size() / 2 + 300000 + 1000);
}

// Sizes around the borders of the cipher's blocks, the key stream and the chunks.
TEST(EncryptedZip, ComesBackWhateverTheFilesAre) {
  std::mt19937 random(2);  // NOLINT(cert-msc32-c,cert-msc51-cpp)
  const std::vector<std::size_t> borders = {0, 1, 15, 16, 17, 4095, 4096, 4097, 65535, 65536, 65537, 131072};
  for (int round = 0; round < 60; ++round) {
    std::vector<File> files;
    std::vector<std::string> names;
    const std::size_t count = random() % 6;
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t size = random() % 2 == 0 ? borders[random() % borders.size()] : random() % 100000;
      std::string bytes = random() % 2 == 0 ? Noise(random, size) : std::string(size, static_cast<char>(random()));
      names.push_back(Noise(random, random() % 12));
      files.push_back({"", std::move(bytes)});
    }
    names = DistinctNames(names);
    for (std::size_t i = 0; i < count; ++i) {
      files[i].name = names[i];
    }
    const std::vector<Entry> entries = EntriesOf(files);
    const Result<std::string> zip = Write(entries);
    ASSERT_TRUE(zip.ok());
    EXPECT_EQ(zip.value().size(), EncryptedZipSize(entries));
    std::string problem;
    const auto read = Read(zip.value(), kPassword, &problem);
    if (count == 0) {
      continue;  // libarchive takes an empty ZIP for none
    }
    ASSERT_TRUE(read.has_value()) << problem;
    EXPECT_EQ(*read, files);
  }
}

TEST(EncryptedZip, IsNotReadWithAnotherPassword) {
  const Result<std::string> zip = Write(EntriesOf({{"a.txt", "secret"}}));
  ASSERT_TRUE(zip.ok());
  EXPECT_FALSE(Read(zip.value(), "wrong").has_value());
}

TEST(EncryptedZip, HoldsNothingReadable) {
  const std::string secret = "給与明細 2026";
  const Result<std::string> zip = Write(EntriesOf({{"a.txt", secret}, {"b.txt", secret}}));
  ASSERT_TRUE(zip.ok());
  EXPECT_EQ(zip.value().find(secret), std::string::npos);
  // Two files of the same bytes under one password share nothing: each has a salt of its own.
  const Result<std::string> again = Write(EntriesOf({{"a.txt", secret}, {"b.txt", secret}}));
  ASSERT_TRUE(again.ok());
  EXPECT_NE(zip.value(), again.value());
}

TEST(EncryptedZip, ChangedBytesAreNoticed) {
  const Result<std::string> zip = Write(EntriesOf({{"a.txt", "12345678901234567890"}}));
  ASSERT_TRUE(zip.ok());
  std::string changed = zip.value();
  // Behind the local header (30 bytes, the name, 11 bytes of AE extra), the salt and the check.
  changed[30 + 5 + 11 + 16 + 2] ^= 1;
  EXPECT_FALSE(Read(changed, kPassword).has_value());
}

TEST(EncryptedZip, IsNotWrittenWithoutRandomNumbers) {
  int calls = 0;
  const Result<std::string> zip =
      Write(EntriesOf({{"a", "one"}, {"b", "two"}}), kPassword, [&](std::size_t count) -> Result<std::string> {
        if (++calls == 2) {
          return Error{ErrorCode::kInternalError, "none", "", ""};
        }
        return SystemRandom(count);
      });
  ASSERT_FALSE(zip.ok());
  EXPECT_EQ(zip.error().message, "none");
}

TEST(EncryptedZip, IsNotWrittenWithoutAPassword) {
  EXPECT_EQ(Write(EntriesOf({{"a", "one"}}), "").error().code, ErrorCode::kInvalidParams);
}

TEST(EncryptedZip, EndsWhenNobodyTakesIt) {
  std::size_t calls = 0;
  const Result<void> written = WriteEncryptedZip(EntriesOf({{"a", std::string(1 << 20U, 'x')}, {"b", "y"}}), kPassword,
                                                 {}, &SystemRandom, [&](std::string_view) -> Result<void> {
                                                   ++calls;
                                                   return Error{ErrorCode::kUnreadableInput, "full", "", ""};
                                                 });
  EXPECT_FALSE(written.ok());
  EXPECT_EQ(calls, 1U);
}

TEST(EncryptedZip, ComesInChunks) {
  std::mt19937 random(3);  // NOLINT(cert-msc32-c,cert-msc51-cpp)
  std::size_t largest = 0;
  const Result<void> written = WriteEncryptedZip(EntriesOf({{"a", Noise(random, 1 << 20U)}}), kPassword, {},
                                                 &SystemRandom, [&](std::string_view bytes) {
                                                   largest = std::max(largest, bytes.size());
                                                   return Result<void>();
                                                 });
  EXPECT_TRUE(written.ok());
  EXPECT_EQ(largest, kChunkBytes);
}

// 65,535 is where the old form ends (APPNOTE 4.4.1.4).
TEST(EncryptedZip, HasAsManyEntriesAsWanted) {
  for (const std::size_t count : {65534U, 65535U, 65536U}) {
    std::vector<Entry> entries(count);
    for (std::size_t i = 0; i < count; ++i) {
      entries[i].name = std::to_string(i);
    }
    entries.back() = EntryOf("last", "behind all of them");
    const Result<std::string> zip = Write(entries);
    ASSERT_TRUE(zip.ok());
    EXPECT_EQ(zip.value().size(), EncryptedZipSize(entries));
    std::string problem;
    const auto read = Read(zip.value(), kPassword, &problem);
    ASSERT_TRUE(read.has_value()) << problem;
    EXPECT_EQ(read->size(), count);
    EXPECT_EQ(read->back(), (File{"last", "behind all of them"}));
  }
}

// LASTLOOK_ZIP_BYTES=4294967301 (tests/run.sh --long): over 4 GiB, of which no memory holds more than a page. Nor does
// libarchive, which reads the ZIP from a file.
TEST(LargeZip, NeedsNoMoreMemoryThanAChunk) {
  const char* const told = std::getenv("LASTLOOK_ZIP_BYTES");  // NOLINT(concurrency-mt-unsafe): one thread
  const std::size_t size = told == nullptr ? 1000001 : std::stoull(told);
  void* const zeros = mmap(nullptr, size, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  ASSERT_NE(zeros, MAP_FAILED);
  const std::string_view bytes(static_cast<const char*>(zeros), size);
  const std::vector<Entry> entries = {{"large", {Method::kStored, size, bytes, nullptr}}, EntryOf("behind", "it")};
  const std::string path = testing::TempDir() + "lastlook-large-" + std::to_string(getpid()) + ".zip";
  std::FILE* const out = std::fopen(path.c_str(), "wb");
  ASSERT_NE(out, nullptr);
  std::uint64_t written = 0;
  const Result<void> result =
      WriteEncryptedZip(entries, kPassword, {}, &SystemRandom, [&](std::string_view chunk) -> Result<void> {
        written += chunk.size();
        if (std::fwrite(chunk.data(), 1, chunk.size(), out) != chunk.size()) {
          return Error{ErrorCode::kUnreadableInput, "disk full", "", ""};
        }
        return {};
      });
  std::fclose(out);
  munmap(zeros, size);
  ASSERT_TRUE(result.ok()) << result.error().message;
  EXPECT_EQ(written, EncryptedZipSize(entries));

  const std::unique_ptr<archive, CloseArchive> reader(archive_read_new());
  archive_read_support_format_zip_seekable(reader.get());
  archive_read_add_passphrase(reader.get(), kPassword);
  ASSERT_EQ(archive_read_open_filename(reader.get(), path.c_str(), kChunkBytes), ARCHIVE_OK);
  std::vector<std::uint64_t> sizes;
  archive_entry* entry = nullptr;
  std::vector<char> buffer(kChunkBytes);
  while (archive_read_next_header(reader.get(), &entry) == ARCHIVE_OK) {
    std::uint64_t read = 0;
    la_ssize_t count = 0;
    while ((count = archive_read_data(reader.get(), buffer.data(), buffer.size())) > 0) {
      read += static_cast<std::uint64_t>(count);
    }
    EXPECT_EQ(count, 0) << archive_error_string(reader.get());
    EXPECT_EQ(archive_entry_size(entry), static_cast<la_int64_t>(read));
    sizes.push_back(read);
  }
  EXPECT_EQ(sizes, (std::vector<std::uint64_t>{size, 2}));
  std::remove(path.c_str());
}

TEST(PrepareFile, StoresWhatIsCompressedAlready) {
  std::mt19937 random(4);  // NOLINT(cert-msc32-c,cert-msc51-cpp)
  auto noise = std::make_shared<const std::string>(Noise(random, 1 << 20U));
  const PreparedFile stored = PrepareFile(*noise, noise);
  EXPECT_EQ(stored.method, Method::kStored);
  EXPECT_EQ(stored.data.data(), noise->data());  // not copied
  auto text = std::make_shared<const std::string>(std::string(1 << 20U, 'a'));
  const PreparedFile deflated = PrepareFile(*text, text);
  EXPECT_EQ(deflated.method, Method::kDeflated);
  EXPECT_LT(deflated.data.size(), 10000U);
  EXPECT_EQ(deflated.size_bytes, text->size());
  text.reset();
  EXPECT_EQ(PrepareFile("", nullptr).method, Method::kStored);
}

TEST(PrepareFile, NeverMakesAFileLarger) {
  std::mt19937 random(5);  // NOLINT(cert-msc32-c,cert-msc51-cpp)
  for (std::size_t size = 1; size < 300; ++size) {
    auto bytes = std::make_shared<const std::string>(Noise(random, size));
    EXPECT_LE(PrepareFile(*bytes, bytes).data.size(), size);
  }
}

}  // namespace
}  // namespace lastlook::zip

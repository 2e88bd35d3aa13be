// SPDX-License-Identifier: MPL-2.0
#include "wire/packed_mail.h"

#include <algorithm>
#include <chrono>
#include <new>
#include <utility>
#include <vector>

#include "base/crypto.h"
#include "effects/support/packed_part.h"
#include "engine/evaluate.h"
#include "zip/encrypted_zip.h"
#include "zip/entry_names.h"
#include "zip/password.h"
#include "zip/prepared_file.h"

namespace lastlook {
namespace {

zip::WallTime WallTimeOf(const Timestamp& now) {
  constexpr int kSecondsOfAMinute = 60;
  const std::chrono::sys_seconds local{std::chrono::seconds(now.unix_seconds + now.offset_minutes * kSecondsOfAMinute)};
  const auto day = std::chrono::floor<std::chrono::days>(local);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(local - day);
  return {static_cast<int>(date.year()),
          static_cast<int>(static_cast<unsigned>(date.month())),
          static_cast<int>(static_cast<unsigned>(date.day())),
          static_cast<int>(time.hours().count()),
          static_cast<int>(time.minutes().count()),
          static_cast<int>(time.seconds().count())};
}

Error CannotPack(const Error& error) {
  return Error{ErrorCode::kCannotCarryOut, "the attachments could not be encrypted: " + error.message, error.remedy,
               ""};
}

Result<std::string> Pack(const std::vector<Part>& parts, std::string_view password, const Timestamp& now,
                         const RandomSource& random) {
  std::vector<std::string> names;
  names.reserve(parts.size());
  for (const Part& part : parts) {
    names.push_back(part.name);
  }
  names = zip::DistinctNames(names);
  std::vector<zip::Entry> entries;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i].bytes == nullptr) {
      return Error{ErrorCode::kInternalError, "the bytes of a file are not here", "attach it again", ""};
    }
    entries.push_back({names[i], zip::PrepareFile(*parts[i].bytes, parts[i].bytes)});
  }
  std::string zip;
  zip.reserve(zip::EncryptedZipSize(entries));
  Result<void> written =
      zip::WriteEncryptedZip(entries, password, WallTimeOf(now), random, [&zip](std::string_view bytes) {
        zip += bytes;
        return Result<void>();
      });
  return written ? Result<std::string>(std::move(zip)) : std::move(written).error();
}

}  // namespace

Result<Leaving> MakeLeaving(const CommitAnswer& answer, const Timestamp& now, const RandomSource& random,
                            DeferredResults* deferred) {
  Leaving leaving{answer.patch, answer.result_digest, ""};
  if (answer.packed.empty()) {
    return leaving;
  }
  Draft result = answer.result;
  const auto place = std::find_if(result.attachments.begin(), result.attachments.end(), IsToBePacked);
  if (place == result.attachments.end() || leaving.patch.attachments.added.size() != 1) {
    return CannotPack({ErrorCode::kInternalError, "there is no place for the ZIP", "report this with the log", ""});
  }
  try {
    Result<std::string> password = zip::MakePassword(random);
    if (!password) {
      return CannotPack(password.error());
    }
    Result<std::string> zip = Pack(answer.packed, password.value(), now, random);
    if (!zip) {
      return CannotPack(zip.error());
    }
    AttachmentChanges::Added& added = leaving.patch.attachments.added.front();
    added.size_bytes = zip->size();
    added.sha256 = Sha256Hex(*zip);
    place->bytes = nullptr;
    place->sha256 = added.sha256;
    place->size_bytes = added.size_bytes;
    leaving.result_digest = DraftDigest(result);
    leaving.password = *std::move(password);
    added.token = deferred->Keep(*std::move(zip));
  } catch (const std::bad_alloc&) {
    return CannotPack({ErrorCode::kInternalError, "there is not enough memory",
                       "close other programs or make the mail smaller, then try again", ""});
  }
  return leaving;
}

}  // namespace lastlook

// SPDX-License-Identifier: MPL-2.0
#include "cli/mail_input.h"

#include <filesystem>
#include <memory>
#include <string_view>
#include <utility>

#include "base/json.h"
#include "base/text_fold.h"
#include "cli/input_file.h"
#include "conditions/context_json.h"
#include "mail/draft_json.h"
#include "mail_file/eml_reader.h"

namespace lastlook {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// The error, placed: in `path`, and where the text has the JSON value that the error points to.
Error PlacedIn(const std::string& path, std::string_view text, Error error) {
  if (error.place.line == 0 && !error.pointer.empty()) {
    error.place = LocateInJson(text, error.pointer);
  }
  if (error.place.file.empty()) {
    error.place.file = InputName(path);
  }
  return error;
}

bool IsDraftJson(const std::string& path, std::string_view bytes) {
  const std::string extension = AsciiLower(std::filesystem::path(path).extension().string());
  if (extension == ".json" || extension == ".eml") {
    return extension == ".json";
  }
  return TrimSpace(bytes).substr(0, 1) == "{";
}

// Reads the attachments that a draft names, relative to the draft.
PathReader AttachmentReader(const std::string& draft_path) {
  const std::filesystem::path folder =
      draft_path == "-" ? std::filesystem::path() : std::filesystem::path(draft_path).parent_path();
  return [folder](const std::string& path) -> Result<std::shared_ptr<const std::string>> {
    if (path.empty() || std::filesystem::path(path).is_absolute()) {
      return Error{ErrorCode::kDraftInvalid, "the path of an attachment must be relative",
                   "write it relative to the draft's file", ""};
    }
    const std::string attachment = (folder / path).string();
    std::error_code problem;
    if (std::filesystem::is_regular_file(attachment, problem) && std::filesystem::file_size(attachment, problem) == 0) {
      return std::make_shared<const std::string>();  // an attachment may be empty, a mail may not
    }
    std::istream no_standard_input(nullptr);
    Result<std::string> bytes = ReadInput(attachment, no_standard_input);
    if (!bytes) {
      return Error{ErrorCode::kDraftInvalid,
                   "the attachment " + attachment + " cannot be read: " + bytes.error().message, bytes.error().remedy,
                   ""};
    }
    return std::make_shared<const std::string>(*std::move(bytes));
  };
}

Result<Json> ReadJson(const std::string& path, std::string_view text) {
  Result<Json> json = ParseJson(text);
  if (!json) {
    return PlacedIn(path, text, std::move(json).error());
  }
  return json;
}

std::string_view WithoutByteOrderMark(std::string_view text) {
  return text.substr(0, kByteOrderMark.size()) == kByteOrderMark ? text.substr(kByteOrderMark.size()) : text;
}

}  // namespace

Result<Draft> ReadMail(const std::string& path, std::istream& standard_input) {
  const Result<std::string> bytes = ReadInput(path, standard_input);
  if (!bytes) {
    return bytes.error();
  }
  const std::string_view text = WithoutByteOrderMark(*bytes);
  if (!IsDraftJson(path, text)) {
    Result<Draft> draft = DraftFromMailFile(text);
    if (!draft) {
      return PlacedIn(path, "", std::move(draft).error());
    }
    return draft;
  }
  Result<Json> json = ReadJson(path, text);
  if (!json) {
    return std::move(json).error();
  }
  Result<Draft> draft = DraftFromJson(*json, AttachmentReader(path));
  if (!draft) {
    return PlacedIn(path, text, std::move(draft).error());
  }
  return draft;
}

Result<Context> ReadContext(const std::string& path, std::istream& standard_input) {
  const Result<std::string> bytes = ReadInput(path, standard_input);
  if (!bytes) {
    return bytes.error();
  }
  const std::string_view text = WithoutByteOrderMark(*bytes);
  Result<Json> json = ReadJson(path, text);
  if (!json) {
    return std::move(json).error();
  }
  Result<Context> context = ContextFromJson(*json);
  if (!context) {
    return PlacedIn(path, text, std::move(context).error());
  }
  return context;
}

Result<Context> ReadContextOrNow(const std::string& path, std::istream& standard_input) {
  Result<Context> context = path.empty() ? Result<Context>(Context()) : ReadContext(path, standard_input);
  if (context && !context->now) {
    context->now = SystemNow();
  }
  return context;
}

}  // namespace lastlook

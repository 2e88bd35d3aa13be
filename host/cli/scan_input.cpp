// SPDX-License-Identifier: MPL-2.0
#include "cli/scan_input.h"

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <utility>

#include "base/text_fold.h"
#include "cli/input_file.h"
#include "inspect_link/inspector.h"
#include "mail/charset.h"
#include "mail_file/eml_reader.h"

namespace lastlook {
namespace {

std::string Extension(const std::string& path) {
  return AsciiLower(std::filesystem::path(path).extension().string());
}

// A header field that every mail has (RFC 5322 section 3.6), before the first empty line.
bool LooksLikeMail(std::string_view bytes) {
  const std::size_t crlf = bytes.find("\r\n\r\n");
  const std::size_t lf = bytes.find("\n\n");
  const std::string header = "\n" + AsciiLower(bytes.substr(0, std::min({crlf, lf, std::size_t{64} << 10U})));
  const bool has_from = header.find("\nfrom:") != std::string::npos;
  const bool has_more = header.find("\ndate:") != std::string::npos || header.find("\nsubject:") != std::string::npos ||
                        header.find("\nmime-version:") != std::string::npos ||
                        header.find("\nreceived:") != std::string::npos;
  return has_from && has_more;
}

bool LooksLikeHtml(std::string_view text) {
  const std::string begin = AsciiLower(TrimSpace(text).substr(0, 16));
  return begin.starts_with("<!doctype html") || begin.starts_with("<html");
}

// Files that are no text have control characters that texts have not; RTF is a text that nobody reads as one.
bool IsNoText(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, 4096);
  const bool utf16 = head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF");
  if (head.starts_with("{\\rtf") || head.starts_with("%PDF-")) {
    return true;
  }
  // A text with stray control characters in it is one. An archive of texts (tar) would pass for that, and so would
  // UTF-16 without a mark, half of which is NUL.
  constexpr std::size_t kTarMagicAt = 257;
  const bool is_tar = bytes.size() > kTarMagicAt && bytes.substr(kTarMagicAt).starts_with("ustar");
  const auto zeros = static_cast<std::size_t>(std::count(bytes.begin(), bytes.end(), '\0'));
  const bool is_text = !is_tar && zeros < bytes.size() / 4 && IsValidUtf8(bytes);
  return (!utf16 && !is_text && std::any_of(head.begin(), head.end(), [](char c) { return c >= 0 && c < 9; }));
}

void Inspect(Inspector* inspector, const std::string& name, std::string_view bytes, const std::string& where,
             ScanInput* input) {
  std::shared_ptr<const PartFacts> facts = inspector->Inspect(name, bytes);
  for (std::size_t i = 0; i < facts->texts.size(); ++i) {
    const FactText& fact = facts->texts[i];
    input->texts.push_back({{where + "text[" + std::to_string(i) + "]", fact.text, {}},
                            facts,
                            &fact,
                            where.empty() ? std::string() : name});
  }
  input->read.emplace_back(name, std::move(facts));
}

// Texts whose lines are put together, which hold files, or which nobody can read.
bool IsWrittenForPrograms(std::string_view extension) {
  return extension == ".ics" || extension == ".vcf" || extension == ".asc";
}

std::string Decoded(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) {
    return DecodeCharset(bytes.substr(3), "UTF-8");
  }
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
    return DecodeCharset(bytes, "UTF-16");
  }
  return DecodeUndeclared(bytes);
}

}  // namespace

Result<ScanInput> ReadTexts(const std::string& path, std::istream& standard_input) {
  const Result<std::string> bytes = ReadInput(path, standard_input);
  if (!bytes) {
    return bytes.error();
  }
  const std::string extension = Extension(path);
  ScanInput input;
  if (extension == ".eml" || (path == "-" && LooksLikeMail(*bytes))) {
    Result<Draft> draft = DraftFromMailFile(*bytes);
    if (!draft) {
      Error error = std::move(draft).error();
      error.place.file = InputName(path);
      return error;
    }
    input.texts.push_back({{"subject", draft->subject, {}}, nullptr, nullptr, ""});
    for (NamedText& body : BodyTexts(*draft)) {
      input.texts.push_back({std::move(body), nullptr, nullptr, ""});
    }
    Inspector inspector(InspectorOptions{InspectProgram()});
    for (std::size_t i = 0; i < draft->attachments.size(); ++i) {
      const Part& part = draft->attachments[i];
      if (part.bytes != nullptr) {
        Inspect(&inspector, part.name, *part.bytes, "attachments[" + std::to_string(i) + "].", &input);
      }
    }
    return input;
  }
  if (IsNoText(*bytes) || IsWrittenForPrograms(extension)) {
    Inspector inspector(InspectorOptions{InspectProgram()});
    Inspect(&inspector, std::filesystem::path(path).filename().string(), *bytes, "", &input);
    return input;
  }
  std::string text = Decoded(*bytes);
  if (extension == ".html" || extension == ".htm" || LooksLikeHtml(text)) {
    text = TextFromHtml(text);
  }
  input.texts.push_back({{"text", std::move(text), {}}, nullptr, nullptr, ""});
  return input;
}

}  // namespace lastlook

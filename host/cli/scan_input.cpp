// SPDX-License-Identifier: MPL-2.0
#include "cli/scan_input.h"

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <utility>

#include "base/text_fold.h"
#include "cli/input_file.h"
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

Result<std::vector<NamedText>> ReadTexts(const std::string& path, std::istream& standard_input) {
  const Result<std::string> bytes = ReadInput(path, standard_input);
  if (!bytes) {
    return bytes.error();
  }
  const std::string extension = Extension(path);
  if (extension == ".eml" || (path == "-" && LooksLikeMail(*bytes))) {
    Result<Draft> draft = DraftFromMailFile(*bytes);
    if (!draft) {
      Error error = std::move(draft).error();
      error.place.file = InputName(path);
      return error;
    }
    std::vector<NamedText> texts = {{"subject", draft->subject, {}}};
    for (NamedText& body : BodyTexts(*draft)) {
      texts.push_back(std::move(body));
    }
    return texts;
  }
  std::string text = Decoded(*bytes);
  if (extension == ".html" || extension == ".htm" || LooksLikeHtml(text)) {
    text = TextFromHtml(text);
  }
  return std::vector<NamedText>{{"text", std::move(text), {}}};
}

}  // namespace lastlook

// SPDX-License-Identifier: MPL-2.0
#include "mail/html_zones.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

#include "base/text_fold.h"

namespace lastlook::html {
namespace {

// Thunderbird, Gmail, Yahoo and others, as their mails look.
constexpr std::array<std::string_view, 8> kQuoteClasses = {
    "moz-cite-prefix", "moz-email-headers-table", "moz-forward-container", "gmail_attr",
    "yahoo_quoted",    "protonmail_quote",        "zmail_extra",           "outlookmessageheader"};
// Not "divRplyFwdMsg": that is the head alone, and a head quotes all below it (FindTextZones).
constexpr std::array<std::string_view, 3> kQuoteIds = {"olk_src_body_section",
                                                       "mail-editor-reference-message-container", "reply-intro"};
constexpr std::array<std::string_view, 5> kSignatureClasses = {
    "moz-signature", "gmail_signature", "gmail_signature_prefix", "protonmail_signature_block", "tutanota_signature"};
constexpr std::array<std::string_view, 3> kSignatureIds = {"signature", "applemailsignature",
                                                           "ms-outlook-mobile-signature"};

template <std::size_t N>
bool IsAmong(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// The zone that one of the space-separated class names means.
std::optional<TextZone> ZoneOfClasses(std::string_view class_names) {
  constexpr std::size_t kMost = 400;  // the first few names say it; the value is the mail's
  const std::string lower = AsciiLower(class_names.substr(0, kMost));
  for (std::size_t at = 0; at < lower.size();) {
    const std::size_t end = std::min(lower.find_first_of(" \t\r\n\f", at), lower.size());
    const std::string_view name = std::string_view(lower).substr(at, end - at);
    if (IsAmong(name, kSignatureClasses)) {
      return TextZone::kSignature;
    }
    if (IsAmong(name, kQuoteClasses)) {
      return TextZone::kQuoted;
    }
    at = end + 1;
  }
  return std::nullopt;
}

}  // namespace

std::string_view* FindZoneAttribute(ZoneAttributes* attributes, std::string_view lower_case_name) {
  if (lower_case_name == "id") {
    return &attributes->id;
  }
  if (lower_case_name == "class") {
    return &attributes->class_names;
  }
  return lower_case_name == "data-smartmail" ? &attributes->smartmail : nullptr;
}

std::optional<TextZone> ZoneOfElement(std::string_view lower_case_tag_name, const ZoneAttributes& attributes) {
  if (lower_case_tag_name == "blockquote") {
    // What WebKit makes of "increase indent" is the writer's own.
    const bool is_indent = attributes.class_names.find("webkit-indent-blockquote") != std::string_view::npos;
    return is_indent ? std::nullopt : std::optional(TextZone::kQuoted);
  }
  if (attributes.moz_quote) {
    return TextZone::kQuoted;
  }
  if (attributes.smartmail == "gmail_signature") {
    return TextZone::kSignature;
  }
  if (!attributes.id.empty() && attributes.id.size() < 64) {
    const std::string id = AsciiLower(attributes.id);
    if (IsAmong(id, kQuoteIds)) {
      return TextZone::kQuoted;
    }
    if (IsAmong(id, kSignatureIds)) {
      return TextZone::kSignature;
    }
  }
  return attributes.class_names.empty() ? std::nullopt : ZoneOfClasses(attributes.class_names);
}

}  // namespace lastlook::html

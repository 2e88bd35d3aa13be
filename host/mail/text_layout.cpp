// SPDX-License-Identifier: MPL-2.0
#include "mail/text_layout.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "base/text_fold.h"

namespace lastlook::html {
namespace {

constexpr std::string_view kHtmlBlanks = " \t\r\n\f";  // HTML Living Standard: ASCII whitespace

// HTML Living Standard section 15.3: what browsers show as a block.
constexpr std::array<std::string_view, 42> kBlocks = {
    "address", "article", "aside",   "blockquote", "body", "caption",  "center",     "dd",     "details",
    "dialog",  "dir",     "div",     "dl",         "dt",   "fieldset", "figcaption", "figure", "footer",
    "form",    "h1",      "h2",      "h3",         "h4",   "h5",       "h6",         "header", "hgroup",
    "hr",      "html",    "legend",  "li",         "main", "menu",     "nav",        "ol",     "option",
    "p",       "section", "summary", "table",      "tr",   "ul"};

// Nothing of these is ever text of the mail.
constexpr std::array<std::string_view, 8> kInvisible = {"head",  "script", "style",  "template",
                                                        "title", "meta",   "iframe", "noembed"};

}  // namespace

void TextLayout::Open() {
  if (!text_.empty()) {
    switch (gap_) {
      case Gap::kBlank:
        text_ += ' ';
        break;
      case Gap::kCell:
        text_ += '\t';
        break;
      case Gap::kBlock:
        text_ += '\n';
        break;
      case Gap::kNone:
        break;
    }
  }
  gap_ = Gap::kNone;
}

void TextLayout::AddText(std::string_view utf8) {
  while (!utf8.empty()) {
    const std::size_t blanks = std::min(utf8.find_first_not_of(kHtmlBlanks), utf8.size());
    if (blanks > 0) {
      const bool at_line_start = gap_ == Gap::kNone && (text_.empty() || text_.back() == '\n');
      if (!at_line_start) {
        gap_ = std::max(gap_, Gap::kBlank);
      }
      utf8.remove_prefix(blanks);
      continue;
    }
    const std::size_t word = std::min(utf8.find_first_of(kHtmlBlanks), utf8.size());
    Open();
    text_.append(utf8.substr(0, word));
    utf8.remove_prefix(word);
  }
}

void TextLayout::AddVerbatim(std::string_view utf8) {
  if (!utf8.empty()) {
    Open();
    text_.append(utf8);
  }
}

void TextLayout::BreakBlock() {
  if (!text_.empty() && (text_.back() != '\n' || gap_ != Gap::kNone)) {
    gap_ = Gap::kBlock;
  }
}

void TextLayout::BreakLine() {
  if (gap_ == Gap::kBlock) {
    Open();
  }
  gap_ = Gap::kNone;
  text_ += '\n';
}

void TextLayout::NextCell() {
  gap_ = std::max(gap_, Gap::kCell);
}

void TextLayout::AddLinkSuffix(std::size_t mark, std::string_view target) {
  const std::string suffix = LinkSuffix(target, Since(mark));
  if (suffix.empty()) {
    return;
  }
  if (TrimSpace(Since(mark)).empty()) {  // a picture: the target stands by itself
    Open();
    text_.append(suffix, text_.empty() || text_.back() == ' ' || text_.back() == '\n' ? 1 : 0);
  } else {
    text_ += suffix;  // before a gap that is still open
  }
}

void TextLayout::AddZone(std::size_t mark, TextZone zone) {
  if (mark < text_.size()) {
    zones_.push_back({mark, text_.size(), zone});
  }
}

MarkedText TextLayout::TakeMarked() {
  text_.resize(TrimSpace(std::string_view(text_)).empty() ? 0 : text_.find_last_not_of(" \t\r\n\f\v") + 1);
  while (!zones_.empty() && zones_.back().begin >= text_.size()) {
    zones_.pop_back();
  }
  if (!zones_.empty()) {
    zones_.back().end = std::min(zones_.back().end, text_.size());
  }
  return {std::move(text_), std::move(zones_)};
}

Role RoleOf(std::string_view lower_case_tag_name) {
  const auto is_in = [lower_case_tag_name](const auto& names) {
    return std::find(names.begin(), names.end(), lower_case_tag_name) != names.end();
  };
  if (lower_case_tag_name == "br") {
    return Role::kLineBreak;
  }
  if (lower_case_tag_name == "td" || lower_case_tag_name == "th") {
    return Role::kCell;
  }
  if (lower_case_tag_name == "pre" || lower_case_tag_name == "textarea" || lower_case_tag_name == "listing" ||
      lower_case_tag_name == "xmp" || lower_case_tag_name == "plaintext") {
    return Role::kVerbatim;
  }
  if (is_in(kInvisible)) {
    return Role::kInvisible;
  }
  return is_in(kBlocks) ? Role::kBlock : Role::kInline;
}

std::string LinkSuffix(std::string_view target, std::string_view link_text) {
  target = TrimSpace(target);
  if (target.empty() || target.starts_with('#')) {
    return {};
  }
  const auto plain = [](std::string_view text) {
    std::string lower = AsciiLower(TrimSpace(text));
    for (const std::string_view scheme : {"mailto:", "https://", "http://", "tel:"}) {
      if (lower.starts_with(scheme)) {
        lower.erase(0, scheme.size());
        break;
      }
    }
    if (lower.ends_with('/')) {
      lower.pop_back();
    }
    return lower;
  };
  if (plain(target) == plain(link_text)) {
    return {};
  }
  std::string suffix = " <";
  suffix += target;
  suffix += '>';
  return suffix;
}

}  // namespace lastlook::html

// SPDX-License-Identifier: MPL-2.0
#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/text_fold.h"
#include "mail/html_entities.h"
#include "mail/html_text.h"
#include "mail/html_zones.h"
#include "mail/text_layout.h"

namespace lastlook::html {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

// Work of building a tree is at most (start tags) × (depth) and, in one tag, (attributes)².
constexpr std::size_t kAlwaysFewTags = 2'000;
constexpr std::size_t kMostTags = 50'000;
constexpr std::size_t kMostDepth = 512;
constexpr std::size_t kMostAttributes = 2'000;

// Elements that never hold others, so never add depth.
constexpr std::array<std::string_view, 14> kVoid = {"area",  "base", "br",   "col",   "embed",  "hr",    "img",
                                                    "input", "link", "meta", "param", "source", "track", "wbr"};

// Elements whose content is text up to their end tag, whatever stands in it.
constexpr std::array<std::string_view, 7> kRawText = {"script", "style",   "title", "textarea",
                                                      "iframe", "noembed", "xmp"};

bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool IsHtmlBlank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f';
}

struct Tag {
  std::string name;  // lower case; "" for comments, declarations and the like
  bool is_end = false;
  std::string_view href;  // as written
  ZoneAttributes zone;
  std::size_t attributes = 0;
  std::size_t end = 0;  // behind ">"
};

// Attributes up to ">", quotes honoured where HTML honours them: behind "=".
void ReadAttributes(std::string_view html, std::size_t at, Tag* tag) {
  while (at < html.size() && html[at] != '>') {
    if (IsHtmlBlank(html[at]) || html[at] == '/') {
      ++at;
      continue;
    }
    const std::size_t name_begin = at;
    ++at;  // "=" as first character belongs to the name
    while (at < html.size() && !IsHtmlBlank(html[at]) && html[at] != '/' && html[at] != '>' && html[at] != '=') {
      ++at;
    }
    const std::string_view name = html.substr(name_begin, at - name_begin);
    ++tag->attributes;
    tag->zone.moz_quote = tag->zone.moz_quote || AsciiLower(name.substr(0, 16)) == "_moz_quote";
    while (at < html.size() && IsHtmlBlank(html[at])) {
      ++at;
    }
    if (at >= html.size() || html[at] != '=') {
      continue;
    }
    ++at;
    while (at < html.size() && IsHtmlBlank(html[at])) {
      ++at;
    }
    std::size_t value_begin = at;
    if (at < html.size() && (html[at] == '"' || html[at] == '\'')) {
      value_begin = at + 1;
      at = std::min(html.find(html[at], value_begin), html.size());
    } else {
      while (at < html.size() && !IsHtmlBlank(html[at]) && html[at] != '>') {
        ++at;
      }
    }
    if (name.size() == 4 && tag->href.empty() && AsciiLower(name) == "href") {
      tag->href = html.substr(value_begin, at - value_begin);
    }
    if (std::string_view* value = FindZoneAttribute(&tag->zone, AsciiLower(name.substr(0, 16)));
        value != nullptr && value->empty()) {
      *value = html.substr(value_begin, at - value_begin);
    }
    if (at < html.size() && (html[at] == '"' || html[at] == '\'')) {
      ++at;
    }
  }
  tag->end = std::min(at + 1, html.size());
}

// The tag, comment or declaration that begins at html[at] == '<'; nothing if that is plain text.
std::optional<Tag> ReadTag(std::string_view html, std::size_t at) {
  Tag tag;
  const std::string_view rest = html.substr(at);
  if (rest.starts_with("<!--")) {
    const std::size_t end = html.find("-->", at + 2);  // "<!-->" is a whole comment
    tag.end = end == kNone ? html.size() : end + 3;
    return tag;
  }
  if (rest.starts_with("<!") || rest.starts_with("<?")) {
    tag.end = std::min(html.find('>', at), html.size() - 1) + 1;
    return tag;
  }
  tag.is_end = rest.starts_with("</");
  std::size_t name_end = at + (tag.is_end ? 2 : 1);
  if (name_end >= html.size() || !IsLetter(html[name_end])) {
    return std::nullopt;
  }
  const std::size_t name_begin = name_end;
  while (name_end < html.size() && !IsHtmlBlank(html[name_end]) && html[name_end] != '/' && html[name_end] != '>') {
    ++name_end;
  }
  tag.name = AsciiLower(html.substr(name_begin, name_end - name_begin));
  ReadAttributes(html, name_end, &tag);
  return tag;
}

// The place of "</name" at or behind `at`.
std::size_t FindEndTag(std::string_view html, std::size_t at, std::string_view name) {
  for (; (at = html.find("</", at)) != kNone; ++at) {
    if (AsciiLower(html.substr(at + 2, name.size())) == name) {
      return at;
    }
  }
  return html.size();
}

bool IsVoid(std::string_view name) {
  return std::find(kVoid.begin(), kVoid.end(), name) != kVoid.end();
}

bool IsRawText(std::string_view name) {
  return std::find(kRawText.begin(), kRawText.end(), name) != kRawText.end();
}

class TagReader {
 public:
  explicit TagReader(std::string_view html) : html_(html) {}

  MarkedText Read() {
    std::size_t text_begin = 0;
    std::size_t at = 0;
    while ((at = html_.find('<', at)) != kNone) {
      const std::optional<Tag> tag = ReadTag(html_, at);
      if (!tag) {
        ++at;
        continue;
      }
      AddText(html_.substr(text_begin, at - text_begin));
      at = tag->end;
      if (!tag->is_end && IsRawText(tag->name)) {
        const std::size_t end = FindEndTag(html_, at, tag->name);
        if (RoleOf(tag->name) == Role::kVerbatim) {
          layout_.BreakBlock();
          layout_.AddVerbatim(DecodeEntities(html_.substr(at, end - at)));
        }
        at = end;
      }
      Apply(*tag);
      FollowZone(*tag);
      text_begin = at;
    }
    AddText(html_.substr(text_begin));
    CloseZone();
    return layout_.TakeMarked();
  }

 private:
  void AddText(std::string_view text) {
    if (text.empty()) {
      return;
    }
    if (verbatim_ > 0) {
      layout_.AddVerbatim(DecodeEntities(text));
    } else {
      layout_.AddText(DecodeEntities(text));
    }
  }

  void Apply(const Tag& tag) {
    switch (RoleOf(tag.name)) {
      case Role::kLineBreak:
        layout_.BreakLine();
        break;
      case Role::kCell:
        layout_.NextCell();
        break;
      case Role::kVerbatim:
        if (!IsRawText(tag.name)) {
          verbatim_ = tag.is_end ? std::max(verbatim_ - 1, 0) : verbatim_ + 1;
        }
        layout_.BreakBlock();
        break;
      case Role::kBlock:
        layout_.BreakBlock();
        break;
      default:
        break;
    }
    if (tag.name == "a") {
      if (link_) {
        layout_.AddLinkSuffix(link_mark_, *link_);
        link_.reset();
      }
      if (!tag.is_end && !tag.href.empty()) {
        link_ = DecodeEntities(tag.href);
        link_mark_ = layout_.Mark();
      }
    }
  }

  // Without a tree, an element ends where as many of its kind have ended as began.
  void FollowZone(const Tag& tag) {
    if (zone_) {
      if (tag.name == zone_name_) {
        zone_depth_ = tag.is_end ? zone_depth_ - 1 : zone_depth_ + 1;
        if (zone_depth_ == 0) {
          CloseZone();
        }
      }
    } else if (!tag.is_end && !tag.name.empty() && !IsVoid(tag.name)) {
      zone_ = ZoneOfElement(tag.name, tag.zone);
      if (zone_) {
        zone_name_ = tag.name;
        zone_depth_ = 1;
        zone_mark_ = layout_.Mark();
      }
    }
  }

  void CloseZone() {
    if (zone_) {
      layout_.AddZone(zone_mark_, *zone_);
      zone_.reset();
    }
  }

  std::string_view html_;
  TextLayout layout_;
  int verbatim_ = 0;
  std::optional<std::string> link_;  // the target of the link that is open
  std::size_t link_mark_ = 0;
  std::optional<TextZone> zone_;  // of the element that is open
  std::string zone_name_;
  std::size_t zone_depth_ = 0;
  std::size_t zone_mark_ = 0;
};

}  // namespace

bool IsTooDeepForTree(std::string_view html) {
  std::size_t tags = 0;
  std::size_t depth = 0;
  std::size_t deepest = 0;
  std::map<std::string, std::size_t, std::less<>> open;  // by name: an end tag closes only its own kind
  for (std::size_t at = 0; (at = html.find('<', at)) != kNone;) {
    const std::optional<Tag> tag = ReadTag(html, at);
    if (!tag) {
      ++at;
      continue;
    }
    at = tag->end;
    if (tag->attributes > kMostAttributes) {
      return true;
    }
    if (tag->name.empty() || IsVoid(tag->name)) {
      continue;
    }
    std::size_t& of_name = open[tag->name];
    if (!tag->is_end) {
      ++tags;
      ++of_name;
      deepest = std::max(deepest, ++depth);
    } else if (of_name > 0) {
      --of_name;
      --depth;
    }
    // Elements whose end tag may be left out make no such depth in a tree; they are not told apart here, which only
    // sends a very long page without end tags to the other reader.
    if (tags > kMostTags || (tags > kAlwaysFewTags && deepest > kMostDepth)) {
      return true;
    }
  }
  return false;
}

MarkedText TextFromTags(std::string_view html) {
  return TagReader(html).Read();
}

}  // namespace lastlook::html

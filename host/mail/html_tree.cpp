// SPDX-License-Identifier: MPL-2.0
#include <gumbo.h>

#include <algorithm>
#include <csetjmp>
#include <cstddef>
#include <cstdlib>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/text_fold.h"
#include "mail/charset.h"
#include "mail/html_entities.h"
#include "mail/html_text.h"
#include "mail/html_zones.h"
#include "mail/text_layout.h"

namespace lastlook::html {
namespace {

// Memory of one tree. Never freed piece by piece: gumbo_destroy_output recurses to the depth of the tree, and a mail
// decides how deep that is.
class Arena {
 public:
  explicit Arena(std::size_t budget) : budget_(budget) {}
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;
  ~Arena() {
    for (void* block : blocks_) {
      std::free(block);
    }
  }

  // Null when the budget is used up.
  void* Take(std::size_t size) {
    constexpr std::size_t kAlignment = alignof(std::max_align_t);
    size = (size + kAlignment - 1) / kAlignment * kAlignment;
    if (size > left_) {
      const std::size_t block = size > kBlockBytes ? size : kBlockBytes;
      if (block > budget_) {
        return nullptr;
      }
      void* fresh = std::malloc(block);
      if (fresh == nullptr) {
        return nullptr;
      }
      budget_ -= block;
      blocks_.push_back(fresh);
      next_ = static_cast<char*>(fresh);
      left_ = block;
    }
    char* taken = next_;
    next_ += size;
    left_ -= size;
    return taken;
  }

  std::jmp_buf& exhausted() { return exhausted_; }

 private:
  static constexpr std::size_t kBlockBytes = 64U << 10U;
  std::size_t budget_;
  std::vector<void*> blocks_;
  char* next_ = nullptr;
  std::size_t left_ = 0;
  std::jmp_buf exhausted_{};
};

// gumbo expects that memory never runs out. Only C frames without clean-up lie between here and Parse.
void* Allocate(void* arena, std::size_t size) {
  void* memory = static_cast<Arena*>(arena)->Take(size);
  if (memory == nullptr) {
    std::longjmp(static_cast<Arena*>(arena)->exhausted(), 1);
  }
  return memory;
}

void KeepAll(void* /*arena*/, void* /*memory*/) {
}

// The tree, which lives in the arena; null if the arena is too small for it.
const GumboOutput* Parse(std::string_view html, Arena* arena, GumboTag context) {
  GumboOptions options = kGumboDefaultOptions;
  options.allocator = &Allocate;
  options.deallocator = &KeepAll;
  options.userdata = arena;
  options.max_errors = 0;
  options.fragment_context = context;
  if (setjmp(arena->exhausted()) != 0) {
    return nullptr;
  }
  return gumbo_parse_with_options(&options, html.data(), html.size());
}

struct OpenNode {
  const GumboNode* node;
  unsigned next_child;
  std::size_t text_mark;  // where its text begins
  Role role;
  std::optional<TextZone> zone;  // only of the outermost element that says so
};

bool IsContainer(const GumboNode* node) {
  return node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_DOCUMENT;
}

const GumboVector& ChildrenOf(const GumboNode* node) {
  return node->type == GUMBO_NODE_DOCUMENT ? node->v.document.children : node->v.element.children;
}

Role RoleOfNode(const GumboNode* node) {
  if (node->type == GUMBO_NODE_TEMPLATE) {
    return Role::kInvisible;
  }
  return node->type == GUMBO_NODE_ELEMENT ? RoleOf(gumbo_normalized_tagname(node->v.element.tag)) : Role::kInline;
}

std::optional<TextZone> ZoneOfNode(const GumboNode* node) {
  if (node->type != GUMBO_NODE_ELEMENT) {
    return std::nullopt;
  }
  ZoneAttributes found;
  const GumboVector& attributes = node->v.element.attributes;
  for (unsigned i = 0; i < attributes.length; ++i) {
    const auto* attribute = static_cast<const GumboAttribute*>(attributes.data[i]);
    const std::string_view name = attribute->name;  // gumbo writes it in lower case
    if (std::string_view* value = FindZoneAttribute(&found, name)) {
      *value = attribute->value;
    }
    found.moz_quote = found.moz_quote || name == "_moz_quote";
  }
  return ZoneOfElement(gumbo_normalized_tagname(node->v.element.tag), found);
}

// Walks with a stack of its own: the depth is the mail's.
class TreeReader {
 public:
  MarkedText Read(const GumboNode* root) {
    Enter(root);
    while (!open_.empty()) {
      OpenNode& top = open_.back();
      const GumboVector& children = ChildrenOf(top.node);
      if (top.next_child < children.length) {
        Enter(static_cast<const GumboNode*>(children.data[top.next_child++]));
      } else {
        Leave();
      }
    }
    return layout_.TakeMarked();
  }

 private:
  void Enter(const GumboNode* node) {
    if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE || node->type == GUMBO_NODE_CDATA) {
      if (verbatim_ > 0) {
        layout_.AddVerbatim(node->v.text.text);
      } else {
        layout_.AddText(node->v.text.text);
      }
      return;
    }
    const Role role = RoleOfNode(node);
    if (!IsContainer(node) || role == Role::kInvisible) {
      return;
    }
    switch (role) {
      case Role::kLineBreak:
        layout_.BreakLine();
        break;
      case Role::kVerbatim:
        ++verbatim_;
        [[fallthrough]];
      case Role::kBlock:
        layout_.BreakBlock();
        break;
      default:
        break;
    }
    std::optional<TextZone> zone = in_zone_ ? std::nullopt : ZoneOfNode(node);
    in_zone_ = in_zone_ || zone;
    open_.push_back({node, 0, layout_.Mark(), role, zone});
  }

  void Leave() {
    const OpenNode left = open_.back();
    open_.pop_back();
    if (left.zone) {
      in_zone_ = false;
      layout_.AddZone(left.text_mark, *left.zone);
    }
    if (left.role == Role::kVerbatim) {
      --verbatim_;
    }
    if (left.role == Role::kBlock || left.role == Role::kVerbatim) {
      layout_.BreakBlock();
    } else if (left.role == Role::kCell) {
      layout_.NextCell();
    }
    if (left.node->type == GUMBO_NODE_ELEMENT && left.node->v.element.tag == GUMBO_TAG_A) {
      if (const GumboAttribute* href = gumbo_get_attribute(&left.node->v.element.attributes, "href")) {
        layout_.AddLinkSuffix(left.text_mark, href->value);
      }
    }
  }

  TextLayout layout_;
  std::vector<OpenNode> open_;
  int verbatim_ = 0;
  bool in_zone_ = false;
};

// Enough for every mail that is written to be read: a tree takes 10 to 40 times its HTML.
std::size_t TreeBudget(std::size_t html_bytes) {
  constexpr std::size_t kLeast = 16U << 20U;
  constexpr std::size_t kMost = 512U << 20U;
  return std::min(kMost, kLeast + html_bytes * 64);
}

// Piece by piece, so that the marks keep to their text.
MarkedText MakeValid(const MarkedText& read) {
  MarkedText valid;
  std::size_t at = 0;
  const auto append_to = [&](std::size_t end) {
    valid.text += DecodeCharset(std::string_view(read.text).substr(at, end - at), "utf-8");
    at = end;
    return valid.text.size();
  };
  for (const ZoneSpan& mark : read.marks) {
    const std::size_t begin = append_to(mark.begin);
    valid.marks.push_back({begin, append_to(mark.end), mark.zone});
  }
  append_to(read.text.size());
  return valid;
}

}  // namespace

MarkedText TextFromTree(std::string_view html) {
  Arena arena(TreeBudget(html.size()));
  const GumboOutput* tree = Parse(html, &arena, GUMBO_TAG_LAST);
  if (tree == nullptr) {
    return TextFromTags(html);
  }
  MarkedText read = TreeReader().Read(tree->document);
  // A character reference beyond Unicode makes gumbo write what is not UTF-8.
  return IsValidUtf8(read.text) ? std::move(read) : MakeValid(read);
}

std::string DecodeEntities(std::string_view text) {
  if (text.find('&') == std::string_view::npos) {
    return std::string(text);
  }
  std::string escaped;
  for (const char c : text) {
    if (c == '<') {
      escaped += "&lt;";
    } else {
      escaped += c;
    }
  }
  Arena arena(TreeBudget(escaped.size()));
  const GumboOutput* tree = Parse(escaped, &arena, GUMBO_TAG_DIV);
  if (tree == nullptr) {
    return std::string(text);
  }
  std::string decoded;
  const GumboVector& children = tree->root->v.element.children;
  for (unsigned i = 0; i < children.length; ++i) {
    const auto* child = static_cast<const GumboNode*>(children.data[i]);
    if (child->type == GUMBO_NODE_TEXT || child->type == GUMBO_NODE_WHITESPACE) {
      decoded += child->v.text.text;
    }
  }
  return DecodeCharset(decoded, "utf-8");
}

}  // namespace lastlook::html

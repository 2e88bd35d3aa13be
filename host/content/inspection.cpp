// SPDX-License-Identifier: MPL-2.0
#include "content/inspection.h"

#include <algorithm>
#include <iterator>

#include "base/text_fold.h"

namespace lastlook::content {
namespace {

constexpr std::size_t kMostPathBytes = 1024;
constexpr std::size_t kMostHidden = 1000;  // things of one kind; more are not told one by one

// Cuts at the beginning of a character.
void CutTo(std::string* text, std::size_t bytes) {
  while (bytes > 0 && (static_cast<unsigned char>((*text)[bytes]) & 0xC0U) == 0x80U) {
    --bytes;
  }
  text->resize(bytes);
}

// The length of a control or bidirectional character at text[at]; 0 for any other.
std::size_t UnshownLength(std::string_view text, std::size_t at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte < 0x20 || byte == 0x7F) {
    return 1;
  }
  const std::string_view rest = text.substr(at, 3);
  // U+200E, U+200F, U+202A–U+202E, U+2066–U+2069
  const bool unshown = rest.starts_with("\xE2\x80") && rest.size() == 3
                           ? (rest[2] == '\x8E' || rest[2] == '\x8F' || (rest[2] >= '\xAA' && rest[2] <= '\xAE'))
                           : rest.starts_with("\xE2\x81") && rest.size() == 3 && rest[2] >= '\xA6' && rest[2] <= '\xA9';
  return unshown ? 3 : 0;
}

}  // namespace

std::string ShownPath(std::string_view path) {
  std::string out;
  for (std::size_t at = 0; at <= path.size();) {
    const std::size_t end = std::min(path.find_first_of("/\\", at), path.size());
    std::string step;
    for (std::size_t i = at; i < end;) {
      if (const std::size_t length = UnshownLength(path, i)) {
        i += length;
      } else {
        step += path[i++];
      }
    }
    if (!step.empty() && step != "." && step != "..") {
      out += (out.empty() ? "" : "/") + step;
    }
    at = end + 1;
  }
  if (out.size() > kMostPathBytes) {
    CutTo(&out, kMostPathBytes);
  }
  return out;
}

std::string_view LastStep(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

std::string ExtensionOf(std::string_view name) {
  name = LastStep(name);
  const std::size_t dot = name.rfind('.');
  return dot == std::string_view::npos ? std::string() : Fold(name.substr(dot + 1));
}

bool Inspection::TakeUnpacked(std::uint64_t bytes) {
  if (bytes > limits_.unpacked_bytes - unpacked_) {
    unpacked_ = limits_.unpacked_bytes;
    return false;
  }
  unpacked_ += bytes;
  return true;
}

bool Inspection::AddFacts(const Item& outer, Item* inner) {
  if (facts_.entries.size() >= limits_.entries) {
    MarkUninspected(outer, Uninspected::kTooManyFiles);
    return false;
  }
  const std::string within = ShownPath(inner->path);
  inner->path = outer.path.empty() ? within : outer.path + "/" + within;
  if (inner->path.size() > kMostPathBytes) {
    CutTo(&inner->path, kMostPathBytes);
  }
  inner->name = LastStep(within);
  inner->depth = outer.depth + 1;
  inner->entry = static_cast<std::uint32_t>(facts_.entries.size());
  FileFacts facts;
  facts.path = inner->path;
  facts.size_bytes = inner->bytes.size();
  facts_.entries.push_back(std::move(facts));
  return true;
}

bool Inspection::AddInner(const Item& outer, std::string path_within, std::string bytes) {
  Item inner;
  inner.path = std::move(path_within);
  inner.bytes = std::move(bytes);
  if (!AddFacts(outer, &inner)) {
    return false;
  }
  found_.push_back(std::move(inner));
  return true;
}

bool Inspection::AddUnread(const Item& outer, std::string path_within, std::uint64_t size, Uninspected why) {
  Item inner;
  inner.path = std::move(path_within);
  if (!AddFacts(outer, &inner)) {
    return false;
  }
  FileFacts& facts = facts_.entries.back();
  facts.size_bytes = size;
  facts.uninspected = why;
  facts.encrypted = why == Uninspected::kEncrypted;
  return true;
}

void Inspection::AddText(const Item& item, FactText text) {
  if (TrimSpace(text.text).empty()) {
    return;
  }
  const std::uint64_t left = limits_.text_bytes - text_;
  if (text.text.size() > left) {
    MarkUninspected(item, Uninspected::kTooLarge);
    CutTo(&text.text, static_cast<std::size_t>(left));
    if (text.text.empty()) {
      return;
    }
  }
  text_ += text.text.size();
  text.entry = item.entry;
  facts_.texts.push_back(std::move(text));
}

void Inspection::AddText(const Item& item, TextUnit unit, std::string text) {
  FactText fact;
  fact.unit = unit;
  fact.text = std::move(text);
  AddText(item, std::move(fact));
}

void Inspection::AddHidden(const Item& item, HiddenKind kind, std::uint64_t count, std::string name,
                           std::string place) {
  if (hidden_[static_cast<std::size_t>(kind)]++ < kMostHidden) {
    facts_.hidden.push_back({kind, item.entry, std::move(name), std::move(place), count});
  }
}

void Inspection::MarkUninspected(const Item& item, Uninspected why) {
  FileFacts& facts = Of(item);
  if (!facts.uninspected) {
    facts.uninspected = why;
  }
  facts.encrypted = facts.encrypted || why == Uninspected::kEncrypted;
}

void Inspection::Start(Item item) {
  FileFacts facts;
  facts.size_bytes = item.bytes.size();
  facts_.entries.push_back(std::move(facts));
  open_.push_back(std::move(item));
}

bool Inspection::Next(Item* item) {
  open_.insert(open_.end(), std::make_move_iterator(found_.rbegin()), std::make_move_iterator(found_.rend()));
  found_.clear();
  if (open_.empty()) {
    return false;
  }
  *item = std::move(open_.back());
  open_.pop_back();
  return true;
}

}  // namespace lastlook::content

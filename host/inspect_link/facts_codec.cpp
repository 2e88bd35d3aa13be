// SPDX-License-Identifier: MPL-2.0
#include "inspect_link/facts_codec.h"

#include <cstdint>
#include <utility>

#include "base/text_fold.h"

namespace lastlook {
namespace {

class Writer {
 public:
  void Number(std::uint64_t value, std::size_t bytes) {
    for (std::size_t i = 0; i < bytes; ++i) {
      out_ += static_cast<char>((value >> (8 * i)) & 0xFFU);
    }
  }
  void Byte(std::uint64_t value) { Number(value, 1); }
  void Count(std::size_t value) { Number(value, 4); }
  void String(const std::string& text) {
    Count(text.size());
    out_ += text;
  }
  void Ranges(const std::vector<NumberRange>& ranges) {
    Count(ranges.size());
    for (const NumberRange& range : ranges) {
      Count(range.first);
      Count(range.last);
    }
  }
  std::string Take() { return std::move(out_); }

 private:
  std::string out_;
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : left_(bytes) {}

  bool ok() const { return ok_; }
  bool AtEnd() const { return ok_ && left_.empty(); }

  std::uint64_t Number(std::size_t bytes) {
    if (!Has(bytes)) {
      return 0;
    }
    std::uint64_t value = 0;
    for (std::size_t i = bytes; i > 0; --i) {
      value = (value << 8U) | static_cast<unsigned char>(left_[i - 1]);
    }
    left_.remove_prefix(bytes);
    return value;
  }
  std::uint32_t Whole() { return static_cast<std::uint32_t>(Number(4)); }
  bool Boolean() { return Word(2) == 1; }
  // A number below `end`.
  std::size_t Word(std::size_t end) {
    const auto value = static_cast<std::size_t>(Number(1));
    ok_ = ok_ && value < end;
    return ok_ ? value : 0;
  }
  template <typename Enum>
  Enum Of(std::size_t end) {
    return static_cast<Enum>(Word(end));
  }
  // How many things follow, each of at least `least` bytes.
  std::size_t Count(std::size_t least) {
    const std::size_t count = Whole();
    ok_ = ok_ && count <= left_.size() / least;
    return ok_ ? count : 0;
  }
  std::string String() {
    const std::size_t length = Whole();
    if (!Has(length)) {
      return {};
    }
    std::string text(left_.substr(0, length));
    left_.remove_prefix(length);
    ok_ = IsValidUtf8(text);
    return text;
  }
  std::vector<NumberRange> Ranges() {
    std::vector<NumberRange> ranges(Count(8));
    for (NumberRange& range : ranges) {
      range.first = Whole();
      range.last = Whole();
    }
    return ranges;
  }
  void Refuse() { ok_ = false; }

 private:
  bool Has(std::size_t bytes) {
    ok_ = ok_ && bytes <= left_.size();
    return ok_;
  }

  std::string_view left_;
  bool ok_ = true;
};

void WriteText(const FactText& text, Writer* out) {
  out->Count(text.entry);
  out->Byte(static_cast<std::uint64_t>(text.unit));
  out->String(text.name);
  out->Count(text.number);
  out->Byte(text.hidden ? 1 : 0);
  out->String(text.text);
  out->Count(text.anchors.size());
  for (const CellAnchor& anchor : text.anchors) {
    out->Count(anchor.begin);
    out->Count(anchor.cell.row);
    out->Count(anchor.cell.column);
  }
  out->Ranges(text.hidden_rows);
  out->Ranges(text.hidden_columns);
}

FactText ReadText(Reader* in) {
  FactText text;
  text.entry = in->Whole();
  text.unit = in->Of<TextUnit>(kTextUnits);
  text.name = in->String();
  text.number = in->Whole();
  text.hidden = in->Boolean();
  text.text = in->String();
  text.anchors.resize(in->Count(12));
  std::uint32_t last = 0;
  for (CellAnchor& anchor : text.anchors) {
    anchor.begin = in->Whole();
    anchor.cell.row = in->Whole();
    anchor.cell.column = in->Whole();
    if (anchor.begin < last) {
      in->Refuse();
    }
    last = anchor.begin;
  }
  text.hidden_rows = in->Ranges();
  text.hidden_columns = in->Ranges();
  return text;
}

}  // namespace

std::string EncodeFacts(const PartFacts& facts) {
  Writer out;
  out.Count(facts.entries.size());
  for (const FileFacts& file : facts.entries) {
    out.String(file.path);
    out.Byte(static_cast<std::uint64_t>(file.kind));
    out.Number(file.size_bytes, 8);
    out.Byte(file.encrypted ? 1 : 0);
    out.Byte(file.macros ? 1 : 0);
    out.String(file.label);
    out.Byte(file.uninspected ? 1 + static_cast<std::uint64_t>(*file.uninspected) : 0);
  }
  out.Count(facts.texts.size());
  for (const FactText& text : facts.texts) {
    WriteText(text, &out);
  }
  out.Count(facts.hidden.size());
  for (const HiddenThing& thing : facts.hidden) {
    out.Byte(static_cast<std::uint64_t>(thing.kind));
    out.Count(thing.entry);
    out.String(thing.name);
    out.String(thing.place);
    out.Number(thing.count, 8);
  }
  return out.Take();
}

std::optional<PartFacts> DecodeFacts(std::string_view bytes) {
  Reader in(bytes);
  PartFacts facts;
  facts.entries.resize(in.Count(20));
  for (FileFacts& file : facts.entries) {
    file.path = in.String();
    file.kind = in.Of<FileKind>(kFileKinds);
    file.size_bytes = in.Number(8);
    file.encrypted = in.Boolean();
    file.macros = in.Boolean();
    file.label = in.String();
    const std::size_t reason = in.Word(kUninspectedReasons + 1);
    if (reason > 0) {
      file.uninspected = static_cast<Uninspected>(reason - 1);
    }
  }
  for (std::size_t left = in.Count(30); left > 0 && in.ok(); --left) {
    facts.texts.push_back(ReadText(&in));
  }
  facts.hidden.resize(in.Count(21));
  for (HiddenThing& thing : facts.hidden) {
    thing.kind = in.Of<HiddenKind>(kHiddenKinds);
    thing.entry = in.Whole();
    thing.name = in.String();
    thing.place = in.String();
    thing.count = in.Number(8);
    if (thing.entry >= facts.entries.size()) {
      in.Refuse();
    }
  }
  for (const FactText& text : facts.texts) {
    if (text.entry >= facts.entries.size()) {
      in.Refuse();
    }
  }
  return in.AtEnd() && !facts.entries.empty() ? std::optional(std::move(facts)) : std::nullopt;
}

}  // namespace lastlook

// SPDX-License-Identifier: MPL-2.0
#include "cli/scan.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json.h"
#include "base/terminal_text.h"
#include "base/text_fold.h"
#include "cli/input_file.h"
#include "cli/scan_input.h"
#include "cli/style.h"
#include "cli/texts.h"
#include "conditions/registry.h"
#include "conditions/support/part_texts.h"
#include "detect/personal_data.h"

namespace lastlook {
namespace {

using detect::Band;
using detect::PersonalDatum;

constexpr std::size_t kShown = 200;          // places, in the text for people
constexpr std::size_t kContextColumns = 24;  // on each side of a value

struct Scanned {
  NamedText text;
  std::vector<PersonalDatum> data;
  ScanText source = {};  // its named text is moved into `text`
};

// What the HTML of a mail says again is told once.
std::vector<Scanned> Scan(std::vector<ScanText> texts) {
  std::vector<Scanned> scanned;
  std::set<std::pair<detect::DataType, std::string>> told;
  for (ScanText& text : texts) {
    Scanned one{std::move(text.named), {}, {}};
    one.source = std::move(text);
    one.data = detect::FindPersonalData(one.text.text);
    if (one.text.where == "body.html") {
      std::erase_if(one.data, [&told](const PersonalDatum& datum) {
        return told.contains({datum.type, datum.normalized});
      });
    }
    if (one.text.where == "body.text") {
      for (const PersonalDatum& datum : one.data) {
        told.emplace(datum.type, datum.normalized);
      }
    }
    scanned.push_back(std::move(one));
  }
  return scanned;
}

// Where a datum stands in a file; ask in ascending order.
class FilePlaces {
 public:
  explicit FilePlaces(const Scanned& scanned) : scanned_(scanned) {
    if (scanned.source.fact != nullptr) {
      cells_.emplace(*scanned.source.fact);
    }
  }

  // "" where the text is the input itself.
  std::string At(std::size_t byte, std::string_view language) {
    if (!cells_) {
      return "";
    }
    const FactText& fact = *scanned_.source.fact;
    for (; counted_ < byte; ++counted_) {
      line_ += fact.text[counted_] == '\n' ? 1 : 0;
    }
    PartPlace place;
    place.file = FileOfEntry(scanned_.source.file, scanned_.source.facts->entries[fact.entry]);
    place.unit = fact.unit;
    place.sheet = fact.name;
    place.number = fact.number;
    place.cell = cells_->At(byte);
    place.line = fact.unit == TextUnit::kWhole ? line_ : 0;
    place.hidden = IsHidden(fact, place.cell);
    return DescribePlace(place, language);
  }

 private:
  const Scanned& scanned_;
  std::optional<CellWalk> cells_;
  std::size_t counted_ = 0;
  std::uint32_t line_ = 1;
};

// A line for people about each file that could not be read.
std::vector<std::string> UnreadFiles(const ScanInput& input, std::string_view language) {
  std::vector<std::string> lines;
  for (const auto& [name, facts] : input.read) {
    for (const FileFacts& file : facts->entries) {
      if (file.uninspected) {
        const LocalizedText text = ConditionText("uninspected", UninspectedName(*file.uninspected));
        lines.push_back(PrintableLine(FillText(text.In(language), {{"name", FileOfEntry(name, file)}})));
      }
    }
  }
  return lines;
}

// No line of output says that something is missing, so standard error does: with each file where the output has none.
void WarnOfUnread(const ScanInput& input, const ScanOptions& options, const Texts& texts, const Streams& streams) {
  const std::vector<std::string> unread = UnreadFiles(input, options.language);
  if (unread.empty()) {
    return;
  }
  if (options.format == ScanFormat::kJsonLines) {
    for (const std::string& line : unread) {
      streams.err << "lastlook: " << line << "\n";
    }
  }
  streams.err << "lastlook: " << texts("scan.unread", {{"count", std::to_string(unread.size())}}) << "\n";
}

// One JSON object per line. Places are counted once through the text, however many there are.
void WriteJsonLines(const std::vector<Scanned>& scanned, std::string_view language, const Streams& streams) {
  for (const Scanned& one : scanned) {
    FilePlaces places(one);
    const std::string_view text = one.text.text;
    std::size_t at = 0;
    std::size_t units = 0;
    for (const PersonalDatum& datum : one.data) {
      units += Utf16Length(text.substr(at, datum.begin - at));
      at = datum.begin;
      const std::size_t length = Utf16Length(datum.value);
      OrderedJson line = OrderedJson{{"type", std::string(detect::DataTypeName(datum.type))},
                                     {"value", datum.value},
                                     {"norm", datum.normalized},
                                     {"score", datum.score},
                                     {"band", std::string(detect::BandName(datum.band))},
                                     {"where", one.text.where},
                                     {"start", units},
                                     {"end", units + length}};
      if (one.source.fact != nullptr) {
        line["place"] = places.At(datum.begin, language);
      }
      streams.out << DumpJson(line) << "\n";
    }
  }
}

class Report {
 public:
  Report(const Texts& texts, const Style& style, const Streams& streams)
      : texts_(texts), style_(style), streams_(streams) {}

  void Write(const std::string& name, const std::vector<Scanned>& scanned, const ScanInput& input,
             std::string_view language) {
    language_ = language;
    std::vector<PersonalDatum> all;
    for (const Scanned& one : scanned) {
      all.insert(all.end(), one.data.begin(), one.data.end());
    }
    if (all.empty()) {
      const bool all_read = UnreadFiles(input, language).empty();
      streams_.out << (all_read ? style_(Ink::kGreen, "■ " + texts_("scan.none"))
                                : style_(Ink::kYellow, "■ " + texts_("scan.none_but_unread")))
                   << "  " << PrintableLine(name) << "\n";
      Facts(input);
      return;
    }
    streams_.out << style_(Ink::kBold, "■ " + texts_("scan.found", {{"count", std::to_string(all.size())}})) << "  "
                 << PrintableLine(name) << "\n";
    Kinds(all);
    const std::size_t persons = detect::CountPersons(all);
    if (persons > 1) {
      streams_.out << "  " << texts_("scan.persons", {{"count", std::to_string(persons)}}) << "\n";
    }
    streams_.out << "\n";
    for (const Scanned& one : scanned) {
      Places(one, scanned.size() > 1);
    }
    Facts(input);
    if (all.size() > kShown) {
      streams_.out << "  " << texts_("more", {{"count", std::to_string(all.size() - kShown)}}) << "\n";
    }
  }

 private:
  // What could not be read, and what nobody sees on opening the file.
  void Facts(const ScanInput& input) const {
    for (const std::string& text : UnreadFiles(input, language_)) {
      streams_.out << "  " << style_(Ink::kRed, text) << "\n";
    }
    for (const auto& [name, facts] : input.read) {
      for (const HiddenThing& thing : facts->hidden) {
        const std::string text =
            FillText(ConditionText("hidden_content", HiddenKindName(thing.kind)).In(language_),
                     {{"name", thing.name}, {"place", thing.place}, {"count", std::to_string(thing.count)}});
        streams_.out << "  " << style_(Ink::kYellow, PrintableLine(text)) << "\n";
      }
    }
  }

  void Kinds(const std::vector<PersonalDatum>& all) {
    std::string line;
    for (const detect::DataType type : detect::AllDataTypes()) {
      const auto count =
          std::count_if(all.begin(), all.end(), [type](const PersonalDatum& d) { return d.type == type; });
      if (count > 0) {
        line += (line.empty() ? "" : texts_("tally.separator")) + TypeText(type) + " " + std::to_string(count);
      }
    }
    streams_.out << "  " << line << "\n";
  }

  void Places(const Scanned& one, bool with_where) {
    const std::string_view text = one.text.text;
    std::size_t line = 1;
    std::size_t line_begin = 0;
    std::size_t at = 0;
    FilePlaces places(one);
    for (const PersonalDatum& datum : one.data) {
      if (shown_++ >= kShown) {
        return;
      }
      if (one.source.fact != nullptr) {
        Place(PrintableLine(places.At(datum.begin, language_)), text, datum);
        continue;
      }
      for (std::size_t next = text.find('\n', at); next < datum.begin; next = text.find('\n', at)) {
        ++line;
        at = line_begin = next + 1;
      }
      at = std::max(at, datum.begin);
      const std::string where = with_where ? WhereText(one.text.where) + " " : "";
      const std::string place =
          where + std::to_string(line) + ":" + std::to_string(Column(text, line_begin, datum.begin));
      Place(place, text, datum);
    }
  }

  void Place(const std::string& place, std::string_view text, const PersonalDatum& datum) const {
    streams_.out << "  " << PadToWidth(place, 8) << "  "
                 << style_(Colour(datum.band), PadToWidth(TypeText(datum.type), 18)) << "  "
                 << PadToWidth(texts_("scan.band." + std::string(detect::BandName(datum.band))), 8) << "  "
                 << Marked(text, datum) << "\n";
  }

  // Characters from the beginning of the line, from 1. A line may be the whole file, so it is not counted from there
  // each time.
  std::size_t Column(std::string_view text, std::size_t line_begin, std::size_t at) {
    if (line_begin != column_line_ || at < column_at_) {
      column_line_ = column_at_ = line_begin;
      column_ = 1;
    }
    for (; column_at_ < at; ++column_at_) {
      column_ += (static_cast<unsigned char>(text[column_at_]) & 0xC0U) != 0x80U ? 1 : 0;
    }
    return column_;
  }

  // The value with what stands around it on its line.
  std::string Marked(std::string_view text, const PersonalDatum& datum) const {
    constexpr std::size_t kBytes = kContextColumns * 4;
    const std::size_t from = datum.begin > kBytes ? datum.begin - kBytes : 0;
    std::string_view before = text.substr(from, datum.begin - from);
    before = before.substr(std::min(before.size(), before.rfind('\n') + 1));
    std::string_view behind = text.substr(datum.end, kBytes);
    behind = behind.substr(0, behind.find_first_of("\r\n"));
    bool cut = from > 0 && before.data() == text.data() + from && text[from - 1] != '\n';
    while (!before.empty() && (DisplayWidth(before) > kContextColumns || (before.front() & 0xC0) == 0x80)) {
      before.remove_prefix(1);
      cut = true;
    }
    const std::string value = PrintableLine(datum.value);
    return style_(Ink::kDim, (cut ? "…" : "") + PrintableLine(before)) +
           (streams_.colour ? style_(Ink::kBold, value) : "[" + value + "]") +
           style_(Ink::kDim, behind.empty() ? "" : CutToWidth(PrintableLine(behind), kContextColumns));
  }

  std::string TypeText(detect::DataType type) const {
    return texts_("scan.type." + std::string(detect::DataTypeName(type)));
  }
  std::string WhereText(const std::string& where) const {
    return texts_(where == "subject" ? "label.subject" : "label.body");
  }
  static Ink Colour(Band band) {
    return band == Band::kHigh ? Ink::kRed : band == Band::kMedium ? Ink::kYellow : Ink::kCyan;
  }

  const Texts& texts_;
  const Style& style_;
  const Streams& streams_;
  std::string_view language_ = kDefaultLanguage;
  std::size_t shown_ = 0;
  std::size_t column_line_ = 0;
  std::size_t column_at_ = 0;
  std::size_t column_ = 1;
};

}  // namespace

int RunScan(const ScanOptions& options, const Streams& streams) {
  Result<ScanInput> input = ReadTexts(options.file, streams.in);
  if (!input) {
    return Complain(input.error(), streams);
  }
  const Texts words(options.language);
  const std::vector<Scanned> scanned = Scan(std::move(input->texts));
  WarnOfUnread(*input, options, words, streams);
  if (options.format == ScanFormat::kJsonLines) {
    WriteJsonLines(scanned, options.language, streams);
    return kExitOk;
  }
  const Style style(streams.colour);
  Report(words, style, streams).Write(InputName(options.file), scanned, *input, options.language);
  return kExitOk;
}

}  // namespace lastlook

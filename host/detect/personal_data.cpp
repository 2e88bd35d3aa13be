// SPDX-License-Identifier: MPL-2.0
#include "detect/personal_data.h"

#include <algorithm>
#include <array>
#include <bit>
#include <set>
#include <utility>

#include "detect/anchors.h"
#include "detect/finders.h"
#include "detect/folded_chunk.h"
#include "detect/name_list.h"
#include "detect/scorer.h"
#include "detect/table.h"
#include "detect/text_edges.h"
#include "detect/utf8.h"

namespace lastlook::detect {
namespace {

// A chunk stays in the second-level cache; what stands around it is folded once more so that labels are seen.
constexpr std::size_t kChunkBytes = 48U << 10U;
constexpr std::size_t kBytesBefore = 1536;
constexpr std::size_t kBytesBehind = 512;
// Fewer digits in a chain are no number that is looked for.
constexpr std::size_t kLeastDigits = 6;
// The shortest of each kind: E.164 numbers from 8, 基礎年金番号 10, 個人番号 12; cards and 法人番号 are longer.
constexpr std::size_t kLeastPhoneDigits = 8;
constexpr std::size_t kLeastPensionDigits = 10;
constexpr std::size_t kLeastLongDigits = 12;
constexpr int kLeastScore = 65;
constexpr int kListedName = 75;

constexpr std::array<std::string_view, kDataTypes> kNames = {"JP_MY_NUMBER",
                                                             "JP_CORPORATE_NUMBER",
                                                             "CREDIT_CARD",
                                                             "JP_DRIVER_LICENSE",
                                                             "JP_PENSION_NUMBER",
                                                             "JP_INSURER_NUMBER",
                                                             "JP_PASSPORT",
                                                             "JP_RESIDENCE_CARD",
                                                             "JP_BANK_ACCOUNT",
                                                             "PHONE_NUMBER",
                                                             "EMAIL_ADDRESS",
                                                             "DATE_OF_BIRTH",
                                                             "JP_ADDRESS",
                                                             "PERSON_NAME",
                                                             "US_SSN",
                                                             "KR_RRN",
                                                             "CN_RESIDENT_ID",
                                                             "IBAN",
                                                             "SECRET"};

class TextScan {
 public:
  TextScan(std::string_view text, PhoneRegion region, bool plainly = false)
      : text_(text), region_(region), plainly_(plainly), tables_(text), scorer_(text, &tables_) {}

  std::vector<PersonalDatum> Run() {
    for (std::size_t begin = 0; begin < text_.size();) {
      const std::size_t end = AtCharacter(std::min(begin + kChunkBytes, text_.size()));
      ScanChunk(begin, end);
      begin = end;
    }
    ScanColumns();
    ScanLists();
    return Resolve();
  }

 private:
  // The next place that does not cut a character.
  std::size_t AtCharacter(std::size_t at) const {
    std::size_t moved = 0;
    while (at < text_.size() && moved < 4 && (static_cast<unsigned char>(text_[at]) & 0xC0U) == 0x80U) {
      ++at;
      ++moved;
    }
    return at;
  }

  void ScanChunk(std::size_t begin, std::size_t end) {
    const std::size_t from = AtCharacter(begin > kBytesBefore ? begin - kBytesBefore : 0);
    const std::size_t to = AtCharacter(std::min(text_.size(), end + kBytesBehind));
    chunk_.Assign(text_, std::min(from, begin), std::max(to, end));
    scorer_.Enter(chunk_);
    const std::string_view folded = chunk_.text();
    if (plainly_) {
      ScanPlainly(begin, end);
      ReadLines(end);
      return;
    }
    AnchorSieve().Mark(folded, &marks_);
    ReadLines(end);
    KeepAnchors(folded, &marks_.beginnings);
    MarkNumbers();
    chain_end_ = 0;
    for (std::size_t word = 0; word < marks_.digits.size(); ++word) {
      const std::uint64_t numbers = numbers_[word];
      const std::uint64_t anchors = marks_.beginnings[word];
      for (std::uint64_t bits = numbers | anchors; bits != 0; bits &= bits - 1) {
        const auto place = static_cast<unsigned>(std::countr_zero(bits));
        const std::size_t at = word * 64 + place;
        if ((numbers >> place & 1U) == 0) {
          AtBeginning(folded, at);
        } else if (at >= chain_end_ && HasDigits(at)) {
          AtDigits(folded, at);
        }
        if (!candidates_.empty()) {
          Keep(begin, end);
        }
      }
    }
  }

  // Gives the lines that begin before byte `end` of the original, and have not been given yet, to whoever finds lists.
  void ReadLines(std::size_t end) {
    const std::string_view folded = chunk_.text();
    const std::size_t from = chunk_.OriginalBegin(0);
    const std::size_t to = chunk_.OriginalEnd(folded.size());
    const std::size_t dropped = to - from - folded.size();  // folding makes a text shorter, never longer
    lists_.Enter(chunk_);
    bool inside = !line_break_;  // the text's first line
    std::size_t line = 0;
    for (std::size_t word = 0; word < marks_.line_ends.size(); ++word) {
      for (std::uint64_t bits = marks_.line_ends[word]; bits != 0; bits &= bits - 1) {
        const std::size_t at = word * 64 + static_cast<std::size_t>(std::countr_zero(bits));
        if (!inside) {
          inside = chunk_.OriginalBegin(at) >= *line_break_;
          line = at + 1;
          continue;
        }
        if (from + line + dropped >= end && chunk_.OriginalBegin(line) >= end) {
          line_break_ = chunk_.OriginalBegin(line - 1);
          return;
        }
        if (!lists_.PassesOver(folded.substr(line, at - line))) {
          lists_.Read(line, at);
        }
        line = at + 1;
      }
    }
    if (!inside) {
      return;  // all of this chunk is one line that began before
    }
    if (to == text_.size() && end == text_.size()) {
      lists_.Read(line, folded.size());
    } else if (line > 0 && chunk_.OriginalBegin(line) >= end) {
      line_break_ = chunk_.OriginalBegin(line - 1);
    } else {
      lists_.PassLongLine();
      line_break_ = to;
    }
  }

  void ScanPlainly(std::size_t begin, std::size_t end) {
    const std::string_view folded = chunk_.text();
    AnchorSieve().MarkPlainly(folded, &marks_);
    chain_end_ = 0;
    for (std::size_t at = 0; at < folded.size(); ++at) {
      if (!IsDigit(folded[at])) {
        AtBeginning(folded, at);
      } else if (at >= chain_end_ && (at == 0 || !IsDigit(folded[at - 1]))) {
        AtDigits(folded, at);
      }
      Keep(begin, end);
    }
  }

  // Marks in numbers_ where a number may begin, unless it has a wide joint: a digit with none before it, and behind it
  // as many digits and joints as the shortest number has bytes; or "DE89" of an IBAN, which may be the only digits
  // before a letter. Most digits of a text are of dates, times, prices and counts, and this is all that is done about
  // them.
  void MarkNumbers() {
    const std::size_t words = marks_.digits.size();
    numbers_.resize(words);
    std::uint64_t digits_before = 0;
    std::uint64_t letters_before = 0;
    std::uint64_t digits = words == 0 ? 0 : marks_.digits[0];
    for (std::size_t word = 0; word < words; ++word) {
      const bool last = word + 1 == words;
      const std::uint64_t next_digits = last ? 0 : marks_.digits[word + 1];
      const std::uint64_t letters = marks_.letters[word];
      std::uint64_t reach = digits | marks_.joints[word];
      std::uint64_t next = next_digits | (last ? 0 : marks_.joints[word + 1]);
      static_assert(kLeastDigits == 6);
      reach &= reach >> 1U | next << 63U;  // two, four, six in a row
      next &= next >> 1U;
      reach &= reach >> 2U | next << 62U;
      next &= next >> 2U;
      reach &= reach >> 2U | next << 62U;
      const std::uint64_t first = digits & ~(digits << 1U | digits_before >> 63U);
      const std::uint64_t iban = (digits >> 1U | next_digits << 63U) & (letters << 1U | letters_before >> 63U) &
                                 (letters << 2U | letters_before >> 62U);
      numbers_[word] = first & (reach | iban);
      digits_before = digits;
      letters_before = letters;
      digits = next_digits;
    }
  }

  // The marks of 64 bytes from `at` on.
  static std::uint64_t MarksFrom(const SieveRow& row, std::size_t at) {
    const std::size_t word = at / 64;
    const std::size_t shift = at % 64;
    std::uint64_t marks = row[word] >> shift;
    if (shift != 0 && word + 1 < row.size()) {
      marks |= row[word + 1] << (64 - shift);
    }
    return marks;
  }

  // False only where no chain of kLeastDigits, with or without wide joints, nor an IBAN begins at this digit.
  bool HasDigits(std::size_t at) const {
    // Six digits and the widest gaps between them, four blanks, a joint and four blanks, fit into 64 bytes.
    static_assert(kLeastDigits + (kLeastDigits - 1) * 9 <= 64);
    const std::string_view folded = chunk_.text();
    const std::uint64_t digits = MarksFrom(marks_.digits, at);
    const std::uint64_t reach = digits | MarksFrom(marks_.joints, at);
    const auto length = static_cast<std::size_t>(std::countr_one(reach));
    std::uint64_t inside = length < 64 ? digits & ((std::uint64_t{1} << length) - 1) : digits;
    for (std::size_t i = 1; i < kLeastDigits; ++i) {
      inside &= inside - 1;  // takes one digit out
    }
    return inside != 0 || IsWideJoint(folded, at + length) ||
           ((digits & 2U) != 0 && at >= 2 && IsAsciiLetter(folded[at - 1]) && IsAsciiLetter(folded[at - 2]));
  }

  // "03ー1234ー5678": so few digits before a wide joint that MarkNumbers has passed over them.
  void AtWideJoint(std::string_view folded, std::size_t at) {
    std::size_t from = at;
    while (from > chain_end_ && from + kLeastDigits > at + 1 && IsDigitOrJoint(from - 1)) {
      --from;
    }
    for (; from < at; ++from) {
      if (IsDigit(folded[from]) && (from == 0 || !IsDigit(folded[from - 1])) && from >= chain_end_) {
        AtDigits(folded, from);
      }
    }
  }
  bool IsDigitOrJoint(std::size_t at) const {
    return ((marks_.digits[at / 64] | marks_.joints[at / 64]) >> (at % 64) & 1U) != 0;
  }

  void AtDigits(std::string_view folded, std::size_t at) {
    ReadChain(folded, at, &chain_);
    std::size_t digits = 0;
    for (const DigitGroup& group : chain_) {
      digits += group.size();
    }
    chain_end_ = chain_.back().end;
    if (digits < kLeastDigits) {
      FindIban(folded, chain_, &candidates_);
      return;
    }
    // Most chains are dates and amounts: too short for the greater part.
    FindInsurerNumber(folded, chain_, &candidates_);
    FindTravelDocument(folded, chain_, &candidates_);
    FindBankAccount(folded, chain_, &candidates_);
    FindIban(folded, chain_, &candidates_);
    if (digits >= kLeastPhoneDigits) {
      FindPhoneNumber(folded, chain_, region_, &candidates_);
      FindForeignId(folded, chain_, &candidates_);
    }
    if (digits >= kLeastPensionDigits) {
      FindPensionNumber(folded, chain_, &candidates_);
    }
    if (digits >= kLeastLongDigits) {
      FindMyNumber(folded, chain_, &candidates_);
      FindCorporateNumber(folded, chain_, &candidates_);
      FindCreditCard(folded, chain_, &candidates_);
      FindInBoxes(folded, chain_, &candidates_);
    }
  }

  void AtBeginning(std::string_view folded, std::size_t at) {
    switch (AnchorAt(folded, at)) {
      case AnchorKind::kNone:
        break;
      case AnchorKind::kEmail:
        FindEmailAddress(folded, at, &candidates_);
        break;
      case AnchorKind::kSecret:
        FindSecret(folded, at, &candidates_);
        break;
      case AnchorKind::kAddress:
        FindAddress(folded, at, &candidates_);
        break;
      case AnchorKind::kBirthLabel:
        FindDateOfBirth(folded, at, &candidates_);
        LookForTable(folded, at);
        break;
      case AnchorKind::kBirthBehind:
        FindDateBefore(folded, at, &candidates_);
        break;
      case AnchorKind::kNameLabel:
        FindNameBehindLabel(folded, at, &candidates_);
        LookForTable(folded, at);
        break;
      case AnchorKind::kNameTitle:
        FindNameBesideTitle(folded, at, &candidates_);
        break;
      case AnchorKind::kNameOffice:
        FindNameBesideOffice(folded, at, &candidates_);
        break;
      case AnchorKind::kWideJoint:
        AtWideJoint(folded, at);
        break;
    }
  }

  // A label of names or birthdays in a cell of its own may be the header of a column.
  void LookForTable(std::string_view folded, std::size_t at) {
    // From the cell's beginning, which may be some words before ("Date of Birth", "Full Name", "被保険者氏名").
    std::size_t begin = at;
    for (std::size_t characters = 0; characters < 16 && begin > 0; ++characters) {
      const std::string_view before = CharacterBefore(folded, begin);
      if (std::string_view(",\t|;\n\"").find(before.front()) != std::string_view::npos) {
        break;
      }
      begin -= before.size();
    }
    begin = std::min(folded.find_first_not_of(' ', begin), folded.size());
    const Label* label = LabelAt(folded, begin);
    if (label != nullptr && (label->says & kByColumn) != 0 && begin + label->text.size() > at) {
      tables_.At(chunk_.OriginalBegin(begin), chunk_.OriginalEnd(begin + label->text.size()));
    }
  }

  // Takes the candidates of this chunk; those that begin outside belong to the chunk beside.
  void Keep(std::size_t begin, std::size_t end) {
    std::stable_sort(candidates_.begin(), candidates_.end(),
                     [](const Candidate& a, const Candidate& b) { return a.begin < b.begin; });
    for (Candidate& candidate : candidates_) {
      const std::size_t original = chunk_.OriginalBegin(candidate.begin);
      if (original < begin || original >= end) {
        continue;
      }
      const int score = scorer_.Score(candidate);
      if (score >= kLeastScore) {
        FindNameBefore(chunk_.text(), candidate, &names_);
        if (candidate.type == DataType::kAddress) {
          FindNameBehindAddress(chunk_.text(), candidate.end, &names_);
        }
        Add(candidate, original, chunk_.OriginalEnd(candidate.end), score);
      }
    }
    candidates_.clear();
    for (Candidate& name : names_) {
      Add(name, chunk_.OriginalBegin(name.begin), chunk_.OriginalEnd(name.end), name.base);
    }
    names_.clear();
  }

  void Add(Candidate& candidate, std::size_t begin, std::size_t end, int score) {
    PersonalDatum datum;
    datum.type = candidate.type;
    datum.begin = begin;
    datum.end = end;
    datum.normalized = std::move(candidate.normalized);
    datum.score = score;
    datum.band = BandOf(score);
    found_.push_back(std::move(datum));
  }

  // Columns whose header says that they hold names or dates of birth.
  void ScanColumns() {
    FoldedChunk cell_text;
    for (const auto& table : tables_.tables()) {
      if (!table->has_header()) {
        continue;
      }
      for (std::size_t row = 1; row < table->rows(); ++row) {
        const std::vector<Cell> cells = table->Cells(row);
        for (std::size_t i = 0; i < cells.size() && i < table->columns().size(); ++i) {
          const TypeMask says = table->columns()[i].says & kByColumn;
          if (says == 0 || cells[i].end - cells[i].begin > 120) {
            continue;
          }
          cell_text.Assign(text_, cells[i].begin, cells[i].end);
          std::optional<Candidate> found = (says & MaskOf(DataType::kPersonName)) != 0
                                               ? PersonNameInCell(cell_text.text())
                                               : DateOfBirthInCell(cell_text.text());
          if (found) {
            const int score = found->base;
            Add(*found, cell_text.OriginalBegin(found->begin), cell_text.OriginalEnd(found->end), score);
          }
        }
      }
    }
  }

  // Names that stand one below the other, with nothing that says so.
  void ScanLists() {
    for (ListedName& name : lists_.Finish()) {
      Candidate candidate;
      candidate.type = DataType::kPersonName;
      candidate.normalized = std::move(name.normalized);
      Add(candidate, name.begin, name.end, kListedName);
    }
  }

  // The highest score wins where two overlap, then the longest, then the type that comes first.
  std::vector<PersonalDatum> Resolve() {
    const auto before = [](const PersonalDatum& a, const PersonalDatum& b) {
      return a.begin != b.begin ? a.begin < b.begin : a.end != b.end ? a.end > b.end : Better(a, b);
    };
    if (!std::is_sorted(found_.begin(), found_.end(), before)) {
      std::sort(found_.begin(), found_.end(), before);
    }
    std::size_t kept = 0;  // those that stay, in front
    for (std::size_t i = 0; i < found_.size(); ++i) {
      bool stays = true;
      while (stays && kept > 0 && found_[kept - 1].end > found_[i].begin) {
        if (Better(found_[i], found_[kept - 1])) {
          --kept;
        } else {
          stays = false;
        }
      }
      if (stays) {
        if (kept != i) {
          found_[kept] = std::move(found_[i]);
        }
        ++kept;
      }
    }
    found_.erase(found_.begin() + static_cast<std::ptrdiff_t>(kept), found_.end());
    for (PersonalDatum& datum : found_) {
      datum.value = std::string(text_.substr(datum.begin, datum.end - datum.begin));
    }
    return std::move(found_);
  }

  static bool Better(const PersonalDatum& a, const PersonalDatum& b) {
    const std::size_t a_length = a.end - a.begin;
    const std::size_t b_length = b.end - b.begin;
    return a.score != b.score ? a.score > b.score : a_length != b_length ? a_length > b_length : a.type < b.type;
  }

  static constexpr TypeMask kByColumn = MaskOf(DataType::kPersonName) | MaskOf(DataType::kDateOfBirth);

  std::string_view text_;
  PhoneRegion region_;
  bool plainly_;
  TableFinder tables_;
  Scorer scorer_;
  NameListReader lists_;
  std::optional<std::size_t> line_break_;  // lines behind the first line end from here on are still to be read
  FoldedChunk chunk_;
  SieveMarks marks_;
  SieveRow numbers_;
  Chain chain_;
  std::size_t chain_end_ = 0;  // of the last one
  Candidates candidates_;
  Candidates names_;  // of whose data the last ones are
  std::vector<PersonalDatum> found_;
};

}  // namespace

std::string_view DataTypeName(DataType type) {
  return kNames[static_cast<std::size_t>(type)];
}

std::optional<DataType> DataTypeFromName(std::string_view name) {
  const auto found = std::find(kNames.begin(), kNames.end(), name);
  return found == kNames.end() ? std::nullopt : std::optional(static_cast<DataType>(found - kNames.begin()));
}

std::span<const DataType> AllDataTypes() {
  static constexpr auto kAll = [] {
    std::array<DataType, kDataTypes> all{};
    for (std::size_t i = 0; i < kDataTypes; ++i) {
      all[i] = static_cast<DataType>(i);
    }
    return all;
  }();
  return kAll;
}

std::string_view BandName(Band band) {
  return band == Band::kHigh ? "high" : band == Band::kMedium ? "medium" : "low";
}

std::optional<Band> BandFromName(std::string_view name) {
  for (const Band band : {Band::kLow, Band::kMedium, Band::kHigh}) {
    if (BandName(band) == name) {
      return band;
    }
  }
  return std::nullopt;
}

Band BandOf(int score) {
  return score >= 85 ? Band::kHigh : score >= 75 ? Band::kMedium : Band::kLow;
}

std::optional<PhoneRegion> PhoneRegionFromName(std::string_view name) {
  static constexpr std::string_view kRegions[] = {"any", "JP", "CN", "KR", "US", "GB"};  // in the order of PhoneRegion
  const auto* const found = std::find(std::begin(kRegions), std::end(kRegions), name);
  return found == std::end(kRegions) ? std::nullopt : std::optional(static_cast<PhoneRegion>(found - kRegions));
}

std::vector<PersonalDatum> FindPersonalData(std::string_view utf8, PhoneRegion region) {
  return TextScan(utf8, region).Run();
}

std::vector<PersonalDatum> FindPersonalDataPlainly(std::string_view utf8) {
  return TextScan(utf8, PhoneRegion::kAny, true).Run();
}

std::size_t CountPersons(std::span<const PersonalDatum> data) {
  std::array<std::set<std::string_view>, kDataTypes> values;
  for (const PersonalDatum& datum : data) {
    if (datum.type != DataType::kCorporateNumber && datum.type != DataType::kSecret &&
        datum.type != DataType::kInsurerNumber) {
      values[static_cast<std::size_t>(datum.type)].insert(datum.normalized);
    }
  }
  std::size_t most = 0;
  for (const auto& of_one_type : values) {
    most = std::max(most, of_one_type.size());
  }
  return most;
}

std::string MaskedValue(const PersonalDatum& datum) {
  // Of a secret nothing is shown, of a name its first character, of a number its end.
  std::vector<std::string_view> characters;
  for (std::size_t at = 0; at < datum.value.size();) {
    const unsigned bytes = DecodeAt(datum.value, at).bytes;
    characters.push_back(std::string_view(datum.value).substr(at, bytes));
    at += bytes;
  }
  // The domain of an address says whose it is, not who it is; the rest is what must be hidden at least in part.
  const std::size_t at_sign =
      datum.type == DataType::kEmailAddress ? std::min(datum.value.rfind('@'), datum.value.size()) : datum.value.size();
  const std::size_t count = static_cast<std::size_t>(
      std::count_if(characters.begin(), characters.end(), [&datum, at_sign](std::string_view character) {
        return static_cast<std::size_t>(character.data() - datum.value.data()) < at_sign;
      }));
  const bool from_front =
      datum.type == DataType::kPersonName || datum.type == DataType::kAddress || datum.type == DataType::kEmailAddress;
  const std::size_t wanted = datum.type == DataType::kSecret         ? 0
                             : datum.type == DataType::kPersonName   ? 1
                             : datum.type == DataType::kAddress      ? std::min<std::size_t>(4, count / 2)
                             : datum.type == DataType::kEmailAddress ? 2
                             : count >= 12                           ? 4
                                                                     : 2;
  const std::size_t shown = std::min(wanted, count > 0 ? count - 1 : 0);
  std::string masked;
  for (std::size_t i = 0; i < characters.size(); ++i) {
    const bool open = i >= count || (from_front ? i < shown : i + shown >= count);
    const bool separator = characters[i] == "-" || characters[i] == " ";
    masked += open || (separator && datum.type != DataType::kSecret) ? std::string(characters[i]) : "*";
  }
  return masked;
}

}  // namespace lastlook::detect

// SPDX-License-Identifier: MPL-2.0
#include "detect/scorer.h"

#include <algorithm>

#include "detect/text_edges.h"

namespace lastlook::detect {
namespace {

// Characters around a number in which a label counts; by the judgement of a labelled set (docs of the scoring rule).
constexpr std::size_t kNear = 40;
constexpr std::size_t kBehind = 20;
constexpr std::size_t kFar = 300;
constexpr std::size_t kBankBefore = 120;
constexpr std::size_t kBankBehind = 60;
constexpr std::size_t kLongestLabel = 64;  // bytes
constexpr std::size_t kRightBeside = 8;    // characters between a number and a word that may be of something else
constexpr std::size_t kRowBytes = 160;     // from one row of a list to the next
constexpr int kSampleScore = 65;

// Numbers that are written alike, so that the label of one says it is not the other.
constexpr TypeMask kNumbers =
    MaskOf(DataType::kMyNumber) | MaskOf(DataType::kCorporateNumber) | MaskOf(DataType::kCreditCard) |
    MaskOf(DataType::kDriverLicense) | MaskOf(DataType::kPensionNumber) | MaskOf(DataType::kInsurerNumber) |
    MaskOf(DataType::kPassport) | MaskOf(DataType::kResidenceCard) | MaskOf(DataType::kBankAccount) |
    MaskOf(DataType::kUsSsn) | MaskOf(DataType::kKrRrn) | MaskOf(DataType::kCnResidentId);

bool HoldsDigits(std::string_view text, std::size_t least) {
  std::size_t run = 0;
  for (const char c : text) {
    run = IsDigit(c) ? run + 1 : 0;
    if (run >= least) {
      return true;
    }
  }
  return false;
}

}  // namespace

void Scorer::Enter(const FoldedChunk& chunk) {
  chunk_ = &chunk;
  near_labels_.Start(chunk.text());
  far_labels_.Start(chunk.text());
}

Scorer::Word Scorer::NearestBefore(const Candidate& candidate, bool* sample) {
  const std::string_view text = chunk_->text();
  const TypeMask mask = MaskOf(candidate.type);
  const bool is_phone = candidate.type == DataType::kPhoneNumber;
  const std::size_t near = CharactersBefore(text, candidate.begin, kNear);
  const std::size_t from = near > kLongestLabel ? near - kLongestLabel : 0;
  const LabelScanner::Range places = near_labels_.In(from, candidate.begin);
  bool other_type = false;
  for (auto place = places.end_; place != places.begin_;) {
    --place;
    if (place->end <= near || place->end > candidate.begin) {
      continue;
    }
    const Label& label = *place->label;
    *sample = *sample || label.sample;
    if ((label.says & mask) != 0) {
      // A label of another number stands nearer: only if both are named at once ("個人番号・免許証番号").
      return other_type ? Word::kOtherType : Word::kSays;
    }
    const std::string_view between = text.substr(place->end, candidate.begin - place->end);
    // A label on a line before that has its own value already.
    const bool taken = between.find('\n') != std::string_view::npos && HoldsDigits(between, 4);
    if (label.other_thing && !taken) {
      return Word::kOtherThing;
    }
    // "申込書では 4980 …": what stands in it, not its own number.
    const bool place_word = between.ends_with("では") || between.ends_with("では ") || between.ends_with("には") ||
                            between.ends_with("には ");
    if (label.maybe_other && !taken && !is_phone && !place_word &&
        CharactersBefore(text, candidate.begin, kRightBeside) <= place->end) {
      return Word::kOtherThing;
    }
    if (!is_phone && (label.says & kNumbers) != 0 && (mask & kNumbers) != 0 && !taken) {
      other_type = true;
    }
  }
  return other_type ? Word::kOtherType : Word::kNone;
}

bool Scorer::SaysBehind(const Candidate& candidate, bool* sample) {
  const std::string_view text = chunk_->text();
  const std::size_t to = CharactersBehind(text, candidate.end, kBehind);
  for (const LabelPlace& place : near_labels_.In(candidate.end, to)) {
    if (place.begin < candidate.end) {
      continue;
    }
    const std::string_view between = text.substr(candidate.end, place.begin - candidate.end);
    // What stands on the next line, or behind another number, belongs to that; letters and digits of a travel document
    // are rare enough for a sentence behind them.
    const bool travel = candidate.type == DataType::kPassport || candidate.type == DataType::kResidenceCard;
    if ((between.find('\n') != std::string_view::npos && !travel) || between.find(',') != std::string_view::npos ||
        HoldsDigits(between, 3)) {
      return false;
    }
    *sample = *sample || place.label->sample;
    if ((place.label->says & MaskOf(candidate.type)) != 0) {
      std::size_t at = place.end;
      while (at < text.size() && (text[at] == ' ' || text[at] == ':' || text[at] == '=')) {
        ++at;
      }
      // "電話: 03-…": the label of the next value.
      return !(at > place.end && at < text.size() && (IsWordByte(text[at]) || text[at] == '+'));
    }
  }
  return false;
}

bool Scorer::SaysFarBefore(const Candidate& candidate) {
  const std::string_view text = chunk_->text();
  const std::size_t from = CharactersBefore(text, candidate.begin, kFar);
  const LabelScanner::Range places = far_labels_.In(from, candidate.begin);
  return std::any_of(places.begin_, places.end_, [&candidate](const LabelPlace& place) {
    return (place.label->says & MaskOf(candidate.type)) != 0;
  });
}

// Rows below each other have one label above all of them: "旅券番号\n1. … TK1234567\n2. … TS7654321". For numbers whose
// letters say enough.
bool Scorer::FollowsItsLike(const Candidate& candidate) const {
  if (candidate.type != DataType::kPassport && candidate.type != DataType::kResidenceCard) {
    return false;
  }
  const std::size_t last = last_labelled_[static_cast<std::size_t>(candidate.type)];
  const std::size_t begin = chunk_->OriginalBegin(candidate.begin);
  return last != 0 && begin >= last && begin - last <= kRowBytes &&
         original_.substr(last, begin - last).find('\n') != std::string_view::npos;
}

bool Scorer::HasBankNear(const Candidate& candidate, const Table* table) {
  if (table != nullptr && table->speaks_of_banks()) {
    return true;
  }
  const std::string_view text = chunk_->text();
  const std::size_t from = CharactersBefore(text, candidate.begin, kFar);
  const std::size_t to = CharactersBehind(text, candidate.end, kBankBehind);
  const LabelScanner::Range places = far_labels_.In(from, to);
  const std::size_t near = CharactersBefore(text, candidate.begin, kBankBefore);
  return std::any_of(places.begin_, places.end_,
                     [near](const LabelPlace& place) { return place.label->bank && place.begin >= near; });
}

int Scorer::Score(const Candidate& candidate) {
  if (candidate.settled) {
    return candidate.base;
  }
  const TypeMask mask = MaskOf(candidate.type);
  Table* table = tables_->At(chunk_->OriginalBegin(candidate.begin), chunk_->OriginalEnd(candidate.end));
  const Column* column = table != nullptr ? table->ColumnAt(chunk_->OriginalBegin(candidate.begin)) : nullptr;
  if (candidate.type == DataType::kBankAccount && !HasBankNear(candidate, table)) {
    return 0;
  }
  if (column != nullptr) {
    if ((column->says & mask) != 0 || (column->holds & mask) != 0) {
      return candidate.labelled;
    }
    const bool is_number = (mask & kNumbers) != 0;
    if (column->other_thing || (column->holds_not & mask) != 0 || (is_number && column->says != 0)) {
      return 0;
    }
  }
  bool sample = false;
  int score = candidate.base;
  const Word word = NearestBefore(candidate, &sample);
  if (word == Word::kOtherThing) {
    return 0;
  }
  if (word == Word::kSays) {
    score = candidate.labelled;
  } else if (SaysBehind(candidate, &sample)) {
    score = candidate.labelled;
  } else if (word == Word::kOtherType) {
    // Named, but another number's name is nearer: not surer than without a name.
    return 0;
  } else if ((candidate.far_label && SaysFarBefore(candidate)) || FollowsItsLike(candidate)) {
    score = candidate.labelled;
  }
  if (score == candidate.labelled &&
      (candidate.type == DataType::kPassport || candidate.type == DataType::kResidenceCard)) {
    last_labelled_[static_cast<std::size_t>(candidate.type)] = chunk_->OriginalEnd(candidate.end);
  }
  return sample ? std::min(score, kSampleScore) : score;
}

}  // namespace lastlook::detect

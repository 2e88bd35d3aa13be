// SPDX-License-Identifier: MPL-2.0
// The texts in the attachments of a mail, and where in a file something stands, for people.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "conditions/condition.h"
#include "conditions/mail_view.h"
#include "mail/part_facts.h"

namespace lastlook {

// A file in an attachment, and a place in it.
struct PartPlace {
  std::string file;  // "給与.zip › 名簿.xlsx"
  TextUnit unit = TextUnit::kWhole;
  std::string sheet;
  std::uint32_t number = 0;  // of a page or slide; 0: none
  CellPlace cell;            // row 0: none
  std::uint32_t line = 0;    // 0: none
  bool hidden = false;       // somebody who opens the file does not see it
};

// "給与.zip › 名簿.xlsx › シート「原本」 C12（非表示）", in that language.
std::string DescribePlace(const PartPlace& place, std::string_view language);

// The names of the attachment and of the files in it down to that entry.
std::string FileOfEntry(std::string_view attachment, const FileFacts& entry);

struct InspectedPart {
  std::size_t index = 0;  // in Draft::attachments
  std::shared_ptr<const PartFacts> facts;
};

struct PartText {
  std::string where;     // "attachments[0].text[3]"
  std::size_t part = 0;  // in Draft::attachments
  const PartFacts* facts = nullptr;
  const FactText* fact = nullptr;
};

// The facts of all attachments that were read; made once per mail (MailView::Shared).
class InspectedParts {
 public:
  explicit InspectedParts(const MailView& mail);

  const std::vector<InspectedPart>& parts() const { return parts_; }
  const std::vector<PartText>& texts() const { return texts_; }

 private:
  std::vector<InspectedPart> parts_;
  std::vector<PartText> texts_;
};

// The texts once more, folded: for conditions that compare words.
class FoldedPartTexts {
 public:
  explicit FoldedPartTexts(const MailView& mail);
  const std::vector<FoldedNamedText>& texts() const { return texts_; }  // of each of InspectedParts::texts()

 private:
  std::vector<FoldedNamedText> texts_;
};

// Where byte `at` of that text is.
std::shared_ptr<const PartPlace> PlaceIn(const MailView& mail, const PartText& text, std::size_t at);

// The same for a text by its name ("attachments[0].text[3]") and a place in UTF-16 units; null for other texts.
std::shared_ptr<const PartPlace> PlaceIn(const MailView& mail, std::string_view where, std::size_t utf16);

}  // namespace lastlook

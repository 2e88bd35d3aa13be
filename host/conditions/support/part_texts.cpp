// SPDX-License-Identifier: MPL-2.0
#include "conditions/support/part_texts.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/localized_text.h"
#include "base/text_fold.h"

namespace lastlook {
namespace {

// What a place is called, by language. {sheet}, {number}.
struct PlaceWords {
  TextUnit unit;
  std::string_view en;
  std::string_view ja;
  std::string_view zh;
};

constexpr auto kPlaceWords = std::to_array<PlaceWords>({
    {TextUnit::kSheet, "sheet “{sheet}”", "シート「{sheet}」", "工作表“{sheet}”"},
    {TextUnit::kPage, "page {number}", "{number}ページ", "第{number}页"},
    {TextUnit::kSlide, "slide {number}", "スライド{number}", "第{number}张幻灯片"},
    {TextUnit::kNotes, "speaker notes of slide {number}", "スライド{number}のノート", "第{number}张幻灯片的备注"},
    {TextUnit::kComments, "comments", "コメント", "批注"},
    {TextUnit::kHeader, "headers, footers and footnotes", "ヘッダー・フッター・脚注", "页眉、页脚和脚注"},
    {TextUnit::kTrackedChanges, "deleted text kept by change tracking", "変更履歴に残る削除文字",
     "修订中保留的已删除文字"},
    {TextUnit::kHiddenText, "hidden text", "隠し文字", "隐藏文字"},
    {TextUnit::kPivotCache, "data kept behind a pivot table", "ピボットテーブルの元データ", "数据透视表的源数据"},
    {TextUnit::kProperties, "file properties", "ファイルのプロパティ", "文件属性"},
    {TextUnit::kSubject, "subject", "件名", "主题"},
    {TextUnit::kBody, "body", "本文", "正文"},
});

std::string_view In(std::string_view language, std::string_view en, std::string_view ja, std::string_view zh) {
  return language == "ja" ? ja : language == "zh" ? zh : en;
}

std::string Line(std::uint32_t line, std::string_view language) {
  return FillText(In(language, "line {line}", "{line}行目", "第{line}行"), {{"line", std::to_string(line)}});
}

// Units that are hidden by what they are say so in their name already.
bool SaysHidden(TextUnit unit) {
  return unit == TextUnit::kNotes || unit == TextUnit::kComments || unit == TextUnit::kTrackedChanges ||
         unit == TextUnit::kHiddenText || unit == TextUnit::kPivotCache;
}

}  // namespace

std::string DescribePlace(const PartPlace& place, std::string_view language) {
  std::string out = place.file;
  const auto words = std::find_if(kPlaceWords.begin(), kPlaceWords.end(),
                                  [&](const PlaceWords& row) { return row.unit == place.unit; });
  const auto add = [&out](std::string_view text) { out.append(out.empty() ? "" : " › ").append(text); };
  if (place.unit == TextUnit::kComments && !place.sheet.empty()) {
    add(FillText(In(language, "sheet “{sheet}”", "シート「{sheet}」", "工作表“{sheet}”"), {{"sheet", place.sheet}}));
  }
  if (words != kPlaceWords.end()) {
    add(FillText(In(language, words->en, words->ja, words->zh),
                 {{"sheet", place.sheet}, {"number", std::to_string(place.number)}}));
  } else if (place.line > 0) {
    add(Line(place.line, language));
  }
  if (place.cell.row > 0) {
    out += " " + CellName(place.cell);
  }
  if (place.hidden && !SaysHidden(place.unit)) {
    out += In(language, " (hidden)", "（非表示）", "（已隐藏）");
  }
  return out;
}

std::string FileOfEntry(std::string_view attachment, const FileFacts& entry) {
  std::string out(attachment);
  if (!entry.path.empty()) {
    out.append(out.empty() ? "" : " › ").append(entry.path);
  }
  return out;
}

InspectedParts::InspectedParts(const MailView& mail) {
  const std::shared_ptr<const PartInspection>& inspection = mail.context().parts;
  if (!inspection) {
    return;
  }
  const std::vector<Part>& attachments = mail.draft().attachments;
  for (std::size_t i = 0; i < attachments.size(); ++i) {
    std::shared_ptr<const PartFacts> facts = inspection->FactsOf(attachments[i]);
    if (facts == nullptr || facts->entries.empty()) {
      continue;
    }
    for (std::size_t t = 0; t < facts->texts.size(); ++t) {
      texts_.push_back(
          {"attachments[" + std::to_string(i) + "].text[" + std::to_string(t) + "]", i, facts.get(), &facts->texts[t]});
    }
    parts_.push_back({i, std::move(facts)});
  }
}

FoldedPartTexts::FoldedPartTexts(const MailView& mail) {
  for (const PartText& text : mail.Shared<InspectedParts>().texts()) {
    texts_.push_back({{text.where, text.fact->text, {}}, FoldText(text.fact->text)});
  }
}

std::shared_ptr<const PartPlace> PlaceIn(const MailView& mail, const PartText& text, std::size_t at) {
  const FactText& fact = *text.fact;
  PartPlace place;
  place.file = FileOfEntry(mail.draft().attachments[text.part].name, text.facts->entries[fact.entry]);
  place.unit = fact.unit;
  place.sheet = fact.name;
  place.number = fact.number;
  place.cell = CellAt(fact, at);
  place.hidden = IsHidden(fact, place.cell);
  if (fact.unit == TextUnit::kWhole) {
    const std::string_view before = std::string_view(fact.text).substr(0, at);
    place.line = static_cast<std::uint32_t>(1 + std::count(before.begin(), before.end(), '\n'));
  }
  return std::make_shared<const PartPlace>(std::move(place));
}

std::shared_ptr<const PartPlace> PlaceIn(const MailView& mail, std::string_view where, std::size_t utf16) {
  if (!where.starts_with("attachments[") || where.find("].text[") == std::string_view::npos) {
    return nullptr;
  }
  const std::vector<PartText>& texts = mail.Shared<InspectedParts>().texts();
  const auto text = std::find_if(texts.begin(), texts.end(), [where](const PartText& t) { return t.where == where; });
  return text == texts.end() ? nullptr : PlaceIn(mail, *text, Utf16Slice(text->fact->text, 0, utf16).size());
}

}  // namespace lastlook

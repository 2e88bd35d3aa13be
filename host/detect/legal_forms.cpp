// SPDX-License-Identifier: MPL-2.0
#include "detect/legal_forms.h"

#include <algorithm>
#include <array>
#include <utility>

#include "detect/name_characters.h"

namespace lastlook::detect {
namespace {

// Longer ones first where one holds the other. From the Companies Act and the acts on other legal persons (Japan), the
// Company Law (China), and the usual abbreviations of Europe and America.
constexpr std::array kForms = {
    U"株式会社",           U"有限会社",     U"合同会社",     U"合資会社",     U"合名会社",     U"相互会社",
    U"特定非営利活動法人", U"一般社団法人", U"公益社団法人", U"一般財団法人", U"公益財団法人", U"社会福祉法人",
    U"国立研究開発法人",   U"独立行政法人", U"国立大学法人", U"医療法人社団", U"医療法人財団", U"医療法人",
    U"学校法人",           U"宗教法人",     U"監査法人",     U"税理士法人",   U"弁護士法人",   U"社団法人",
    U"財団法人",           U"有限責任公司", U"股份有限公司", U"有限责任公司", U"股份公司",     U"有限公司",
    U"주식회사",           U"유한회사",
};
// Behind a name only, as words.
constexpr std::array kLatinForms = {
    U"co ltd",
    U"company limited",
    U"pte ltd",
    U"pty ltd",
    U"private limited",
    U"sdn bhd",
    U"inc",
    U"incorporated",
    U"corp",
    U"corporation",
    U"company",
    U"co",
    U"ltd",
    U"limited",
    U"llc",
    U"l l c",
    U"llp",
    U"lp",
    U"plc",
    U"kk",
    U"k k",
    U"gk",
    U"g k",
    U"gmbh",
    U"ag",
    U"sa",
    U"s a",
    U"sas",
    U"bv",
    U"b v",
    U"nv",
    U"n v",
    U"srl",
    U"s r l",
    U"spa",
    U"s p a",
    U"oy",
    U"ab",
    U"as",
    U"aps",
};
constexpr std::array kBranches = {U"本社", U"本店", U"支社", U"支店", U"営業所", U"営業部", U"事業所", U"工場"};

// "(株)" and its like, also in full-width brackets and as one character; the second is how the form is read in a text,
// where brackets are passed over.
constexpr std::pair<std::string_view, char32_t> kBracketed[] = {
    {"(株)", U'株'},   {"（株）", U'株'}, {"㈱", U'株'},     {"㍿", U'株'},     {"(有)", U'有'},
    {"（有）", U'有'}, {"㈲", U'有'},     {"(同)", U'同'},   {"（同）", U'同'}, {"(資)", U'資'},
    {"(名)", U'名'},   {"(医)", U'医'},   {"（医）", U'医'}, {"(学)", U'学'},   {"（学）", U'学'},
    {"(福)", U'福'},   {"（福）", U'福'}, {"(社)", U'社'},   {"（社）", U'社'}, {"(財)", U'財'},
    {"（財）", U'財'}, {"㈳", U'社'},     {"㈶", U'財'},     {"(주)", U'주'},   {"㈜", U'주'},
};

std::u32string CharactersOf(std::string_view text) {
  std::u32string characters;
  NameReader reader(text);
  for (NameCharacter next; reader.Next(&next);) {
    if (next.value != kNameBreak) {
      characters += next.value;
    }
  }
  return characters;
}

struct WithoutForm {
  std::u32string name;
  char32_t bracketed = 0;    // the character of "(株)"; 0 where the form is written out or missing
  std::u32string_view form;  // the form written out; "" where it is bracketed or missing
  bool in_front = false;
};

WithoutForm TakeBracketed(std::string_view name) {
  for (const auto& [written, character] : kBracketed) {
    const std::size_t at = name.find(written);
    if (at != std::string_view::npos) {
      WithoutForm out{CharactersOf(name.substr(0, at)), character, {}, at == 0};
      // In the middle: what stands behind it is a branch or a department.
      if (out.name.empty()) {
        out.name = CharactersOf(name.substr(at + written.size()));
      }
      return out;
    }
  }
  return {CharactersOf(name), 0, {}, false};
}

void TakeWrittenOut(WithoutForm* name) {
  for (const char32_t* form_text : kForms) {
    const std::u32string_view form(form_text);
    const std::size_t at = name->name.find(form);
    if (at == std::u32string::npos) {
      continue;
    }
    name->form = form;
    name->in_front = at == 0;
    if (at == 0) {
      name->name.erase(0, form.size());
    } else {
      name->name.resize(at);
    }
    return;
  }
}

void TakeLatin(std::u32string* name) {
  for (bool again = true; again;) {
    again = false;
    for (const char32_t* form_text : kLatinForms) {
      const std::u32string_view form(form_text);
      if (name->size() > form.size() + 1 && name->ends_with(form) && (*name)[name->size() - form.size() - 1] == U' ') {
        name->resize(name->size() - form.size() - 1);
        again = true;
      }
    }
  }
}

void TakeBranch(std::u32string* name, std::size_t least) {
  for (const char32_t* branch_text : kBranches) {
    const std::u32string_view branch(branch_text);
    if (name->size() >= branch.size() + least && name->ends_with(branch)) {
      name->resize(name->size() - branch.size());
      return;
    }
  }
}

// "山田商店 大阪支店" without its last word.
std::string_view WithoutBranchWord(std::string_view name) {
  const std::size_t ascii = name.rfind(' ');
  const std::size_t ideographic = name.rfind("\u3000");
  const std::size_t space = ascii == std::string_view::npos         ? ideographic
                            : ideographic == std::string_view::npos ? ascii
                                                                    : std::max(ascii, ideographic);
  if (space == std::string_view::npos || space == 0) {
    return name;
  }
  const std::u32string word = CharactersOf(name.substr(space));
  const bool is_branch = std::any_of(kBranches.begin(), kBranches.end(),
                                     [&word](const char32_t* branch) { return word.ends_with(branch); });
  return is_branch ? name.substr(0, space) : name;
}

}  // namespace

std::vector<std::u32string> NameKeys(std::string_view name, std::size_t least) {
  WithoutForm rest = TakeBracketed(WithoutBranchWord(name));
  TakeWrittenOut(&rest);
  TakeLatin(&rest.name);
  if (rest.bracketed != 0 || !rest.form.empty()) {
    TakeBranch(&rest.name, least);
  }
  if (rest.name.size() >= least) {
    return {std::move(rest.name)};
  }
  if (rest.name.empty() || (rest.bracketed == 0 && rest.form.empty())) {
    return {};
  }
  const auto with = [&rest](std::u32string_view form) {
    return rest.in_front ? std::u32string(form) + rest.name : rest.name + std::u32string(form);
  };
  std::vector<std::u32string> keys;
  const bool is_company = rest.bracketed == U'株' || rest.form == U"株式会社";
  if (rest.bracketed != 0) {
    keys.push_back(with(std::u32string_view(&rest.bracketed, 1)));
  } else {
    keys.push_back(with(rest.form));
  }
  if (is_company) {
    keys.push_back(rest.bracketed != 0 ? with(U"株式会社") : with(U"株"));
  }
  return keys;
}

}  // namespace lastlook::detect

// SPDX-License-Identifier: MPL-2.0
#include "policy/settings.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "base/text_fold.h"
#include "policy/object_reader.h"
#include "policy/suggestion.h"

namespace lastlook {
namespace {

using Kind = SettingRow::Kind;

constexpr std::size_t kMostCharacters = 1000;  // of a text: it stands on top of a window

template <auto member>
Json Get(const Settings& settings) {
  return settings.*member;
}

template <auto member>
void Set(Settings* settings, const Json& value) {
  value.get_to(settings->*member);
}

template <auto member>
Json GetTexts(const Settings& settings) {
  const auto& texts = (settings.*member).by_language();
  return texts.empty() ? Json::object() : Json(texts);
}

// {"ja": "…", "en": "…"}; keys that begin with "x-" are for tools.
LocalizedText TextsFromJson(const Json& value) {
  std::map<std::string, std::string> texts;
  for (const auto& [language, text] : value.items()) {
    if (!language.starts_with("x-")) {
      texts[language] = text.get<std::string>();
    }
  }
  return LocalizedText(std::move(texts));
}

template <auto member>
void SetTexts(Settings* settings, const Json& value) {
  settings->*member = TextsFromJson(value);
}

template <auto member>
SettingRow Row(std::string_view key, Kind kind, Tightening tightening) {
  return {key, kind, tightening, 0, 0, {}, &Get<member>, &Set<member>};
}

template <auto member>
SettingRow Whole(std::string_view key, std::int64_t least, std::int64_t most,
                 Tightening tightening = Tightening::kHigher) {
  SettingRow row = Row<member>(key, Kind::kWhole, tightening);
  row.least = least;
  row.most = most;
  return row;
}

template <auto member>
SettingRow OneOf(std::string_view key, Tightening tightening, std::vector<std::string> values) {
  SettingRow row = Row<member>(key, Kind::kOneOf, tightening);
  row.values = std::move(values);
  return row;
}

template <auto member>
SettingRow Texts(std::string_view key) {
  return {key, Kind::kTexts, Tightening::kNone, 0, 0, {}, &GetTexts<member>, &SetTexts<member>};
}

std::size_t Characters(std::string_view utf8) {
  return static_cast<std::size_t>(
      std::count_if(utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

Result<void> CheckTexts(const Json& value) {
  ObjectReader reader(value, {"ja", "en", "zh"}, EmptyObject::kAllowed);
  for (const char* language : {"ja", "en", "zh"}) {
    const auto text = reader.String(language);
    if (text && TrimSpace(Fold(*text)).empty()) {
      reader.Refuse(language, std::string("the text in \"") + language + "\" is empty", "write it, or leave it out");
    } else if (text && Characters(*text) > kMostCharacters) {
      reader.Refuse(language, "this text has more than " + std::to_string(kMostCharacters) + " characters",
                    "keep it short: it stands on top of the window");
    }
  }
  return reader.error() ? Result<void>(*reader.error()) : Result<void>();
}

}  // namespace

std::span<const SettingRow> SettingRows() {
  static const std::array kRows = {
      OneOf<&Settings::confirm_ticks>("confirm.ticks", Tightening::kHigher, {"none", "outside", "all"}),
      Row<&Settings::confirm_tick_sender>("confirm.tick_sender", Kind::kBoolean, Tightening::kHigher),
      Row<&Settings::confirm_tick_subject>("confirm.tick_subject", Kind::kBoolean, Tightening::kHigher),
      Row<&Settings::confirm_tick_body>("confirm.tick_body", Kind::kBoolean, Tightening::kHigher),
      Row<&Settings::confirm_tick_attachments>("confirm.tick_attachments", Kind::kBoolean, Tightening::kHigher),
      Row<&Settings::confirm_tick_all>("confirm.tick_all", Kind::kBoolean, Tightening::kLower),
      Whole<&Settings::confirm_countdown_seconds>("confirm.countdown_seconds", 0, 60),
      // What the organisation says, and whose numbers its mails hold, is the organisation's to decide.
      Texts<&Settings::confirm_top_message>("confirm.top_message"),
      OneOf<&Settings::phone_region>("phone.region", Tightening::kNone, {"any", "JP", "CN", "KR", "US", "GB"}),
      Whole<&Settings::hold_minutes>("hold.minutes", 0, 1440),
      Whole<&Settings::hold_countdown_seconds>("hold.countdown_seconds", 0, 3600, Tightening::kNone),
      OneOf<&Settings::history_silence>("history.silence", Tightening::kHigher, {"allow", "forbid"}),
      // What is recorded is the organisation's to decide.
      OneOf<&Settings::decisions_recipients>("decisions.recipients", Tightening::kNone,
                                             {"none", "count", "domain", "hmac", "clear"}),
      OneOf<&Settings::decisions_on_failure>("decisions.on_failure", Tightening::kNone, {"send", "stop"}),
      Whole<&Settings::decisions_retention_days>("decisions.retention_days", 0, 36500, Tightening::kNone),
      Whole<&Settings::store_megabytes>("store.megabytes", 1, 65536, Tightening::kNone),
  };
  return kRows;
}

const SettingRow* FindSetting(std::string_view key) {
  const auto rows = SettingRows();
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const SettingRow& row) { return row.key == key; });
  return found == rows.end() ? nullptr : &*found;
}

Result<void> CheckSetting(const SettingRow& row, const Json& value) {
  const std::string key(row.key);
  switch (row.kind) {
    case Kind::kBoolean:
      return value.is_boolean() ? Result<void>()
                                : PolicyError("\"" + key + "\" is " + JsonTypeName(value), "write true or false");
    case Kind::kWhole: {
      const std::string range =
          "write a whole number from " + std::to_string(row.least) + " to " + std::to_string(row.most);
      if (!value.is_number_integer() || (value.is_number_unsigned() && value.get<std::uint64_t>() > INT64_MAX)) {
        return PolicyError("\"" + key + "\" is " + JsonTypeName(value) + " that does not fit", range);
      }
      const auto number = value.get<std::int64_t>();
      return number >= row.least && number <= row.most
                 ? Result<void>()
                 : PolicyError("\"" + key + "\" is " + std::to_string(number), range);
    }
    case Kind::kTexts:
      return CheckTexts(value);
    case Kind::kOneOf:
      break;
  }
  if (!value.is_string()) {
    return PolicyError("\"" + key + "\" is " + JsonTypeName(value), "write a string");
  }
  const auto text = value.get<std::string>();
  return std::find(row.values.begin(), row.values.end(), text) != row.values.end()
             ? Result<void>()
             : PolicyError("\"" + text + "\" is no value of \"" + key + "\"", SuggestName(text, row.values));
}

bool IsAtLeastAsStrict(const SettingRow& row, const Json& from, const Json& to) {
  if (row.tightening == Tightening::kNone) {
    return from == to;
  }
  if (row.kind == Kind::kOneOf) {
    const auto rank = [&](const Json& value) {
      return std::find(row.values.begin(), row.values.end(), value.get<std::string>());
    };
    return rank(to) >= rank(from);
  }
  if (row.tightening == Tightening::kLower) {
    return !to.get<bool>() || from.get<bool>();
  }
  return row.kind == Kind::kBoolean ? to.get<bool>() || !from.get<bool>()
                                    : to.get<std::int64_t>() >= from.get<std::int64_t>();
}

}  // namespace lastlook

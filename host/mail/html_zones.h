// SPDX-License-Identifier: MPL-2.0
// Elements by which mail programs mark quotes and signatures. Private to this folder.
#pragma once

#include <optional>
#include <string_view>

#include "mail/text_zones.h"

namespace lastlook::html {

// The attributes of an element that can say so, as written; empty where absent.
struct ZoneAttributes {
  std::string_view id;
  std::string_view class_names;
  std::string_view smartmail;  // data-smartmail
  bool moz_quote = false;      // _moz_quote, whatever its value
};

// The attribute's place in `attributes`, or null: for readers that meet attributes one by one.
std::string_view* FindZoneAttribute(ZoneAttributes* attributes, std::string_view lower_case_name);

// Nothing where the element says nothing.
std::optional<TextZone> ZoneOfElement(std::string_view lower_case_tag_name, const ZoneAttributes& attributes);

}  // namespace lastlook::html

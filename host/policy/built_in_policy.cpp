// SPDX-License-Identifier: MPL-2.0
#include "policy/built_in_policy.h"

#include <string>
#include <string_view>

#include "recommended_policy.h"

namespace lastlook {
namespace {

std::shared_ptr<const PolicySource> BuiltIn(std::string_view text) {
  return std::make_shared<const PolicySource>(PolicySource{PolicyLayer::kBuiltIn, "built-in", std::string(text)});
}

}  // namespace

std::shared_ptr<const PolicySource> BuiltInPolicy() {
  return BuiltIn(generated::k_recommended_policy);
}

std::shared_ptr<const PolicySource> FallbackPolicy() {
  return BuiltIn(R"({"schema": 1, "policy": {"id": "fallback"}, "rules": [{"id": "fallback.external", "mode": "confirm",
    "if": {"recipients": {"not_in": "internal"}},
    "message": {"en": "The organisation's policy could not be read, so every outside mail is confirmed.",
                "ja": "組織のポリシーを読み込めなかったため、社外宛のメールはすべて確認します。",
                "zh": "无法读取组织的策略，因此所有外发邮件都需要确认。"}}]})");
}

}  // namespace lastlook

// SPDX-License-Identifier: MPL-2.0
#include "wire/warm_up.h"

#include "conditions/context_json.h"
#include "engine/evaluate.h"
#include "mail/draft_json.h"

namespace lastlook {
namespace {

// Touches what real mails touch: full-width text, an international domain, an encoded name, HTML with a link, a list,
// an attachment with bytes.
constexpr std::string_view kMail = R"({
  "from": "山田 <yamada@例え.example>", "to": ["=?UTF-8?B?5LyK6Jek?= <ito@example.com>", "営業部"],
  "cc": "Ｓｕｚｕｋｉ <suzuki@example.co.jp>", "subject": "見積書　ＦＡＸ ①",
  "body": {"text": "添付します。", "html": "<p>添付します。<a href=\"https://example.com/\">こちら</a></p>"},
  "attachments": [{"id": "1", "name": "見積.txt", "type": "text/plain", "content": "bGFzdGxvb2s="}]
})";
constexpr std::string_view kContext = R"({
  "now": "2026-01-05T09:00:00+09:00", "identities": [{"address": "yamada@example.com", "name": "山田"}],
  "lists": [{"name": "営業部", "members": ["a@example.com"]}]
})";

}  // namespace

void WarmUp(const PreparedPolicy& policy) {
  const Result<Json> mail_json = ParseJson(kMail);
  const Result<Json> context_json = ParseJson(kContext);
  if (!mail_json.ok() || !context_json.ok()) {
    return;
  }
  const Result<Draft> draft = DraftFromJson(*mail_json);
  const Result<Context> context = ContextFromJson(*context_json);
  if (draft.ok() && context.ok()) {
    VerdictJson(Evaluate(policy, *draft, *context, "ja"));
  }
}

}  // namespace lastlook

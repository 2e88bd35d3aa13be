// SPDX-License-Identifier: MPL-2.0
#include "store/sealed_items.h"

#include <utility>

namespace lastlook {
namespace {

// What is sealed is bound to its table and its name: rows cannot be exchanged.
std::string Purpose(const char* table, const std::string& name) {
  return std::string(table) + '\0' + name;
}

Result<std::string> Open(const StoreKeys& keys, std::string_view sealed, const char* table, const std::string& name) {
  Result<std::string> content = keys.sealer().Open(sealed, Purpose(table, name));
  if (!content) {
    return StoreError("", "\"" + name + "\" was stored under another key, or was changed", "bring the old key back");
  }
  return content;
}

bool Removed(Connection& connection, const char* sql, const std::string& name) {
  Query(connection, sql, name).Run();
  return connection.database().getChanges() > 0;
}

}  // namespace

Result<void> SealedItems::Put(const PendingMail& mail) {
  return store_.RunKeyed([&](Connection& connection, const StoreKeys& keys) -> Result<void> {
    Query(connection, "INSERT OR REPLACE INTO pending_mails (name, due_at, after_mail, sealed) VALUES (?, ?, ?, ?)",
          mail.name, mail.due_at, mail.after_mail,
          Blob{keys.sealer().Seal(mail.content, Purpose("pending_mails", mail.name))})
        .Run();
    return {};
  });
}

Result<std::vector<PendingMail>> SealedItems::PendingMails() {
  return store_.RunKeyed([](Connection& connection, const StoreKeys& keys) -> Result<std::vector<PendingMail>> {
    std::vector<PendingMail> out;
    Query rows(connection, "SELECT name, due_at, after_mail, sealed FROM pending_mails ORDER BY due_at, id");
    while (rows.Step()) {
      Result<std::string> content = Open(keys, rows.Bytes(3), "pending_mails", rows.Text(0));
      if (!content) {
        return std::move(content).error();
      }
      out.push_back({rows.Text(0), rows.Whole(1), rows.Text(2), *std::move(content)});
    }
    return out;
  });
}

Result<bool> SealedItems::RemovePendingMail(const std::string& name) {
  return store_.Run([&](Connection& connection, const StoreKeys&) -> Result<bool> {
    return Removed(connection, "DELETE FROM pending_mails WHERE name = ?", name);
  });
}

Result<void> SealedItems::Put(const Secret& secret) {
  return store_.RunKeyed([&](Connection& connection, const StoreKeys& keys) -> Result<void> {
    Query(connection, "INSERT OR REPLACE INTO secrets (name, made_at, sealed) VALUES (?, ?, ?)", secret.name,
          secret.made_at, Blob{keys.sealer().Seal(secret.content, Purpose("secrets", secret.name))})
        .Run();
    return {};
  });
}

Result<std::optional<Secret>> SealedItems::FindSecret(const std::string& name) {
  return store_.RunKeyed([&](Connection& connection, const StoreKeys& keys) -> Result<std::optional<Secret>> {
    Query row(connection, "SELECT made_at, sealed FROM secrets WHERE name = ?", name);
    if (!row.Step()) {
      return std::optional<Secret>();
    }
    Result<std::string> content = Open(keys, row.Bytes(1), "secrets", name);
    if (!content) {
      return std::move(content).error();
    }
    return std::optional<Secret>(Secret{name, row.Whole(0), *std::move(content)});
  });
}

Result<bool> SealedItems::RemoveSecret(const std::string& name) {
  return store_.Run([&](Connection& connection, const StoreKeys&) -> Result<bool> {
    return Removed(connection, "DELETE FROM secrets WHERE name = ?", name);
  });
}

}  // namespace lastlook

// SPDX-License-Identifier: MPL-2.0
#include "key_program/key_program.h"

#include <libsecret/secret.h>
#include <unistd.h>

#include <array>
#include <memory>
#include <string_view>

namespace lastlook {
namespace {

constexpr int kDone = 0;
constexpr int kNone = 1;
constexpr int kLocked = 2;
constexpr int kNoService = 3;
constexpr int kWrongUse = 64;  // sysexits.h

// A key store that does not answer within this time is none. Whoever asked has gone on long before.
constexpr unsigned kSeconds = 15;
constexpr std::size_t kDigits = 64;

const SecretSchema* Schema() {
  static const SecretSchema kSchema = {"example.lastlook.StoreKey",
                                       SECRET_SCHEMA_NONE,
                                       {{"application", SECRET_SCHEMA_ATTRIBUTE_STRING},
                                        {"store", SECRET_SCHEMA_ATTRIBUTE_STRING},
                                        {nullptr, SECRET_SCHEMA_ATTRIBUTE_STRING}},
                                       0,
                                       nullptr,
                                       nullptr,
                                       nullptr,
                                       nullptr,
                                       nullptr,
                                       nullptr,
                                       nullptr};
  return &kSchema;
}

struct Unref {
  void operator()(gpointer object) const { g_object_unref(object); }
};
template <typename T>
using Object = std::unique_ptr<T, Unref>;

using Attributes = std::unique_ptr<GHashTable, void (*)(GHashTable*)>;

Attributes AttributesOf(const std::string& id) {
  return {secret_attributes_build(Schema(), "application", "lastlook", "store", id.c_str(), nullptr),
          &g_hash_table_unref};
}

// The first item of that name; null with the status when there is none that is open.
Object<SecretItem> Find(SecretService* service, const std::string& id, int* status) {
  GError* problem = nullptr;
  GList* items =
      secret_service_search_sync(service, Schema(), AttributesOf(id).get(), SECRET_SEARCH_ALL, nullptr, &problem);
  *status = problem != nullptr ? kNoService : kNone;
  g_clear_error(&problem);
  Object<SecretItem> found;
  for (GList* next = items; next != nullptr; next = next->next) {
    auto* item = static_cast<SecretItem*>(next->data);
    if (secret_item_get_locked(item)) {
      *status = kLocked;
    } else if (found == nullptr) {
      found.reset(static_cast<SecretItem*>(g_object_ref(item)));
    }
  }
  g_list_free_full(items, &g_object_unref);
  if (found != nullptr) {
    *status = kDone;
  }
  return found;
}

// The collection that new secrets go to; null with the status when it is locked, or when there is none, which only a
// window could make.
Object<SecretCollection> OpenCollection(SecretService* service, int* status) {
  GError* problem = nullptr;
  Object<SecretCollection> collection(
      secret_collection_for_alias_sync(service, SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE, nullptr, &problem));
  *status = problem != nullptr ? kNoService : kLocked;
  g_clear_error(&problem);
  if (collection == nullptr || secret_collection_get_locked(collection.get())) {
    return nullptr;
  }
  *status = kDone;
  return collection;
}

int Get(SecretService* service, const std::string& id) {
  int status = kNone;
  const Object<SecretItem> item = Find(service, id, &status);
  if (item == nullptr) {
    // Nothing is found in a key store that is shut, or that has lost its way: only an open one can say "none".
    if (status == kNone) {
      (void)OpenCollection(service, &status);
      status = status == kDone ? kNone : status;
    }
    return status;
  }
  if (secret_item_load_secret_sync(item.get(), nullptr, nullptr) == FALSE) {
    return kNoService;
  }
  SecretValue* value = secret_item_get_secret(item.get());
  gsize size = 0;
  const gchar* bytes = value == nullptr ? nullptr : secret_value_get(value, &size);
  const bool written = bytes != nullptr && write(STDOUT_FILENO, bytes, size) == static_cast<ssize_t>(size);
  if (value != nullptr) {
    secret_value_unref(value);
  }
  return written ? kDone : kNoService;
}

int Put(SecretService* service, const std::string& id) {
  std::array<char, kDigits> digits{};
  std::size_t size = 0;
  for (ssize_t got = 1; size < digits.size() && got > 0; size += got > 0 ? static_cast<std::size_t>(got) : 0) {
    got = read(STDIN_FILENO, digits.data() + size, digits.size() - size);
  }
  if (size != digits.size()) {
    return kWrongUse;
  }
  int status = kDone;
  const Object<SecretCollection> collection = OpenCollection(service, &status);
  if (collection == nullptr) {
    return status;
  }
  SecretValue* value = secret_value_new(digits.data(), static_cast<gssize>(digits.size()), "text/plain");
  const Object<SecretItem> item(secret_item_create_sync(collection.get(), Schema(), AttributesOf(id).get(),
                                                        "Lastlook: key of the mail history", value,
                                                        SECRET_ITEM_CREATE_REPLACE, nullptr, nullptr));
  secret_value_unref(value);
  return item != nullptr ? kDone : kNoService;
}

int Remove(SecretService* service, const std::string& id) {
  int status = kNone;
  const Object<SecretItem> item = Find(service, id, &status);
  if (item == nullptr) {
    return status;
  }
  return secret_item_delete_sync(item.get(), nullptr, nullptr) != FALSE ? kDone : kNoService;
}

}  // namespace

int RunKeyProgram(const std::vector<std::string>& arguments) {
  if (arguments.size() != 2 || arguments[1].empty()) {
    return kWrongUse;
  }
  alarm(kSeconds);
  const Object<SecretService> service(secret_service_get_sync(SECRET_SERVICE_OPEN_SESSION, nullptr, nullptr));
  if (service == nullptr) {
    return kNoService;
  }
  const std::string& what = arguments[0];
  return what == "get"      ? Get(service.get(), arguments[1])
         : what == "put"    ? Put(service.get(), arguments[1])
         : what == "remove" ? Remove(service.get(), arguments[1])
                            : kWrongUse;
}

}  // namespace lastlook

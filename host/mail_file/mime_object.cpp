// SPDX-License-Identifier: MPL-2.0
#include "mail_file/mime_object.h"

#include "base/text_fold.h"

namespace lastlook {
namespace {

std::string BytesOf(GMimeStream* memory) {
  const GByteArray* bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(memory));
  return std::string(reinterpret_cast<const char*>(bytes->data), bytes->len);
}

}  // namespace

std::string_view RawHeader(GMimeObject* object, const char* name) {
  GMimeHeader* header = g_mime_header_list_get_header(g_mime_object_get_header_list(object), name);
  const char* raw = header != nullptr ? g_mime_header_get_raw_value(header) : nullptr;
  return raw != nullptr ? std::string_view(raw) : std::string_view();
}

std::string ContentTypeOf(GMimeObject* object) {
  GMimeContentType* type = g_mime_object_get_content_type(object);
  if (type == nullptr || g_mime_content_type_get_media_type(type) == nullptr ||
      g_mime_content_type_get_media_subtype(type) == nullptr) {
    return {};
  }
  std::string name = AsciiLower(std::string(g_mime_content_type_get_media_type(type)) + "/" +
                                g_mime_content_type_get_media_subtype(type));
  return IsAscii(name) ? name : std::string();  // RFC 2045 section 5.1: tokens are ASCII
}

std::string DecodedContent(GMimePart* part) {
  GMimeDataWrapper* content = g_mime_part_get_content(part);
  if (content == nullptr) {
    return {};
  }
  const MimeRef<GMimeStream> memory(g_mime_stream_mem_new());
  g_mime_data_wrapper_write_to_stream(content, memory.get());
  return BytesOf(memory.get());
}

std::string MessageBytes(GMimeMessage* message) {
  const MimeRef<GMimeStream> memory(g_mime_stream_mem_new());
  g_mime_object_write_to_stream(GMIME_OBJECT(message), nullptr, memory.get());
  return BytesOf(memory.get());
}

}  // namespace lastlook

// SPDX-License-Identifier: MPL-2.0
// GMime objects as C++ values. Private to this folder.
#pragma once

#include <gmime/gmime.h>

#include <memory>
#include <string>
#include <string_view>

namespace lastlook {

struct Unref {
  template <typename T>
  void operator()(T* object) const {
    g_object_unref(object);
  }
};
template <typename T>
using MimeRef = std::unique_ptr<T, Unref>;

// The raw value of the first field of this name; "" if there is none.
std::string_view RawHeader(GMimeObject* object, const char* name);

// "text/plain", in lower case; "" if there is none.
std::string ContentTypeOf(GMimeObject* object);

// The decoded bytes of a leaf.
std::string DecodedContent(GMimePart* part);

// A whole message as it would stand in a file.
std::string MessageBytes(GMimeMessage* message);

}  // namespace lastlook

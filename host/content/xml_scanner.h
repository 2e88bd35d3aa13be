// SPDX-License-Identifier: MPL-2.0
// The tags and texts of an XML document, one after the other, in linear time and without building anything. Expat and
// pugixml take five to eight times as long over a sheet of 25 MB, and what makes XML dangerous is what this does not
// do: a document type declaration is skipped, so an entity of its own stands there as written and never grows.
// What is not well-formed is read as far as it makes sense. Private to this folder.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace lastlook::content {

class XmlScanner {
 public:
  enum class Event { kOpen, kClose, kText, kEnd };

  // `xml` is UTF-8 and outlives this.
  explicit XmlScanner(std::string_view xml) : xml_(xml) {}

  // <a/> gives kOpen and then kClose.
  Event Next();

  // Of kOpen and kClose: without its prefix.
  std::string_view name() const { return name_; }
  // Of kOpen: the first attribute of that local name, as written; "" where there is none.
  std::string_view RawAttribute(std::string_view local_name) const;
  std::string Attribute(std::string_view local_name) const;
  // Of every prefix.
  std::vector<std::string> Attributes(std::string_view local_name) const;
  // Of kText.
  void AppendText(std::string* out) const;

 private:
  // From `*at` on; moves it behind the attribute. False when there is none.
  bool FindAttribute(std::string_view local_name, std::size_t* at, std::string_view* value) const;
  std::size_t EndOfTag(std::size_t at);

  std::string_view xml_;
  std::size_t at_ = 0;
  std::string_view name_;
  std::string_view attributes_;
  std::string_view text_;
  bool text_is_raw_ = false;  // CDATA
  bool closes_ = false;       // behind <a/>
  bool no_more_double_ = false;
  bool no_more_single_ = false;
};

// With the five entities of XML and character references replaced (XML 1.0 section 4.1); others stay.
void AppendXmlText(std::string_view raw, std::string* out);

// A part of a package as UTF-8: some are UTF-16.
std::string XmlAsUtf8(const std::string& bytes);

}  // namespace lastlook::content

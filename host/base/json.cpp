// SPDX-License-Identifier: MPL-2.0
#include "base/json.h"

#include <cstdint>
#include <cstring>
#include <iterator>
#include <utility>
#include <vector>

#include "base/json_writer.h"
#include "base/text_fold.h"

namespace lastlook {
namespace {

// Forward iterator over the text that lets the handler see how far the lexer has read: nlohmann's SAX events carry no
// place.
class CountingIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  CountingIterator(const char* at, const char* begin, std::size_t* read) : at_(at), begin_(begin), read_(read) {}
  reference operator*() const { return *at_; }
  CountingIterator& operator++() {
    ++at_;
    *read_ = static_cast<std::size_t>(at_ - begin_);
    return *this;
  }
  CountingIterator operator++(int) {
    CountingIterator before = *this;
    ++*this;
    return before;
  }
  bool operator==(const CountingIterator& other) const { return at_ == other.at_; }
  bool operator!=(const CountingIterator& other) const { return at_ != other.at_; }

 private:
  const char* at_;
  const char* begin_;
  std::size_t* read_;
};

SourcePlace PlaceOf(std::string_view text, std::size_t offset) {
  SourcePlace place;
  place.line = 1;
  place.column = 1;
  for (std::size_t i = 0; i < offset && i < text.size(); ++i) {
    if (text[i] == '\n') {
      ++place.line;
      place.column = 1;
    } else if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U) {
      ++place.column;  // continuation bytes of UTF-8 do not begin a character
    }
  }
  return place;
}

std::size_t SkipSpaceAndComments(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    const char c = text[at];
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == ',' || c == ':') {
      ++at;
    } else if (c == '/' && at + 1 < text.size() && text[at + 1] == '/') {
      at = std::min(text.find('\n', at), text.size());
    } else if (c == '/' && at + 1 < text.size() && text[at + 1] == '*') {
      const std::size_t end = text.find("*/", at + 2);
      at = end == std::string_view::npos ? text.size() : end + 2;
    } else {
      break;
    }
  }
  return at;
}

// Knows where the present token begins.
class TokenPlaces : public nlohmann::json_sax<Json> {
 public:
  // `read`: how far the lexer has read (CountingIterator); null where nobody asks for places.
  TokenPlaces(std::string_view text, const std::size_t* read) : text_(text), read_(read) {}
  bool binary(binary_t& /*value*/) override { return false; }  // not in JSON text

 protected:
  void NextToken() {
    if (read_ != nullptr) {
      token_ = SkipSpaceAndComments(text_, end_);
      end_ = *read_;
    }
  }
  void EndToken() {
    if (read_ != nullptr) {
      end_ = *read_;
    }
  }
  std::size_t token() const { return token_; }
  std::string_view text() const { return text_; }

 private:
  std::string_view text_;
  const std::size_t* read_;
  std::size_t token_ = 0;  // where the present token begins
  std::size_t end_ = 0;    // up to where the lexer had read after the former token
};

// Builds the value, refuses duplicate keys and depth.
class StrictReader : public TokenPlaces {
 public:
  StrictReader(std::string_view text, const JsonLimits& limits, const std::size_t* read)
      : TokenPlaces(text, read), limits_(limits) {}

  bool null() override { return Add(nullptr); }
  bool boolean(bool value) override { return Add(value); }
  bool number_integer(number_integer_t value) override { return Add(value); }
  bool number_unsigned(number_unsigned_t value) override { return Add(value); }
  bool number_float(number_float_t value, const string_t& /*text*/) override { return Add(value); }
  bool string(string_t& value) override { return Add(std::move(value)); }

  bool start_object(std::size_t /*size*/) override { return Open(Json::value_t::object); }
  bool start_array(std::size_t /*size*/) override { return Open(Json::value_t::array); }
  bool end_object() override { return Close(); }
  bool end_array() override { return Close(); }

  bool key(string_t& name) override {
    NextToken();
    auto [member, added] = open_.back()->get_ref<Json::object_t&>().emplace(name, nullptr);
    if (!added) {
      return Refuse("the key \"" + name + "\" stands twice in one object", "keep one of the two", token());
    }
    slot_ = &member->second;
    return true;
  }

  bool parse_error(std::size_t position, const std::string& /*last_token*/,
                   const nlohmann::detail::exception& problem) override {
    if (error_.message.empty()) {
      std::string what = problem.what();
      // "[json.exception.parse_error.101] parse error at line 1, column 2: …": the place is told apart from the words.
      const std::size_t colon = what.find(": ");
      what = colon == std::string::npos ? what : what.substr(colon + 2);
      Refuse("this is not valid JSON: " + what, "see the named place", position > 0 ? position - 1 : 0);
    }
    return false;
  }

  Json TakeRoot() { return std::move(root_); }
  Error TakeError() { return std::move(error_); }

 private:
  template <typename Value>
  bool Add(Value&& value) {
    NextToken();
    Place(Json(std::forward<Value>(value)));
    return true;
  }

  bool Open(Json::value_t type) {
    NextToken();
    if (static_cast<int>(open_.size()) >= limits_.max_depth) {
      return Refuse("the JSON is nested deeper than " + std::to_string(limits_.max_depth) + " levels",
                    "make it flatter", token());
    }
    open_.push_back(Place(Json(type)));
    return true;
  }

  bool Close() {
    open_.pop_back();
    EndToken();
    return true;
  }

  // Puts the value where the text says and returns its final place.
  Json* Place(Json value) {
    if (open_.empty()) {
      root_ = std::move(value);
      return &root_;
    }
    if (open_.back()->is_array()) {
      open_.back()->push_back(std::move(value));
      return &open_.back()->back();
    }
    *slot_ = std::move(value);
    return slot_;
  }

  bool Refuse(std::string message, std::string remedy, std::size_t offset) {
    error_ = Error{ErrorCode::kParseError, std::move(message), std::move(remedy), "", PlaceOf(text(), offset)};
    return false;
  }

  JsonLimits limits_;
  Json root_;
  std::vector<Json*> open_;
  Json* slot_ = nullptr;
  Error error_;
};

// Finds the place of one pointer in text that was read before.
class Locator : public TokenPlaces {
 public:
  Locator(std::string_view text, std::string_view pointer, const std::size_t* read)
      : TokenPlaces(text, read), pointer_(pointer) {}

  bool null() override { return Value(); }
  bool boolean(bool /*value*/) override { return Value(); }
  bool number_integer(number_integer_t /*value*/) override { return Value(); }
  bool number_unsigned(number_unsigned_t /*value*/) override { return Value(); }
  bool number_float(number_float_t /*value*/, const string_t& /*text*/) override { return Value(); }
  bool string(string_t& /*value*/) override { return Value(); }
  bool start_object(std::size_t /*size*/) override { return Open(false); }
  bool start_array(std::size_t /*size*/) override { return Open(true); }
  bool end_object() override { return Close(); }
  bool end_array() override { return Close(); }
  bool key(string_t& name) override {
    NextToken();
    member_ = PointerStep(name);
    if (Matches(path_ + member_)) {
      found_ = token();
    }
    return true;
  }
  bool parse_error(std::size_t /*position*/, const std::string& /*last_token*/,
                   const nlohmann::detail::exception& /*problem*/) override {
    return false;
  }

  std::size_t found() const { return found_; }

 private:
  struct Level {
    bool is_array;
    std::size_t next_index;
    std::size_t path_size;  // of path_ before this level's own step was added
  };

  // True if `path` is the pointer or one of its parents, and names more of it than what was found so far.
  bool Matches(const std::string& path) {
    const bool on_the_way =
        pointer_.substr(0, path.size()) == path && (pointer_.size() == path.size() || pointer_[path.size()] == '/');
    if (!on_the_way || path.size() < found_size_) {
      return false;
    }
    found_size_ = path.size();
    return true;
  }

  std::string Step() {
    if (!levels_.empty() && levels_.back().is_array) {
      std::string step = PointerStep(levels_.back().next_index++);
      if (Matches(path_ + step)) {
        found_ = token();
      }
      return step;
    }
    return std::exchange(member_, "");  // a member was already placed at its key
  }

  bool Value() {
    NextToken();
    Step();
    return true;
  }
  bool Open(bool is_array) {
    NextToken();
    const std::size_t size = path_.size();
    path_ += Step();
    levels_.push_back({is_array, 0, size});
    return true;
  }
  bool Close() {
    path_.resize(levels_.back().path_size);
    levels_.pop_back();
    EndToken();
    return true;
  }

  std::string_view pointer_;
  std::string path_;
  std::string member_;
  std::vector<Level> levels_;
  std::size_t found_ = 0;
  std::size_t found_size_ = 0;
};

// Runs one SAX handler over the text.
template <typename Handler>
bool Read(std::string_view text, bool allow_comments, std::size_t* read, Handler* handler) {
  const char* begin = text.data();
  return Json::sax_parse(CountingIterator(begin, begin, read), CountingIterator(begin + text.size(), begin, read),
                         handler, Json::input_format_t::json, true, allow_comments);
}

// How many bytes of `text` from `at` on are ASCII that stands in a JSON string as it is. Eight at a time: nearly all of
// what is written is addresses.
std::size_t PlainRun(std::string_view text, std::size_t at) {
  constexpr std::uint64_t kOnes = 0x0101010101010101U;
  constexpr std::uint64_t kHighs = 0x8080808080808080U;
  const std::size_t begin = at;
  for (; at + 8 <= text.size(); at += 8) {
    std::uint64_t block = 0;
    std::memcpy(&block, text.data() + at, 8);
    const std::uint64_t quote = block ^ (kOnes * '"');
    const std::uint64_t backslash = block ^ (kOnes * '\\');
    // Among ASCII, a byte is below n exactly where subtracting n sets its high bit.
    const std::uint64_t special = block | (block - kOnes * 0x20) | (quote - kOnes) | (backslash - kOnes);
    if ((special & kHighs) != 0) {
      break;
    }
  }
  while (at < text.size()) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x20 || byte >= 0x80 || byte == '"' || byte == '\\') {
      break;
    }
    ++at;
  }
  return at - begin;
}

template <typename AnyJson>
void WriteWithLibrary(const AnyJson& json, std::string* out) {
  *out += json.dump(-1, ' ', false, AnyJson::error_handler_t::replace);
}

// A byte below 0x80 that is not plain (RFC 8259 section 7).
void WriteEscaped(char c, std::string* out) {
  constexpr std::string_view kShort = "\"\"\\\\\bb\ff\nn\rr\tt";  // pairs: the byte, the letter behind the backslash
  for (std::size_t i = 0; i < kShort.size(); i += 2) {
    if (kShort[i] == c) {
      *out += '\\';
      *out += kShort[i + 1];
      return;
    }
  }
  constexpr std::string_view kDigits = "0123456789abcdef";
  *out += "\\u00";
  *out += kDigits[static_cast<unsigned char>(c) >> 4U];
  *out += kDigits[static_cast<unsigned char>(c) & 0xFU];
}

// What dump() writes, in a fraction of its time: it decodes every string byte by byte.
template <typename AnyJson>
void Write(const AnyJson& json, std::string* out) {
  const char* separator = "";
  switch (json.type()) {
    case AnyJson::value_t::object:
      *out += '{';
      for (const auto& [key, value] : json.template get_ref<const typename AnyJson::object_t&>()) {
        *out += separator;
        AppendJsonString(key, out);
        *out += ':';
        Write(value, out);
        separator = ",";
      }
      *out += '}';
      break;
    case AnyJson::value_t::array:
      *out += '[';
      for (const AnyJson& item : json.template get_ref<const typename AnyJson::array_t&>()) {
        *out += separator;
        Write(item, out);
        separator = ",";
      }
      *out += ']';
      break;
    case AnyJson::value_t::string:
      AppendJsonString(json.template get_ref<const std::string&>(), out);
      break;
    case AnyJson::value_t::boolean:
      *out += json.template get<bool>() ? "true" : "false";
      break;
    case AnyJson::value_t::number_unsigned:
      *out += std::to_string(json.template get<std::uint64_t>());
      break;
    case AnyJson::value_t::number_integer:
      *out += std::to_string(json.template get<std::int64_t>());
      break;
    default:
      WriteWithLibrary(json, out);
  }
}

template <typename AnyJson>
std::string Dump(const AnyJson& json) {
  std::string out;
  Write(json, &out);
  return out;
}

}  // namespace

void AppendJsonString(std::string_view text, std::string* out) {
  std::size_t at = PlainRun(text, 0);
  if (at < text.size() && !IsValidUtf8(text)) {
    WriteWithLibrary(Json(std::string(text)), out);
    return;
  }
  *out += '"';
  *out += text.substr(0, at);
  while (at < text.size()) {
    if (static_cast<unsigned char>(text[at]) >= 0x80) {
      *out += text[at];
    } else {
      WriteEscaped(text[at], out);
    }
    const std::size_t run = PlainRun(text, ++at);
    *out += text.substr(at, run);
    at += run;
  }
  *out += '"';
}

Result<Json> ParseJson(std::string_view text, const JsonLimits& limits) {
  // Keeping count of places costs as much as reading, and only text that is refused has any: it is read again.
  StrictReader quick(text, limits, nullptr);
  if (Json::sax_parse(text.data(), text.data() + text.size(), &quick, Json::input_format_t::json, true,
                      limits.allow_comments)) {
    return quick.TakeRoot();
  }
  std::size_t read = 0;
  StrictReader reader(text, limits, &read);
  if (!Read(text, limits.allow_comments, &read, &reader)) {
    return reader.TakeError();
  }
  return reader.TakeRoot();
}

SourcePlace LocateInJson(std::string_view text, std::string_view pointer, const JsonLimits& limits) {
  std::size_t read = 0;
  Locator locator(text, pointer, &read);
  Read(text, limits.allow_comments, &read, &locator);
  return PlaceOf(text, locator.found());
}

std::string PointerStep(std::string_view key) {
  std::string step = "/";
  for (const char c : key) {
    if (c == '~') {
      step += "~0";
    } else if (c == '/') {
      step += "~1";
    } else {
      step += c;
    }
  }
  return step;
}

std::string PointerStep(std::size_t index) {
  return "/" + std::to_string(index);
}

std::string DumpJson(const Json& json) {
  return Dump(json);
}
std::string DumpJson(const OrderedJson& json) {
  return Dump(json);
}

std::string JsonTypeName(const Json& json) {
  switch (json.type()) {
    case Json::value_t::null:
      return "null";
    case Json::value_t::object:
      return "an object";
    case Json::value_t::array:
      return "an array";
    case Json::value_t::string:
      return "a string";
    case Json::value_t::boolean:
      return "true or false";
    default:
      return "a number";
  }
}

}  // namespace lastlook

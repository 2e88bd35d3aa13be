// SPDX-License-Identifier: MPL-2.0
#include "mail/plain_mailbox.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

#include "mail/address_lexer.h"
#include "mail/byte_block.h"
#include "mail/display_name.h"

namespace lastlook::address {
namespace {

using Bits = std::uint64_t;

// Bits [begin, end). REQUIRES: begin ≤ end < 64.
Bits Between(std::size_t begin, std::size_t end) {
  return ((Bits{1} << end) - 1) & ~((Bits{1} << begin) - 1);
}

// Where the run of ones from `begin` ends; 64 if it does not.
std::size_t RunEnd(Bits bits, std::size_t begin) {
  const Bits stop = ~bits >> begin;
  return stop == 0 ? kBlockBytes : begin + static_cast<std::size_t>(std::countr_zero(stop));
}

ByteBlock BlockAt(std::string_view text, std::size_t begin) {
  const std::size_t left = text.size() - begin;
  if (left >= kBlockBytes) {
    return ByteBlock(text.data() + begin);
  }
  std::array<char, kBlockBytes> padded{};  // NUL stands in no address
  std::memcpy(padded.data(), text.data() + begin, left);
  return ByteBlock(padded.data());
}

// The place behind the "local@domain" at text[begin]; 0 if there is none or it is longer than a block. Marks ("." and
// "-") stand alone and not at the ends, and the last character is a letter: all other addresses, A-labels among them,
// take the long way.
std::size_t ReadAddress(std::string_view text, std::size_t begin, PlainMailbox* out) {
  const ByteBlock block = BlockAt(text, begin);
  const Bits words = block.Words();
  const std::size_t sign = RunEnd(words, 0);
  if (sign == 0 || sign + 1 >= kBlockBytes || begin + sign >= text.size() || text[begin + sign] != '@') {
    return 0;
  }
  const std::size_t domain = sign + 1;
  const std::size_t end = RunEnd(words, domain);
  if (end == domain || end >= kBlockBytes) {
    return 0;
  }
  const Bits marks = block.InRange('-', '.');
  const Bits of_domain = Between(domain, end);
  const Bits edges = (Bits{1} << 0) | (Bits{1} << (sign - 1)) | (Bits{1} << domain) | (Bits{1} << (end - 1));
  if ((marks & (edges | ((marks & Between(0, end)) << 1))) != 0 || (block.Equal('+') & of_domain) != 0) {
    return 0;
  }
  const char last = text[begin + end - 1];
  if (last == '_' || (last >= '0' && last <= '9')) {
    return 0;
  }
  out->local_part = text.substr(begin, sign);
  out->domain = text.substr(begin + domain, end - domain);
  out->domain_has_capitals = (block.InRange('A', 'Z') & of_domain) != 0;
  return begin + end;
}

struct NameScan {
  std::size_t end = 0;
  bool ascii = true;
};

NameScan ScanName(std::string_view text, std::size_t begin, unsigned char_class) {
  NameScan scan{begin, true};
  unsigned char seen = 0;
  while (scan.end < text.size() && Is(text[scan.end], char_class) && text[scan.end] != '=') {
    seen |= static_cast<unsigned char>(text[scan.end]);
    ++scan.end;
  }
  scan.ascii = seen < 0x80;
  return scan;
}

// The name at the beginning of `text`, and the place behind the "<" that follows it; 0 if there is none.
std::size_t ReadName(std::string_view text, PlainMailbox* out) {
  std::size_t at = 0;
  if (text.front() == '"') {
    const NameScan scan = ScanName(text, 1, kPlainQuoted);
    if (scan.end == text.size() || text[scan.end] != '"') {
      return 0;
    }
    out->name = text.substr(1, scan.end - 1);
    out->name_was_quoted = true;
    if (scan.ascii ? out->name.starts_with(' ') || out->name.ends_with(' ') : !IsSafeText(out->name)) {
      return 0;
    }
    at = scan.end + 1;
    at += at < text.size() && text[at] == ' ' ? 1 : 0;
  } else {
    at = ScanName(text, 0, kPhraseText).end;
    out->name = text.substr(0, at);
    if (out->name.ends_with(' ')) {
      out->name.remove_suffix(1);
    }
    if (out->name.ends_with(' ') || out->name.find("  ") != std::string_view::npos) {
      return 0;
    }
  }
  return at < text.size() && text[at] == '<' ? at + 1 : 0;
}

}  // namespace

bool ReadPlainMailbox(std::string_view text, PlainMailbox* out) {
  std::size_t end = text.front() == '"' ? 0 : ReadAddress(text, 0, out);
  if (end == 0) {
    const std::size_t address = ReadName(text, out);
    end = address == 0 || address == text.size() ? 0 : ReadAddress(text, address, out);
    if (end == 0 || end == text.size() || text[end] != '>') {
      return false;
    }
    ++end;
  }
  out->typed = text.substr(0, end);
  while (end < text.size() && Is(text[end], kBlank)) {
    ++end;
  }
  out->end = end;
  return end == text.size() || text[end] == ',' || text[end] == ';';
}

}  // namespace lastlook::address

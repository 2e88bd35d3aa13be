// SPDX-License-Identifier: MPL-2.0
#include "mail/domain_name.h"

#include <arpa/inet.h>
#include <unicode/bytestream.h>
#include <unicode/idna.h>
#include <unicode/stringpiece.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <array>
#include <cstddef>
#include <memory>

#include "base/text_fold.h"
#include "mail/addr_spec.h"
#include "mail/address_lexer.h"

namespace lastlook::address {
namespace {

constexpr std::size_t kMaxLabelBytes = 63;    // RFC 1035 section 2.3.4
constexpr std::size_t kMaxDomainBytes = 253;  // RFC 1035 section 2.3.4: 255 octets on the wire

// Full-width forms U+FF01–U+FF5E are the ASCII characters 0x21–0x7E in order.
constexpr UChar32 kFullWidthOffset = 0xFF01 - 0x21;

bool MayBeMadePlain(UChar32 ascii) {
  return (ascii >= '0' && ascii <= '9') || (ascii >= 'a' && ascii <= 'z') || (ascii >= 'A' && ascii <= 'Z') ||
         ascii == '@' || ascii == '.' || ascii == '-' || ascii == '_' || ascii == '+';
}

std::string MakePlain(std::string_view utf8, bool in_domain) {
  std::string out;
  out.reserve(utf8.size());
  const auto size = static_cast<int32_t>(utf8.size());
  for (int32_t at = 0; at < size;) {
    const int32_t from = at;
    UChar32 c = 0;
    U8_NEXT_OR_FFFD(utf8.data(), at, size, c);
    const UChar32 ascii = c - kFullWidthOffset;
    if (c >= 0xFF01 && c <= 0xFF5E && MayBeMadePlain(ascii)) {
      out += static_cast<char>(ascii);
    } else if (in_domain && (c == 0x3002 || c == 0xFF61)) {
      out += '.';
    } else {
      out.append(utf8.substr(static_cast<std::size_t>(from), static_cast<std::size_t>(at - from)));
    }
  }
  return out;
}

// Letters, marks and digits of any script, and the middle dots that IDNA allows in words. UTS #46 lets brackets,
// quotation marks and pictures through, which in an address field are more likely not meant as part of the domain.
bool IsDomainWordCharacter(UChar32 c) {
  if (c < 0x80) {
    return Is(static_cast<char>(c), kDomainText);
  }
  const auto mask = U_GET_GC_MASK(c);
  return (mask & (U_GC_L_MASK | U_GC_M_MASK | U_GC_ND_MASK)) != 0 || c == 0x30FB || c == 0xB7;
}

const icu::IDNA* Uts46() {
  UErrorCode status = U_ZERO_ERROR;
  static const std::unique_ptr<const icu::IDNA> instance(
      icu::IDNA::createUTS46Instance(UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ, status));
  return instance.get();
}

// "" if the domain cannot be written in A-labels.
std::string ToAscii(std::string_view domain) {
  const auto size = static_cast<int32_t>(domain.size());
  for (int32_t at = 0; at < size;) {
    UChar32 c = 0;
    U8_NEXT(domain.data(), at, size, c);
    if (c < 0 || !IsDomainWordCharacter(c)) {
      return {};
    }
  }
  UErrorCode status = U_ZERO_ERROR;
  icu::IDNAInfo info;
  std::string ascii;
  icu::StringByteSink<std::string> sink(&ascii);
  Uts46()->nameToASCII_UTF8(icu::StringPiece(domain.data(), size), sink, info, status);
  return U_FAILURE(status) || info.hasErrors() ? std::string() : ascii;
}

// "[192.0.2.1]", "[IPv6:2001:db8::1]" (RFC 5321 section 4.1.3).
std::string NormalizeLiteral(std::string_view literal) {
  if (literal.size() < 3 || literal.back() != ']') {
    return {};
  }
  std::string inside = AsciiLower(literal.substr(1, literal.size() - 2));
  std::array<unsigned char, 16> binary{};
  if (inet_pton(AF_INET, inside.c_str(), binary.data()) == 1 &&
      inside.size() == std::string_view(inside.c_str()).size()) {
    return "[" + inside + "]";
  }
  constexpr std::string_view kTag = "ipv6:";
  if (!inside.starts_with(kTag) || inside.find('\0') != std::string::npos ||
      inet_pton(AF_INET6, inside.c_str() + kTag.size(), binary.data()) != 1) {
    return {};
  }
  std::array<char, INET6_ADDRSTRLEN> shortest{};  // the same address has one form only
  return std::string("[ipv6:") + inet_ntop(AF_INET6, binary.data(), shortest.data(), shortest.size()) + "]";
}

}  // namespace

bool IsPlainDomain(std::string_view domain) {
  if (domain.empty() || domain.size() > kMaxDomainBytes) {
    return false;
  }
  std::size_t label = 0;  // where the present label begins
  bool digits_only = true;
  for (std::size_t i = 0; i <= domain.size(); ++i) {
    if (i == domain.size() || domain[i] == '.') {
      const std::size_t length = i - label;
      if (length == 0 || length > kMaxLabelBytes || domain[label] == '-' || domain[i - 1] == '-') {
        return false;
      }
      // A-labels are checked by the Unicode library: not each of them decodes.
      if (length > 3 && domain[label + 2] == '-' && domain[label + 3] == '-' && (domain[label] | 0x20) == 'x' &&
          (domain[label + 1] | 0x20) == 'n') {
        return false;
      }
      if (i == domain.size()) {
        break;
      }
      label = i + 1;
      digits_only = true;
      continue;
    }
    const char c = domain[i];
    if (!Is(c, kDomainText)) {
      return false;
    }
    digits_only = digits_only && c >= '0' && c <= '9';
  }
  return !digits_only;  // a last label of digits is no top-level domain but half an IPv4 address
}

std::string PlainForms(std::string_view utf8) {
  return MakePlain(utf8, false);
}

std::string PlainDomainForms(std::string_view utf8) {
  return MakePlain(utf8, true);
}

}  // namespace lastlook::address

namespace lastlook {

std::string NormalizeDomain(std::string_view typed) {
  using namespace address;  // NOLINT(google-build-using-namespace): the public door of this file
  if (IsPlainDomain(typed)) {
    return AsciiLower(typed);
  }
  std::string_view trimmed = TrimBlanks(typed);
  if (trimmed.starts_with('[')) {
    return NormalizeLiteral(trimmed);
  }
  std::string domain = PlainDomainForms(trimmed);
  if (domain.ends_with('.')) {
    domain.pop_back();  // the root (RFC 1034 section 3.1): the same domain
  }
  if (!IsPlainDomain(domain)) {
    if (domain.size() > kMaxDomainBytes * 4) {  // nothing that long fits, however it is written
      return {};
    }
    domain = ToAscii(domain);
    // Nameprep may have produced what is no host name. Its A-labels are right: ICU made or checked them.
    std::string without_a_labels = domain;
    for (std::size_t at = 0; (at = without_a_labels.find("xn--", at)) != std::string::npos;) {
      without_a_labels.replace(at, 4, "xn-a");
    }
    if (!IsPlainDomain(without_a_labels)) {
      return {};
    }
  }
  return AsciiLower(domain);
}

}  // namespace lastlook

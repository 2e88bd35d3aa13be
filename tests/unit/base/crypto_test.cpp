// SPDX-License-Identifier: MPL-2.0
#include "base/crypto.h"

#include <gtest/gtest.h>

namespace lastlook {
namespace {

TEST(Sha256Hex, GivesTheValuesOfFips180) {
  EXPECT_EQ(Sha256Hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(Sha256Hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Base64, GivesTheVectorsOfRfc4648Section10) {
  const std::pair<const char*, const char*> vectors[] = {{"", ""},
                                                         {"f", "Zg=="},
                                                         {"fo", "Zm8="},
                                                         {"foo", "Zm9v"},
                                                         {"foob", "Zm9vYg=="},
                                                         {"fooba", "Zm9vYmE="},
                                                         {"foobar", "Zm9vYmFy"}};
  for (const auto& [bytes, text] : vectors) {
    EXPECT_EQ(Base64Encode(bytes), text);
    EXPECT_EQ(Base64Decode(text).value(), bytes);
  }
}

TEST(Base64, RefusesWhatIsNot) {
  for (const char* text : {"Zg=", "Z", "Zm9v!", "Zm 9v", "=Zg=", "Zg==Zm9v", "Zg=v", "Z===", "====", "Zm9vZm9\xFF",
                           "Zm9-", "Zm9_", "Zm9v\n"}) {
    EXPECT_FALSE(Base64Decode(text).ok()) << text;
  }
}

TEST(Base64, GoesBothWaysForEveryByteAndLength) {
  std::string bytes;
  for (int i = 0; i < 1000; ++i) {
    EXPECT_EQ(Base64Decode(Base64Encode(bytes)).value(), bytes);
    bytes += static_cast<char>(i * 7 + i / 256);
  }
}

TEST(Sha256Stream, SaysTheSameAsOfTheWhole) {
  Sha256Stream stream;
  EXPECT_EQ(stream.TakeHex(), Sha256Hex(""));
  stream.Add("ab");
  stream.Add("");
  stream.Add("c");
  EXPECT_EQ(stream.TakeHex(), Sha256Hex("abc"));
  stream.Add("abc");
  EXPECT_EQ(stream.TakeHex(), Sha256Hex("abc"));
}

TEST(Hex, GoesBothWaysAndRefusesTheRest) {
  EXPECT_EQ(HexEncode(std::string("\0\xff\x10", 3)), "00ff10");
  EXPECT_EQ(HexDecode("00ff10").value(), std::string("\0\xff\x10", 3));
  EXPECT_FALSE(HexDecode("0").ok());
  EXPECT_FALSE(HexDecode("zz").ok());
}

TEST(Hmac, GivesTheVectorsOfRfc4231) {
  const Hmac first(std::string(20, '\x0b'));
  EXPECT_EQ(HexEncode(first.Of("Hi There")), "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  EXPECT_EQ(HexEncode(first.Of("Hi There")), "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  EXPECT_EQ(HexEncode(Hmac("Jefe").Of("what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

// Test case 14 of the GCM specification (McGrew and Viega): 256 bits of zero, 16 bytes of zero.
TEST(Sealer, OpensWhatOthersSealed) {
  const Sealer sealer(std::string(kKeyBytes, '\0'));
  const std::string sealed =
      std::string(12, '\0') + HexDecode("cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919").value();
  EXPECT_EQ(sealer.Open(sealed, "").value(), std::string(16, '\0'));
}

TEST(Sealer, OpensWhatItSealedAndNothingElse) {
  const Sealer sealer(std::string(kKeyBytes, 'k'));
  const std::string plain = "山田 太郎 <yamada@kodama.example.jp>";
  const std::string sealed = sealer.Seal(plain, "people");
  EXPECT_NE(sealed, sealer.Seal(plain, "people"));
  EXPECT_EQ(sealed.find("yamada"), std::string::npos);
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    std::string changed = sealed;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_FALSE(sealer.Open(changed, "people").ok()) << i;
    EXPECT_FALSE(sealer.Open(sealed.substr(0, i), "people").ok()) << i;
  }
  EXPECT_FALSE(sealer.Open(sealed, "accounts").ok());
  EXPECT_FALSE(Sealer(std::string(kKeyBytes, 'j')).Open(sealed, "people").ok());
  EXPECT_EQ(sealer.Open(sealed, "people").value(), plain);
  EXPECT_EQ(sealer.Open(sealer.Seal("", ""), "").value(), "");
}

TEST(RandomBytes, DoNotRepeat) {
  EXPECT_EQ(RandomBytes(32).size(), 32U);
  EXPECT_NE(RandomBytes(32), RandomBytes(32));
}

}  // namespace
}  // namespace lastlook

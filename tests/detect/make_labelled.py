#!/usr/bin/env python3
# SPDX-License-Identifier: MPL-2.0
"""Writes tests/detect/labelled/{development,held_out}.jsonl: short texts and what a careful reader finds in them.

Everything here is made up. Numbers with check digits are computed from a seed, so none is copied from anywhere; domains are
reserved ones. `held_out` was written before the finders were first run on it and is not used to mend them.
"""
import json
import pathlib
import random
import re

rng = random.Random(20261124)
HERE = pathlib.Path(__file__).parent / "labelled"


def digits(n, first="0123456789"):
    return rng.choice(first) + "".join(rng.choice("0123456789") for _ in range(n - 1))


def my_number():
    while True:
        d = digits(11)
        r = sum(int(c) * w for c, w in zip(d, [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2])) % 11
        n = d + str(0 if r <= 1 else 11 - r)
        if not license_ok(n):
            return n


def license_ok(n):
    s = sum(int(c) * w for c, w in zip(n[:10], [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]))
    return int(n[10]) == (11 - s % 11) % 10


def bad_my_number():
    n = my_number()
    return n[:-1] + str((int(n[-1]) + 3) % 10)


def license_number():
    while True:
        d = rng.choice(["10", "30", "43", "44", "45", "62", "90", "51", "70"]) + digits(8)
        s = sum(int(c) * w for c, w in zip(d, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]))
        return d + str((11 - s % 11) % 10) + rng.choice("0012")


def corporate():
    d = digits(12, "0123456789")
    s = sum(int(c) * (1 if i % 2 == 0 else 2) for i, c in enumerate(reversed(d)))
    return str(9 - s % 9) + d


def luhn(prefix, length):
    d = prefix + "".join(rng.choice("0123456789") for _ in range(length - 1 - len(prefix)))
    s = 0
    for i, c in enumerate(reversed(d)):
        v = int(c) * (2 if i % 2 == 0 else 1)
        s += v // 10 + v % 10
    return d + str((10 - s % 10) % 10)


def visa():
    return luhn("4" + digits(3), 16)


def mastercard():
    return luhn(rng.choice(["51", "52", "54", "2221", "2500"]), 16)


def amex():
    return luhn(rng.choice(["34", "37"]), 15)


def jcb():
    return luhn("35" + rng.choice(["30", "41", "66", "89"]), 16)


def union_pay():
    return luhn("62", 19)


def insurer():
    d = rng.choice(["01", "06", "31", "33", "34", "39"]) + "%02d" % rng.randint(1, 47) + digits(3)
    s = sum(sum(map(int, str(int(c) * (2 if i % 2 == 0 else 1)))) for i, c in enumerate(reversed(d)))
    return d + str((10 - s % 10) % 10)


def insurer6():
    d = "%02d" % rng.randint(1, 47) + digits(3)
    s = sum(sum(map(int, str(int(c) * (2 if i % 2 == 0 else 1)))) for i, c in enumerate(reversed(d)))
    return d + str((10 - s % 10) % 10)


def rrn():
    d = "%02d%02d%02d" % (rng.randint(60, 99), rng.randint(1, 12), rng.randint(1, 28)) + rng.choice("12") + digits(5)
    s = sum(int(c) * w for c, w in zip(d, [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]))
    return d + str((11 - s % 11) % 10)


def cn_id():
    d = rng.choice(["110101", "310104", "440305", "330106", "510107"])
    d += "%04d%02d%02d" % (rng.randint(1960, 2003), rng.randint(1, 12), rng.randint(1, 28)) + digits(3)
    s = sum(int(c) * w for c, w in zip(d, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]))
    return d + "10X98765432"[s % 11]


def iban(country="DE"):
    bban = digits(18) if country == "DE" else "NWBK" + digits(14)
    text = "".join(str(int(c, 36)) for c in bban + country + "00")
    return country + "%02d" % (98 - int(text) % 97) + bban


def ssn():
    return "%03d%02d%04d" % (rng.choice([123, 234, 412, 518, 601]), rng.randint(10, 99), rng.randint(1000, 9999))


def token(n, alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"):
    return "".join(rng.choice(alphabet) for _ in range(n))


def jan():
    d = "49" + digits(10)
    s = sum(int(c) * (3 if i % 2 == 0 else 1) for i, c in enumerate(reversed(d)))
    return d + str((10 - s % 10) % 10)


def jan_as_corporate():
    while True:
        d = jan()
        s = sum(int(c) * (1 if i % 2 == 0 else 2) for i, c in enumerate(reversed(d[1:])))
        if int(d[0]) == 9 - s % 9:
            return d


def timestamp_as_my_number():
    while True:
        d = "2026%02d%02d%02d%02d" % (rng.randint(1, 12), rng.randint(1, 28), rng.randint(0, 23), rng.randint(0, 59))
        r = sum(int(c) * w for c, w in zip(d[:11], [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2])) % 11
        if int(d[11]) == (0 if r <= 1 else 11 - r):
            return d


def g(n, *sizes, sep="-"):
    out, at = [], 0
    for size in sizes:
        out.append(n[at:at + size])
        at += size
    return sep.join(out)


def full(text):
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def M(t, value):
    return "⟦" + t + "|" + value + "⟧"


def MY(v=None):
    return M("JP_MY_NUMBER", v or my_number())


def CORP(v=None):
    return M("JP_CORPORATE_NUMBER", v or corporate())


def CARD(v=None):
    return M("CREDIT_CARD", v or visa())


def LIC(v=None):
    return M("JP_DRIVER_LICENSE", v or license_number())


def PEN(v=None):
    return M("JP_PENSION_NUMBER", v or digits(4) + "-" + digits(6))


def INS(v=None):
    return M("JP_INSURER_NUMBER", v or insurer())


def PASS(v=None):
    return M("JP_PASSPORT", v or "T" + rng.choice("KRSZ") + digits(7))


def RES(v=None):
    return M("JP_RESIDENCE_CARD", v or token(2, "ABCDEFGH") + digits(8) + token(2, "ABCDEFGH"))


def BANK(v=None):
    return M("JP_BANK_ACCOUNT", v or digits(7))


def TEL(v):
    return M("PHONE_NUMBER", v)


def MAIL(v):
    return M("EMAIL_ADDRESS", v)


def DOB(v, iso):
    return M("DATE_OF_BIRTH", v + "=" + iso)


def ADDR(v):
    return M("JP_ADDRESS", v)


def NAME(v):
    return M("PERSON_NAME", v)


def SEC(v):
    return M("SECRET", v)


def SSN(v=None):
    return M("US_SSN", v or g(ssn(), 3, 2, 4))


def RRN(v=None):
    return M("KR_RRN", v or g(rrn(), 6, 7))


def CN(v=None):
    return M("CN_RESIDENT_ID", v or cn_id())


def IBAN(v=None):
    return M("IBAN", v or iban())


def mobile():
    return rng.choice(["070", "080", "090"]) + "-" + digits(4, "123456789") + "-" + digits(4)


def boxes(n):
    return " ".join(n)


for texts in ["texts.py", "blind_1.py", "blind_2.py", "blind_3.py", "blind_4.py"]:
    exec((HERE / texts).read_text(encoding="utf-8"))


def normalized(kind, value):
    import unicodedata
    value = unicodedata.normalize("NFKC", value)
    if kind == "DATE_OF_BIRTH":
        return value.split("=")[-1]
    if kind in ("JP_ADDRESS",):
        return re.sub("[‐–—−]", "-", value.replace(" ", ""))
    if kind == "PERSON_NAME":
        return value if re.search("[A-Za-z]", value) else value.replace(" ", "")
    if kind == "SECRET":
        return value
    if kind == "EMAIL_ADDRESS":
        return value.lower()
    if kind == "PHONE_NUMBER":
        return re.sub(r"[^0-9+]", "", value.replace("(0)", ""))
    return re.sub(r"[^0-9A-Za-z]", "", value).upper()


def write(name, cases):
    with open(HERE / (name + ".jsonl"), "w", encoding="utf-8") as out:
        for i, (lang, text) in enumerate(cases):
            labels = []

            def take(match):
                kind, value = match.group(1), match.group(2)
                labels.append({"type": kind, "norm": normalized(kind, value)})
                return value.split("=")[0] if kind == "DATE_OF_BIRTH" else value

            plain = re.sub(r"⟦([A-Z_]+)\|([^⟧]*)⟧", take, text)
            out.write(json.dumps({"id": f"{name}-{i + 1}", "lang": lang, "text": plain, "labels": labels}, ensure_ascii=False) + "\n")


write("development", DEVELOPMENT)
write("held_out", HELD_OUT)
write("blind_1", BLIND_1)
write("blind_2", BLIND_2)
write("blind_3", BLIND_3)
write("blind_4", BLIND_4)
print(len(DEVELOPMENT), len(HELD_OUT), len(BLIND_1), len(BLIND_2), len(BLIND_3), len(BLIND_4))

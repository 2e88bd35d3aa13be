#!/usr/bin/env python3
# SPDX-License-Identifier: MPL-2.0
"""Writes surnames.txt: the surnames of surnames_common.txt, and those of the IPA dictionary, with their readings.

    python3 host/detect/data/make_surnames.py [--check] [DICTIONARY]

DICTIONARY is the folder of the dictionary's CSV files, as Debian's package mecab-ipadic installs them
(/usr/share/mecab/dic/ipadic; version 2.7.0-20070801). Its licence (ipadic-licence.txt) is permissive and is kept beside the list.
--check writes nothing; exit status 1 if the list is not what would be written, 69 if the dictionary is not there.
"""
import collections
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).parent
DICTIONARY = "/usr/share/mecab/dic/ipadic"
MOST_READINGS = 3  # 新谷: シンタニ, シンヤ, アラヤ
KANJI = re.compile("^[\u4e00-\u9fff々ヶノ]{2,4}$")
# Where the same characters are also an ordinary word, "…様" says nothing; of places and companies people have the names.
NAMES = {"Noun.name.csv", "Noun.place.csv", "Noun.proper.csv", "Noun.org.csv"}
NO_SURNAME = {"秋篠宮", "常陸宮", "高円宮"}  # houses of the imperial family, which have none
VARIANTS = str.maketrans("髙﨑邊邉齋齊斉澤嶋嶌櫻濱濵廣眞國瀧淵冨", "高崎辺辺斎斎斎沢島島桜浜浜広真国滝渕富")

MOST_ENDS = 330  # characters given names end in; nine in ten of the dictionary's names
# More often the end of a place or a thing.
NO_END = "市町村郡県区府都道駅港城島橋池川山谷沢浜崎岡野原田石門森林木竹松梅桜水海湖波風空雲雪雨月日星家屋室台車船馬"

# Ends of the names of today, as common knowledge.
MORE_ENDS = "翔誠陸駿蓮葵凛颯湊悠健剛浩勉徹稔聡賢猛薫修学優豪瞳渚遥舞翼萌唯茜杏楓桃結斗海空陽心菫雛暖律奏碧琉玲涼諒遼凌潤護攻豊蒼仁奨拳"

HEADER = """# SPDX-License-Identifier: MPL-2.0 AND LicenseRef-ipadic
# Surnames: written by make_surnames.py, from surnames_common.txt and the IPA dictionary (ipadic-licence.txt).
# Japanese ones one a line with their readings, the usual one first; Chinese and Korean ones blank-separated. [given] has the
# characters in which most Japanese given names end.
"""


def common_words(dictionary):
    words = set()
    for path in dictionary.glob("*.csv"):
        if path.name not in NAMES:
            with open(path, encoding="euc-jp") as lines:
                words.update(line.split(",", 1)[0] for line in lines)
    return words


def given_ends(dictionary):
    ends = collections.Counter()
    with open(dictionary / "Noun.name.csv", encoding="euc-jp") as lines:
        for line in lines:
            fields = line.split(",")
            if fields[7] == "名" and "\u4e00" <= fields[0][-1] <= "\u9fff" and fields[0][-1] not in NO_END:
                ends[fields[0][-1]] += 1
    most = [end for end, _ in sorted(ends.items(), key=lambda e: (-e[1], e[0]))[:MOST_ENDS]]
    return "".join(sorted({*most, *MORE_ENDS}))


def surnames(dictionary):
    readings = collections.defaultdict(list)
    with open(dictionary / "Noun.name.csv", encoding="euc-jp") as lines:
        for line in lines:
            fields = line.rstrip("\n").split(",")
            if fields[7] == "姓":
                readings[fields[0]].append((int(fields[3]), fields[11]))
    return {name: [kana for _, kana in sorted(set(of))] for name, of in readings.items()}


def unique(kanas):
    return list(dict.fromkeys(kanas))[:MOST_READINGS]


def generate(dictionary):
    sections = re.split(r"^\[(..)\]\n", (HERE / "surnames_common.txt").read_text(encoding="utf-8"), flags=re.M)
    text = dict(zip(sections[1::2], sections[2::2]))
    listed = surnames(dictionary)
    common = common_words(dictionary)
    japanese = {}
    for word in text["ja"].split():
        name, _, kana = word.partition(":")
        known = listed.get(name) or listed.get(name.translate(VARIANTS), [])
        japanese[name] = unique(kana.split(",") if kana else known)
    for name, kanas in listed.items():
        if name not in japanese and KANJI.match(name) and name not in common and name not in NO_SURNAME:
            japanese[name] = unique(kanas)
    lines = [" ".join([name] + japanese[name]) for name in sorted(japanese)]
    return (HEADER + "[ja]\n" + "\n".join(lines) + "\n[zh]\n" + text["zh"].strip() + "\n[ko]\n" + text["ko"].strip() +
            "\n[given]\n" + given_ends(dictionary) + "\n")


def main():
    arguments = [a for a in sys.argv[1:] if a != "--check"]
    dictionary = pathlib.Path(arguments[0] if arguments else DICTIONARY)
    if not (dictionary / "Noun.name.csv").is_file():
        print(f"no dictionary in {dictionary}: apt-get install mecab-ipadic", file=sys.stderr)
        return 69
    out = HERE / "surnames.txt"
    made = generate(dictionary)
    if "--check" in sys.argv:
        return 0 if made == out.read_text(encoding="utf-8") else 1
    out.write_text(made, encoding="utf-8")
    return 0


sys.exit(main())

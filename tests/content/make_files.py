# SPDX-License-Identifier: MPL-2.0
"""Writes files of every kind that lastlook-inspect reads into the folder that is named, ordinary and hostile ones.

The number 123456789018 is the ministry's test number; people and companies are made up."""
import base64
import bz2
import gzip
import io
import lzma
import os
import struct
import sys
import tarfile
import zipfile
from email.message import EmailMessage

NUMBER = "123456789018"
FOLDER = sys.argv[1]


def write(name, data):
    with open(os.path.join(FOLDER, name), "wb") as file:
        file.write(data)
    return data


def packed(parts, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, text in parts:
            archive.writestr(name, text)
    return out.getvalue()


def rels(*rows):
    return "<Relationships>" + "".join(
        f'<Relationship Id="{i}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{t}" Target="{p}"/>'
        for i, t, p in rows) + "</Relationships>"


def office(main, parts):
    return packed([("[Content_Types].xml", "<Types/>"), ("_rels/.rels", rels(("rId1", "officeDocument", main)))] + parts +
                  [("docProps/core.xml", "<cp:coreProperties><dc:creator>児玉 花子</dc:creator></cp:coreProperties>")])


def xlsx():
    strings = "<sst><si><t>氏名</t></si><si><t>個人番号</t></si><si><r><t>田中 </t></r><r><t>太郎</t></r><rPh><t>タナカ</t></rPh></si></sst>"
    sheet1 = ('<worksheet><cols><col min="3" max="4" hidden="1"/></cols><sheetData>'
              '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row>'
              f'<row r="2"><c r="A2" t="s"><v>2</v></c><c r="C2"><v>{NUMBER}</v></c></row>'
              '<row r="4" hidden="1"><c r="A4" t="inlineStr"><is><t>内緒</t></is></c></row></sheetData></worksheet>')
    sheet2 = f'<worksheet><sheetData><row r="5"><c r="B5" t="inlineStr"><is><t>個人番号 {NUMBER}</t></is></c></row></sheetData></worksheet>'
    return office("xl/workbook.xml", [
        ("xl/workbook.xml", '<workbook><sheets><sheet name="一覧" sheetId="1" r:id="rId1"/>'
                            '<sheet name="原本" sheetId="2" state="veryHidden" r:id="rId2"/></sheets></workbook>'),
        ("xl/_rels/workbook.xml.rels", rels(("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "worksheet", "/xl/worksheets/sheet2.xml"),
                                            ("rId3", "sharedStrings", "sharedStrings.xml"))),
        ("xl/worksheets/sheet1.xml", sheet1), ("xl/worksheets/sheet2.xml", sheet2),
        ("xl/worksheets/_rels/sheet1.xml.rels", rels(("rId1", "comments", "../comments1.xml"))),
        ("xl/comments1.xml", f'<comments><commentList><comment ref="B7"><text><t>個人番号は{NUMBER}</t></text></comment></commentList></comments>'),
        ("xl/pivotCache/pivotCacheRecords1.xml", f'<pivotCacheRecords><r><s v="個人番号"/><s v="{NUMBER}"/></r></pivotCacheRecords>'),
        ("xl/vbaProject.bin", b"\0"),
        ("xl/sharedStrings.xml", strings)])


def docx():
    body = (f'<w:document><w:body><w:p><w:r><w:t>個人番号</w:t></w:r><w:r><w:t xml:space="preserve"> {NUMBER}</w:t></w:r></w:p>'
            f'<w:p><w:del><w:r><w:delText>個人番号 {NUMBER}</w:delText></w:r></w:del></w:p>'
            f'<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>個人番号 {NUMBER}</w:t></w:r></w:p></w:body></w:document>')
    return office("word/document.xml", [
        ("word/document.xml", body), ("word/_rels/document.xml.rels", rels(("rId1", "comments", "comments.xml"))),
        ("word/comments.xml", f'<w:comments><w:comment><w:p><w:r><w:t>個人番号 {NUMBER}</w:t></w:r></w:p></w:comment></w:comments>')])


def pptx():
    def slide(text, more=""):
        return f'<p:sld{more}><p:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sld>'
    return office("ppt/presentation.xml", [
        ("ppt/presentation.xml", '<p:presentation><p:sldIdLst><p:sldId id="256" r:id="rId1"/><p:sldId id="257" r:id="rId2"/></p:sldIdLst></p:presentation>'),
        ("ppt/_rels/presentation.xml.rels", rels(("rId1", "slide", "slides/slide1.xml"), ("rId2", "slide", "slides/slide2.xml"))),
        ("ppt/slides/slide1.xml", slide("表紙")), ("ppt/slides/slide2.xml", slide(f"個人番号 {NUMBER}", ' show="0"')),
        ("ppt/slides/_rels/slide1.xml.rels", rels(("rId1", "notesSlide", "../notesSlides/notesSlide1.xml"))),
        ("ppt/notesSlides/notesSlide1.xml", slide(f"個人番号 {NUMBER}"))])


def opendocument(kind, content):
    return packed([("mimetype", f"application/vnd.oasis.opendocument.{kind}"), ("content.xml", content),
                   ("meta.xml", "<office:document-meta><meta:initial-creator>児玉 花子</meta:initial-creator></office:document-meta>")],
                  zipfile.ZIP_STORED)


def ods():
    return opendocument("spreadsheet",
        '<office:document-content><style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>'
        '<table:table table:name="一覧"><table:table-column/><table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>'
        '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
        f'<table:table-row><table:table-cell/><table:table-cell table:number-columns-repeated="1"><text:p>個人番号 {NUMBER}</text:p></table:table-cell></table:table-row></table:table>'
        f'<table:table table:name="原本" table:style-name="ta2"><table:table-row><table:table-cell><text:p>個人番号 {NUMBER}</text:p></table:table-cell></table:table-row></table:table>'
        '</office:document-content>')


def odt():
    return opendocument("text",
        '<office:document-content><text:tracked-changes><text:changed-region><text:deletion>'
        f'<text:p>個人番号 {NUMBER}</text:p></text:deletion></text:changed-region></text:tracked-changes>'
        f'<text:h>台帳</text:h><text:p>個人番号<text:s/>{NUMBER}</text:p></office:document-content>')


def odp():
    return opendocument("presentation",
        f'<office:document-content><draw:page><text:p>表紙</text:p></draw:page><draw:page><text:p>個人番号 {NUMBER}</text:p>'
        '<presentation:notes><text:p>話すこと</text:p></presentation:notes></draw:page></office:document-content>')


def pdf(pages):
    count = len(pages)
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>",
               b"<< /Type /Pages /Kids [" + b" ".join(b"%d 0 R" % (4 + 2 * i) for i in range(count)) + b"] /Count %d >>" % count,
               b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    for i, text in enumerate(pages):
        stream = b"BT /F1 12 Tf 72 720 Td (" + text.encode() + b") Tj ET" if text else b""
        objects.append(b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R /Resources << /Font << /F1 3 0 R >> >> >>" % (5 + 2 * i))
        objects.append(b"<< /Length %d >>\nstream\n" % len(stream) + stream + b"\nendstream")
    out = b"%PDF-1.4\n"
    places = []
    for i, body in enumerate(objects):
        places.append(len(out))
        out += b"%d 0 obj\n" % (i + 1) + body + b"\nendobj\n"
    xref = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % p for p in places)
    return out + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, xref)


def compound(streams):
    """An OLE2 file ([MS-CFB]) of streams, by path; storages are made of the paths."""
    names = {""}
    for path in streams:
        steps = path.split("/")
        for i in range(len(steps)):
            names.add("/".join(steps[:i + 1]))
    order = sorted(names)
    # Small streams are padded over the mini stream's bound, so that there needs to be none.
    data, fat, starts = b"", [], {}

    def place(body):
        nonlocal data
        first = len(data) // 512
        count = max(1, -(-len(body) // 512))
        data += body.ljust(count * 512, b"\0")
        fat.extend(list(range(first + 1, first + count)) + [0xFFFFFFFE])
        return first
    for path, body in streams.items():
        starts[path] = (place(body.ljust(4096, b"\0")), max(len(body), 4096))
    children = {path: [p for p in order if p and p.rpartition("/")[0] == path] for path in order}
    index = {path: i for i, path in enumerate(order)}
    directory = b""
    for path in order:
        name = (path.rpartition("/")[2] or "Root Entry").encode("utf-16le")
        siblings = children.get(path.rpartition("/")[0], []) if path else []
        right = siblings[siblings.index(path) + 1] if path in siblings and siblings.index(path) + 1 < len(siblings) else None
        child = children[path][0] if children[path] else None
        kind = 5 if not path else 2 if path in streams else 1
        start, size = starts.get(path, (0xFFFFFFFE if not path else 0, 0))
        directory += (name.ljust(64, b"\0") + struct.pack("<HBB", len(name) + 2, kind, 1) +
                      struct.pack("<III", 0xFFFFFFFF, index[right] if right else 0xFFFFFFFF, index[child] if child else 0xFFFFFFFF) +
                      b"\0" * 36 + struct.pack("<IQ", start, size))
    directory += b"\0" * (-len(directory) % 512)
    first_directory = place(directory)
    fat_sectors = 1
    while len(fat) + fat_sectors > fat_sectors * 128:
        fat_sectors += 1
    first_fat = len(data) // 512
    fat += [0xFFFFFFFD] * fat_sectors
    data += b"".join(struct.pack("<I", n) for n in fat).ljust(fat_sectors * 512, b"\xff")
    header = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6 +
              struct.pack("<IIIIIIIII", 0, fat_sectors, first_directory, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0))
    header += b"".join(struct.pack("<I", first_fat + i) for i in range(fat_sectors))
    return header.ljust(512, b"\xff") + data


def biff(kind, body):
    return struct.pack("<HH", kind, len(body)) + body


def xls():
    def unicode_string(text):
        return struct.pack("<HB", len(text), 1) + text.encode("utf-16le")
    strings = biff(0xFC, struct.pack("<II", 2, 2) + unicode_string("個人番号 " + NUMBER) + unicode_string("氏名"))
    bof = biff(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    eof = biff(0x0A, b"")
    sheets = [bof + biff(0x7D, struct.pack("<HHHHHH", 2, 2, 0, 0, 1, 0)) + biff(0xFD, struct.pack("<HHHI", 0, 0, 0, 1)) +
              biff(0xFD, struct.pack("<HHHI", 3, 2, 0, 0)) + eof,
              bof + biff(0x203, struct.pack("<HHHd", 0, 0, 0, 12345.0)) + eof]
    names = ["一覧", "原本"]

    def globals_with(places):
        return bof + b"".join(
            biff(0x85, struct.pack("<IBBBB", place, i, 0, len(name), 1) + name.encode("utf-16le"))
            for i, (place, name) in enumerate(zip(places, names))) + strings + eof
    size = len(globals_with([0, 0]))
    return compound({"Workbook": globals_with([size, size + len(sheets[0])]) + sheets[0] + sheets[1]})


def doc(encrypted=False):
    text = f"個人番号 {NUMBER}\r".encode("utf-16le")
    head = bytearray(0x400)
    struct.pack_into("<HH", head, 0, 0xA5EC, 0xC1)
    struct.pack_into("<H", head, 10, 0x0200 | (0x0100 if encrypted else 0))
    pieces = struct.pack("<II", 0, len(text) // 2) + struct.pack("<HIH", 0, 0x400, 0)
    clx = b"\x02" + struct.pack("<I", len(pieces)) + pieces
    struct.pack_into("<II", head, 0x1A2, 0, len(clx))
    return compound({"WordDocument": bytes(head) + text, "1Table": clx})


def ppt():
    body = f"個人番号 {NUMBER}".encode("utf-16le")
    inner = struct.pack("<HHI", 0, 0x0FA0, len(body)) + body
    return compound({"PowerPoint Document": struct.pack("<HHI", 0x0F, 0x03E8, len(inner)) + inner,
                     "Current User": struct.pack("<HHIII", 0, 0x0FF6, 20, 20, 0xE391C05F)})


def msg(attachment):
    return compound({"__properties_version1.0": b"\0" * 32, "__substg1.0_0037001F": "件名です".encode("utf-16le"),
                     "__substg1.0_1000001F": f"個人番号 {NUMBER}".encode("utf-16le"),
                     "__attach_version1.0_#00000000/__substg1.0_3707001F": "名簿.xlsx".encode("utf-16le"),
                     "__attach_version1.0_#00000000/__substg1.0_37010102": attachment})


def jpeg():
    def entry(tag, kind, count, value):
        return struct.pack(">HHI", tag, kind, count) + value
    gps = 26
    fractions = gps + 2 + 4 * 12 + 4
    tiff = b"MM\0*" + struct.pack(">I", 8) + struct.pack(">H", 1) + entry(0x8825, 4, 1, struct.pack(">I", gps)) + b"\0" * 4
    tiff += struct.pack(">H", 4) + entry(1, 2, 2, b"N\0\0\0") + entry(2, 5, 3, struct.pack(">I", fractions)) + \
        entry(3, 2, 2, b"E\0\0\0") + entry(4, 5, 3, struct.pack(">I", fractions + 24)) + b"\0" * 4
    tiff += struct.pack(">IIIIII", 35, 1, 40, 1, 5232, 100) + struct.pack(">IIIIII", 139, 1, 46, 1, 156, 100)
    exif = b"Exif\0\0" + tiff
    return b"\xff\xd8\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + b"\xff\xda\0\2\xff\xd9"


def eml(name, data):
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "sato@kodama.example.jp", "ito@a-shoji.example", "給与の件"
    mail.set_content("資料をお送りします。")
    mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()


def rtf():
    return ("{\\rtf1\\ansi\\ansicpg932{\\fonttbl{\\f0 MS;}}" +
            "".join(f"\\'{b:02x}" for b in "個人番号".encode("cp932")) + f" {NUMBER}\\par {{\\v \\u20869?\\u32210? {NUMBER}}}}}").encode()


def ordinary():
    book = write("book.xlsx", xlsx())
    write("document.docx", docx())
    write("slides.pptx", pptx())
    write("book.ods", ods())
    write("document.odt", odt())
    write("slides.odp", odp())
    write("document.rtf", rtf())
    write("book.xls", xls())
    write("document.doc", doc())
    write("slides.ppt", ppt())
    write("mail.msg", msg(book))
    write("pages.pdf", pdf(["Cover", "My Number: " + NUMBER]))
    write("scanned.pdf", pdf(["", ""]))
    write("photo.jpg", jpeg())
    archive = write("files.zip", packed([("2026/名簿.xlsx", book)]))
    write("mail.eml", eml("給与.zip", archive))
    # A name in CP932, as Windows writes it without a flag.
    write("windows.zip", packed([("AAAA.txt", f"個人番号 {NUMBER}")]).replace(b"AAAA", "名簿".encode("cp932")))
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        info = tarfile.TarInfo("名簿/a.txt")
        data = f"個人番号 {NUMBER}".encode()
        info.size = len(data)
        tar.addfile(info, io.BytesIO(data))
    write("files.tar", out.getvalue())
    write("files.tgz", gzip.compress(out.getvalue()))
    write("list.txt.bz2", bz2.compress(data))
    write("list.txt.xz", lzma.compress(data))
    write("stored-office.zip", packed([("document.docx", docx()), ("名簿.txt", f"個人番号 {NUMBER}")], zipfile.ZIP_STORED))
    write("stored-pdf.zip", packed([("pages.pdf", pdf(["Cover", "My Number: " + NUMBER])), ("名簿.txt", f"個人番号 {NUMBER}")], zipfile.ZIP_STORED))
    write("letters.zip", packed([("sound.txt", f"ID3, 氏名 田中太郎 個人番号 {NUMBER}".encode()), ("key.asc", f"-----BEGIN PGP PUBLIC KEY BLOCK-----\nComment: 台帳\n個人番号 {NUMBER}\n-----END PGP PUBLIC KEY BLOCK-----\n".encode())]))
    secret = f"個人番号 {NUMBER}"
    write("around.odt", packed([("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "<office:document-content><text:p>本文</text:p></office:document-content>"),
                                ("styles.xml", f"<office:document-styles><office:master-styles><style:header><text:p>{secret}</text:p></style:header></office:master-styles></office:document-styles>"),
                                ("Object 1/content.xml", f"<office:document-content><table:table-cell><text:p>{secret}</text:p></table:table-cell></office:document-content>")], zipfile.ZIP_STORED))
    write("taken-in.docx", office("word/document.xml", [
        ("word/document.xml", '<w:document><w:body><w:altChunk r:id="rId1"/></w:body></w:document>'),
        ("word/_rels/document.xml.rels", rels(("rId1", "aFChunk", "part1.html"))), ("word/part1.html", f"<html><p>{secret}</p></html>")]))
    both = EmailMessage()
    both["From"], both["To"], both["Subject"] = "sato@kodama.example.jp", "ito@a-shoji.example", "件名"
    both.set_content("いつもお世話になっております。資料の件、承知しました。")
    both.add_alternative(f"<p>{secret}</p>", subtype="html")
    write("two-forms.zip", packed([("mail.eml", both.as_bytes())]))
    write("annotated.rtf", ("{\\rtf1\\ansi\\ansicpg932 Text {\\*\\annotation " + "".join(f"\\'{b:02x}" for b in secret.encode("cp932")) +
                            "}{\\shp{\\*\\shpinst{\\sp{\\sn shapeType}{\\sv 202}}{\\shptxt " + "".join(f"\\'{b:02x}" for b in secret.encode("cp932")) + "}}}}").encode())
    ics_file = base64.b64encode(secret.encode()).decode()
    folded = "\r\n ".join(ics_file[i:i + 30] for i in range(0, len(ics_file), 30))
    write("meeting.ics", ("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:定例\r\nATTACH;FMTTYPE=text/plain;ENCODING=BASE64;VALUE=BINARY;FILENAME=名簿.txt:\r\n " +
                          folded + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n").encode())
    texts = {"utf-8": "utf8", "cp932": "cp932", "iso-2022-jp": "iso2022jp", "euc-jp": "eucjp", "utf-16": "utf16", "utf-16-le": "utf16le"}
    write("texts.zip", packed([(f"{short}.txt", f"担当者の個人番号は{NUMBER}です。".encode(charset)) for charset, short in texts.items()] +
                              [("gb18030.txt", "请您联系我们的客户，身份证号码是11010519491231002X，谢谢。".encode("gb18030")),
                               ("page.html", f"<html><p>個人番号</p><p hidden>{NUMBER}</p></html>".encode()),
                               ("card.vcf", f"BEGIN:VCARD\r\nNOTE:個人番号 123456\r\n 789018\r\nEND:VCARD\r\n".encode()),
                               ("list.csv", f"氏名,個人番号\r\n田中太郎,{NUMBER}\r\n".encode("cp932"))]))


def without(package, *lost):
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return packed([(name, archive.read(name)) for name in archive.namelist() if name not in lost])


def hostile():
    write("missing-sheet.xlsx", without(xlsx(), "xl/worksheets/sheet2.xml"))
    write("missing-slide.pptx", without(pptx(), "ppt/slides/slide2.xml"))
    # One part whose bytes are not what its checksum says, in a package that is otherwise whole.
    stored = packed([("[Content_Types].xml", "<Types/>"), ("_rels/.rels", rels(("rId1", "officeDocument", "word/document.xml"))),
                     ("word/document.xml", f"<w:document><w:p><w:r><w:t>個人番号 {NUMBER}</w:t></w:r></w:p></w:document>")], zipfile.ZIP_STORED)
    write("broken-part.docx", stored.replace(NUMBER.encode(), b"9" * 12))
    write("object.rtf", b"{\\rtf1 Text {\\object\\objemb{\\*\\objdata 0105000002000000}}}")
    write("excel95.xls", compound({"Book": biff(0x809, struct.pack("<HHHH", 0x500, 5, 0, 0)) + biff(0x0A, b"")}))
    write("binary.xlsb", office("xl/workbook.bin", [("xl/workbook.bin", b"\x83\x01\0" + b"\0" * 64)]))
    write("message.asc", b"-----BEGIN PGP MESSAGE-----\n\nhQEMA0000000000000AQf/\n-----END PGP MESSAGE-----\n")
    write("message.p7m", b"\x30\x82\x04\x00\x06\x09" + bytes(range(256)) * 4)
    write("truncated.xlsx", xlsx()[:700])
    write("truncated.zip", packed([("a.txt", "x" * 100_000)])[:150])
    write("not-a.zip", b"PK\x03\x04" + b"\xff" * 20)
    write("bomb.zip", packed([("a.bin", b"\0" * (64 << 20))]))
    inner = packed([(f"{i}.bin", b"\0" * (30 << 20)) for i in range(10)])
    write("wide-bomb.zip", packed([("a.zip", inner)]))
    deep = b"end"
    for i in range(12):
        deep = packed([(f"{i}.zip" if i else "end.txt", deep)])
    write("deep.zip", deep)
    write("many.zip", packed([(f"{i}.txt", "x") for i in range(12_000)], zipfile.ZIP_STORED))
    write("names.zip", packed([("../../etc/名簿.txt", "a"), ("/abs/b.txt", "b"), ("請求\u202efdp.exe", "c"), ("x\x07y.txt", "d"), ("..", "e")]))
    entities = "<!DOCTYPE l [<!ENTITY a \"aaaaaaaaaa\">" + "".join(
        f'<!ENTITY {chr(98 + i)} "{("&" + chr(97 + i) + ";") * 10}">' for i in range(12)) + "]>"
    write("entities.docx", office("word/document.xml", [
        ("word/document.xml", entities + f"<w:document><w:p><w:r><w:t>&m; 個人番号 {NUMBER}</w:t></w:r></w:p></w:document>")]))
    write("deep-tags.docx", office("word/document.xml", [("word/document.xml", "<w:p>" * 1_000_000)]))
    write("quotes.docx", office("word/document.xml", [("word/document.xml", "<a b='" + "<a b=\"x" * 300_000)]))
    row = "".join(f'<sheet name="s{i}" r:id="rId1"/>' for i in range(9000))
    write("same-sheet.xlsx", office("xl/workbook.xml", [
        ("xl/workbook.xml", f"<workbook><sheets>{row}</sheets></workbook>"),
        ("xl/_rels/workbook.xml.rels", rels(("rId1", "worksheet", "sheet.xml"))),
        ("xl/sheet.xml", "<worksheet><sheetData>" + '<row><c t="str"><v>x</v></c></row>' * 50_000 + "</sheetData></worksheet>")]))
    write("repeats.ods", opendocument("spreadsheet",
        '<office:document-content><table:table table:name="a"><table:table-row table:number-rows-repeated="1048576">'
        f'<table:table-cell table:number-columns-repeated="16384"><text:p>{"x" * 100_000}</text:p></table:table-cell>'
        '</table:table-row></table:table></office:document-content>'))
    write("groups.rtf", b"{\\rtf1" + b"{" * 1_000_000)
    circle = bytearray(doc())
    circle[512:1024] = struct.pack("<I", 0) * 128
    write("circle.doc", bytes(circle))
    write("encrypted.doc", doc(encrypted=True))
    write("encrypted.docx", compound({"EncryptionInfo": b"\4\0\4\0", "EncryptedPackage": b"x" * 5000}))
    write("program.pdf", b"MZ" + b"\0" * 200)
    write("broken.pdf", b"%PDF-1.4\n" + b"garbage " * 100)
    write("noise.bin", bytes(range(256)) * 64)


ordinary()
hostile()

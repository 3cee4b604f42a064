"""Hostile files, made on the spot: what each is called, its bytes, and how it must be refused."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import NamedTuple

from zhongshu.office.files import limits

from . import good

DOCTYPE = '<!DOCTYPE w [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
LAUGHS = (
    "<!DOCTYPE w ["
    + '<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    + "]>"
)


class Bad(NamedTuple):
    """`codes` are the refusals that are right; `alone` ones would take this process along."""

    name: str
    make: Callable[[], bytes]
    codes: tuple[str, ...]
    alone: bool = False


def word(**parts: str | bytes) -> bytes:
    """A Word file with some parts put in another's place."""
    whole = good.docx_parts()
    return good.package(whole | {name.replace("__", "/"): text for name, text in parts.items()})


def body(inside: str, before: str = "") -> bytes:
    """A Word file with this XML in its body."""
    return word(
        **{
            "word/document.xml": (
                f'{before}<w:document xmlns:w="{good.W}"><w:body>{inside}</w:body></w:document>'
            )
        }
    )


def ofd(**parts: str) -> bytes:
    """An OFD with some parts put in another's place."""
    return good.package(good.ofd_parts() | parts)


def entry(name: str, content: bytes = b"x", **fields: int) -> bytes:
    """A Word file with one more entry, whose header says what the test wants."""
    out = io.BytesIO(good.docx())
    info = zipfile.ZipInfo("placeholder")
    with zipfile.ZipFile(out, "a") as made:
        for field, value in fields.items():
            setattr(info, field, value)
        info.filename = name
        made.writestr(info, content)
    return out.getvalue()


def bomb(megabytes: int, parts: int = 1) -> bytes:
    """A Word file that unpacks to very much."""
    out = io.BytesIO(good.docx())
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as made:
        for number in range(parts):
            with made.open(f"word/media/{number}.bin", "w", force_zip64=False) as part:
                for _ in range(megabytes):
                    part.write(bytes(limits.MIB))
    return out.getvalue()


def lying() -> bytes:
    """An entry that says it is small and unpacks to a hundred times more."""
    raw = bytearray(bomb(16))
    with zipfile.ZipFile(io.BytesIO(bytes(raw))) as made:
        info = made.getinfo("word/media/0.bin")
        start = made.start_dir
    claim = struct.pack("<L", 1000)
    raw[info.header_offset + 22 : info.header_offset + 26] = claim
    at = raw.index(b"PK\x01\x02", start)
    while raw[at + 46 : at + 46 + len(info.filename)] != info.filename.encode():
        at = raw.index(b"PK\x01\x02", at + 4)
    raw[at + 24 : at + 28] = claim
    return bytes(raw)


def many(count: int) -> bytes:
    """Very many empty entries, written by hand because zipfile takes its time."""
    out, listed = io.BytesIO(), io.BytesIO()
    for number in range(count):
        name = b"%06x" % number
        listed.write(
            struct.pack(
                "<4s6H3L5H2L", b"PK\1\2", 20, 20, 0, 0, 0, 0, 0, 0, 0, 6, *[0] * 5, out.tell()
            )
            + name
        )
        out.write(struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 0, 0, 0, 0, 0, 0, 6, 0) + name)
    start = out.tell()
    out.write(listed.getvalue())
    claimed = count & 0xFFFF
    out.write(
        struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, claimed, claimed, len(listed.getvalue()), start, 0)
    )
    return out.getvalue()


def overlapping() -> bytes:
    """An entry that lies inside another one, header and all: the same bytes unpacked twice."""
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as made:
        made.writestr("word/b.bin", b"x" * 1000)
        [within] = made.infolist()
        body = inner.getvalue()[: made.start_dir]
    out = io.BytesIO(good.docx())
    with zipfile.ZipFile(out, "a") as made:
        made.writestr("word/a.bin", body)
        within.header_offset = made.getinfo("word/a.bin").header_offset + 30 + len("word/a.bin")
        made.filelist.append(within)
    return out.getvalue()


def spoiled(what: bytes, by: bytes) -> bytes:
    """A Word file with the first mark of this kind changed."""
    return good.docx().replace(what, by, 1)


def too_long() -> bytes:
    """The last entry of the list claims to reach beyond the list."""
    raw = bytearray(good.docx())
    at = raw.rindex(b"PK\x01\x02")
    raw[at + 20 : at + 24] = struct.pack("<L", 100_000)
    return bytes(raw)


def flagged(bit: int, method: int | None = None) -> bytes:
    """Every entry says it is encrypted, or packed in some rare way."""
    raw = bytearray(good.docx())
    with zipfile.ZipFile(io.BytesIO(bytes(raw))) as made:
        start = made.start_dir
    for mark, flag_at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = raw.find(mark)
        while at >= 0:
            raw[at + flag_at] |= bit
            if method is not None:
                raw[at + flag_at + 2] = method
            at = raw.find(mark, at + 4)
    assert start
    return bytes(raw)


def png(width: int, height: int, *, data: bytes = b"") -> bytes:
    """A header that promises very many pixels."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        check = zlib.crc32(kind + content)
        return struct.pack(">L", len(content)) + kind + content + struct.pack(">L", check)

    head = struct.pack(">2L5B", width, height, 8, 2, 0, 0, 0)
    pixels = chunk(b"IDAT", data or zlib.compress(b""))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + pixels + chunk(b"IEND", b"")


def tiff(*, width: int = 1, height: int = 1, loop: bool = False, frames: int = 1) -> bytes:
    """A TIFF of empty frames; with `loop` the last points back to the first."""
    out = b"II*\0" + struct.pack("<L", 8)
    size = 2 + 12 * 8 + 4
    for number in range(frames):
        here = 8 + number * size
        tags = [
            (256, 4, width),
            (257, 4, height),
            (258, 3, 8),
            (259, 3, 1),
            (262, 3, 1),
            (273, 4, 8),
            (278, 4, height),
            (279, 4, 1),
        ]
        following = 8 if loop and number == frames - 1 else here + size
        if not loop and number == frames - 1:
            following = 0
        out += struct.pack("<H", len(tags))
        out += b"".join(struct.pack("<HHLL", tag, kind, 1, value) for tag, kind, value in tags)
        out += struct.pack("<L", following)
    return out


def encrypted_pdf() -> bytes:
    """A PDF whose password is not the empty one."""
    secret = "<" + "41" * 32 + ">"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Count 1/Kids[5 0 R]>>",
        "<</Title(x)>>",
        f"<</Filter/Standard/V 1/R 2/O{secret}/U{secret}/P -4>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    ]
    return good.assemble(objects, trailer="/Encrypt 4 0 R/ID[<00><00>]")


def deep_pdf() -> bytes:
    """Arrays within arrays, a hundred thousand deep."""
    nest = "[" * 100_000 + "]" * 100_000
    return good.assemble(
        [f"<</Type/Catalog/Pages 2 0 R/X {nest}>>", "<</Type/Pages/Count 0/Kids[]>>", "<<>>"]
    )


def circular_pdf() -> bytes:
    """A tree of pages that is its own branch."""
    return good.assemble(
        ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[2 0 R]>>", "<<>>"]
    )


def far_sheet() -> bytes:
    """A table with one cell in the first row and one in the last of the last column."""
    raw = good.xlsx([["a"]])
    parts = dict(unpacked(raw))
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    row = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    sheet = sheet.replace("</sheetData>", row).replace('ref="A1"', 'ref="A1:XFD1048576"')
    return good.package(parts | {"xl/worksheets/sheet1.xml": sheet.encode()})


def unpacked(raw: bytes) -> Iterator[tuple[str, bytes]]:
    """The parts of a package."""
    with zipfile.ZipFile(io.BytesIO(raw)) as made:
        for name in made.namelist():
            yield name, made.read(name)


def types(*overrides: tuple[str, str]) -> str:
    """A list of content types."""
    inside = "".join(f'<Override PartName="{at}" ContentType="{kind}"/>' for at, kind in overrides)
    place = "http://schemas.openxmlformats.org/package/2006/content-types"
    return f'<Types xmlns="{place}">{inside}</Types>'


def link(kind: str) -> str:
    """A relationship that reaches outside."""
    return (
        f'<Relationships xmlns="{good.RELS}"><Relationship Id="r1" TargetMode="External" '
        f'Target="http://example.invalid/x" Type="http://x/relationships/{kind}"/></Relationships>'
    )


MACRO = "application/vnd.ms-word.document.macroEnabled.main+xml"
HIDDEN = ("hidden_data", "damaged")
CORPUS: tuple[Bad, ...] = (
    Bad("nothing", lambda: b"", ("empty",)),
    Bad("noise", lambda: bytes(range(256)) * 40, ("kind_unknown",)),
    Bad("NULs", lambda: bytes(1000), ("kind_unknown",)),
    Bad("text with NUL", lambda: b"abc\0def", ("kind_unknown",)),
    Bad("UTF-16 that does not say so", lambda: "a关于".encode("utf-16-le"), ("kind_unknown",)),
    Bad("UTF-16 cut within a letter", lambda: "关于".encode("utf-16")[:-1], ("kind_unknown",)),
    Bad("UTF-16 with NUL", lambda: "关\0于".encode("utf-16"), ("kind_unknown",)),
    Bad("a page in UTF-16", lambda: "<html><script>x".encode("utf-16"), ("kind_web",)),
    Bad("text with escape codes", lambda: b"\x1b[2Jabc", ("kind_unknown",)),
    *(
        Bad(f"web {number}", lambda text=text: text, ("kind_web",))  # type: ignore[misc]
        for number, text in enumerate(
            (
                b"<html><script>alert(1)</script>",
                b"<!DOCTYPE html><p>",
                b"\n\n  <HTML>",
                b"\xef\xbb\xbf<html>",
                b"<!-- x --><html>",
                b"<!-- x -->\n<!-- y --><svg onload=alert(1)>",
                b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
                b'<?xml version="1.0"?><svg/>',
                b"<?php x ?><html>",
                b"<script>alert(1)</script>",
                b"<body onload=alert(1)>",
                b"<svg:svg xmlns:svg='http://www.w3.org/2000/svg'/>",
                b"<?xml version='1.0'?><x/>",
            )
        )
    ),
    *(
        Bad(f"{code} {head[:4]!r}", lambda head=head: head + b"rest", (code,))  # type: ignore[misc]
        for head, code in (
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "kind_old_office"),
            (b"{\\rtf1 ", "kind_old_office"),
            (b"MZ\x90\0", "kind_program"),
            (b"\x7fELF\2", "kind_program"),
            (b"\xca\xfe\xba\xbe", "kind_program"),
            (b"#!/bin/sh\n", "kind_program"),
            (b"Rar!\x1a\x07\0", "kind_archive"),
            (b"7z\xbc\xaf\x27\x1c", "kind_archive"),
            (b"\x1f\x8b\x08", "kind_archive"),
            (b"BZh9", "kind_archive"),
            (b"\xfd7zXZ\0", "kind_archive"),
            (b"PK\5\6" + bytes(18), "kind_archive"),
            (b"GIF89a\1\0\1\0\0\0", "kind_unknown"),
            (b"BM\0\0\0\0", "kind_unknown"),
            (b"RIFF\0\0\0\0WEBP", "kind_unknown"),
        )
    ),
    # packages
    Bad("plain zip", lambda: good.package({"a.txt": "x"}), ("kind_archive",)),
    Bad("zip in zip", lambda: good.package({"a.zip": bomb(1)}), ("kind_archive",)),
    Bad("jar", lambda: good.package({"META-INF/MANIFEST.MF": "x"}), ("kind_archive",)),
    Bad("bomb of 410 megabytes", lambda: bomb(410), ("too_big_unpacked",)),
    Bad("bomb by ratio", lambda: bomb(60), ("too_big_unpacked",)),
    Bad("lying size", lying, ("damaged", "hidden_data")),
    Bad("20,000 entries", lambda: many(20_000), ("too_many_parts",)),
    Bad("200,000 entries, fewer claimed", lambda: many(200_000), ("too_many_parts", "hidden_data")),
    Bad("65,537 entries, one claimed", lambda: many(65_537), ("too_many_parts", "hidden_data")),
    Bad("an end record and no more", lambda: b"PK\3\4PK\5\6", HIDDEN),
    Bad("a list that is none", lambda: spoiled(b"PK\1\2", b"PK\1\3"), HIDDEN),
    Bad("an entry longer than the file", too_long, HIDDEN),
    Bad("overlapping entries", overlapping, ("hidden_data",)),
    Bad("encrypted zip", lambda: flagged(0x01), ("encrypted",)),
    Bad("strongly encrypted zip", lambda: flagged(0x40), ("encrypted",)),
    Bad("rare packing", lambda: flagged(0, 12), ("damaged",)),
    Bad("deep folders", lambda: entry("/".join("abcdefghijklmnop")), ("too_many_parts",)),
    Bad("nested file", lambda: entry("a.docx", bomb(1)) + b"x", HIDDEN),
    *(
        Bad(f"entry named {name[:12]!r}", lambda name=name: entry(name), ("bad_part_names",))  # type: ignore[misc]
        for name in (
            "../../etc/cron.d/x",
            "/etc/passwd",
            "word/../../x",
            "..",
            "C:/windows/x",
            "..\\..\\x",
            "a\nb",
            "a//b",
            "./a",
            "n" * 500,
            "a|b",
        )
    ),
    Bad(
        "symlink",
        lambda: entry("l", b"/etc/passwd", external_attr=0o120777 << 16),
        ("bad_part_names",),
    ),
    Bad("device", lambda: entry("d", b"", external_attr=0o020777 << 16), ("bad_part_names",)),
    Bad("name twice in other case", lambda: entry("WORD/Document.xml"), ("bad_part_names",)),
    Bad("zip before", lambda: b"PK\3\4" + bytes(60) + good.docx(), HIDDEN),
    Bad("zip behind", lambda: good.docx() + b"tail", HIDDEN),
    Bad("zip comment that may be more", lambda: good.docx()[:-2] + b"\5\0%PDF-", HIDDEN),
    Bad("long zip comment", lambda: good.docx()[:-2] + b"\41\0" + b"a" * 33, HIDDEN),
    Bad("zip comment cut off", lambda: good.docx()[:-2] + b"\5\0tail", HIDDEN),
    Bad("two kinds in one", lambda: ofd(**{"[Content_Types].xml": types()}), HIDDEN),
    # office
    Bad(
        "docm",
        lambda: word(**{"[Content_Types].xml": types(("/word/document.xml", MACRO))}),
        ("kind_macros",),
    ),
    Bad("macro part", lambda: word(**{"word/vbaProject.bin": b"x"}), ("kind_macros",)),
    Bad("ActiveX part", lambda: word(**{"word/activeX/activeX1.xml": "<x/>"}), ("kind_macros",)),
    Bad("macro sheet", lambda: word(**{"xl/macrosheets/s.xml": "<x/>"}), ("kind_macros",)),
    Bad("no main part", lambda: word(**{"[Content_Types].xml": types()}), ("kind_unknown",)),
    Bad(
        "main part elsewhere",
        lambda: word(**{"[Content_Types].xml": types(("/x.xml", good.WORD_MAIN))}),
        ("kind_unknown",),
    ),
    Bad(
        "two main parts",
        lambda: word(
            **{"[Content_Types].xml": types(*[("/word/document.xml", good.WORD_MAIN)] * 2)}
        ),
        ("kind_unknown",),
    ),
    Bad(
        "slides",
        lambda: word(**{"[Content_Types].xml": types(("/p", good.OFFICE + "presentationml"))}),
        ("kind_unknown",),
    ),
    *(
        Bad(
            f"remote {kind}",
            lambda kind=kind: word(**{"word/_rels/document.xml.rels": link(kind)}),  # type: ignore[misc]
            ("kind_remote",),
        )
        for kind in ("attachedTemplate", "oleObject", "frame", "subDocument")
    ),
    # XML
    Bad("XXE", lambda: body("&e;", DOCTYPE), ("xml_doctype",)),
    Bad("doctype alone", lambda: body("", "<!DOCTYPE w>"), ("xml_doctype",)),
    Bad(
        "external doctype",
        lambda: body("", '<!DOCTYPE w SYSTEM "http://x.invalid/">'),
        ("xml_doctype",),
    ),
    Bad("entity bomb", lambda: body("&a11;", LAUGHS), ("xml_doctype",)),
    Bad(
        "parameter entity",
        lambda: body("", '<!DOCTYPE w [<!ENTITY % p SYSTEM "file:///x">%p;]>'),
        ("xml_doctype",),
    ),
    Bad("XXE in OFD", lambda: ofd(**{"OFD.xml": DOCTYPE + "<x/>"}), ("xml_doctype",)),
    Bad(
        "XXE in content types",
        lambda: word(**{"[Content_Types].xml": DOCTYPE + "<x/>"}),
        ("xml_doctype",),
    ),
    Bad(
        "XXE in UTF-16",
        lambda: word(**{"word/document.xml": (DOCTYPE + "<x/>").encode("utf-16")}),
        ("xml_doctype",),
    ),
    Bad("1,000,000 levels", lambda: body("<x>" * 1_000_000), ("xml_too_complex",)),
    Bad("201 levels", lambda: body("<x>" * 201 + "</x>" * 201), ("xml_too_complex",)),
    Bad(
        "257 attributes",
        lambda: body("<x " + " ".join(f'a{n}=""' for n in range(257)) + "/>"),
        ("xml_too_complex",),
    ),
    Bad(
        "500,000 attributes",
        lambda: body("<x " + " ".join(f'a{n}=""' for n in range(500_000)) + "/>"),
        ("xml_too_complex",),
    ),
    Bad(
        "3,000,000 elements",
        lambda: body("<x/>" * 3_000_000),
        ("xml_too_complex", "too_big_unpacked"),
    ),
    Bad(
        "a part too large",
        lambda: body("一二三四五六七八九十" * 2_400_000),
        ("too_big_unpacked", "too_much_text"),
    ),
    Bad("broken XML", lambda: body("<x>"), ("damaged",)),
    Bad(
        "unknown encoding",
        lambda: body("", '<?xml version="1.0" encoding="x-none"?>'),
        ("damaged",),
    ),
    Bad("OFD without a document", lambda: ofd(**{"OFD.xml": "<x/>"}), ("damaged",)),
    Bad(
        "OFD pages missing",
        lambda: ofd(
            **{"Doc_0/Document.xml": str(good.ofd_parts(["a", "b"])["Doc_0/Document.xml"])}
        ),
        ("damaged",),
    ),
    Bad(
        "OFD pages outside",
        lambda: ofd(
            **{
                "Doc_0/Document.xml": str(good.ofd_parts()["Doc_0/Document.xml"]).replace(
                    "Pages/", "../../../"
                )
            }
        ),
        ("damaged",),
    ),
    Bad("OFD without pages", lambda: good.ofd([]), ("damaged",)),
    Bad("OFD of 2,001 pages", lambda: good.ofd(["a"] * 2_001), ("too_many_pages",)),
    Bad(
        "OFD without a box",
        lambda: ofd(
            **{"Doc_0/Pages/Page_0/Content.xml": f'<p xmlns:o="{good.OFD}"><o:TextObject/></p>'}
        ),
        ("damaged",),
    ),
    Bad(
        "table out to the last cell",
        far_sheet,
        ("too_hard", "too_many_rows", "damaged"),
        alone=True,
    ),
    Bad("100,001 rows", lambda: good.xlsx([[1]] * 100_001), ("too_many_rows",)),
    Bad("51 sheets", lambda: sheets(51), ("too_many_rows",)),
    Bad(
        "XLSX that is none",
        lambda: good.package(
            {
                "[Content_Types].xml": types(
                    ("/xl/workbook.xml", good.OFFICE + "spreadsheetml.sheet.main+xml")
                ),
                "xl/workbook.xml": "<x/>",
            }
        ),
        ("damaged",),
    ),
    # PDF
    Bad("10,000 pages", lambda: good.pdf(["a"] * 10_000), ("too_many_pages",)),
    Bad("2,001 pages", lambda: good.pdf(["a"] * 2_001), ("too_many_pages",)),
    Bad("encrypted PDF", encrypted_pdf, ("encrypted",)),
    Bad("PDF without pages", lambda: good.pdf([]), ("damaged", "encrypted")),
    Bad("PDF in name only", lambda: b"%PDF-1.7\n%%EOF\n", ("damaged",)),
    Bad("PDF of noise", lambda: b"%PDF-1.7\n" + bytes(range(256)) * 99 + b"%%EOF", ("damaged",)),
    Bad("deep PDF", deep_pdf, ("damaged", "too_hard"), alone=True),
    Bad("circular PDF", circular_pdf, ("damaged", "too_hard"), alone=True),
    Bad(
        "PDF whose page is missing",
        lambda: good.pdf().replace(b"[7 0 R]", b"[9 9 R]"),
        ("damaged",),
    ),
    Bad(
        "PDF whose last revision was cut off",
        lambda: good.pdf() + b"9 0 obj\n<</Type/Page>>\nendobj\n" * 100,
        ("damaged",),
    ),
    Bad("PDF behind something", lambda: b"\0" + good.pdf(), ("kind_unknown",)),
    # two in one
    Bad("PDF and ZIP", lambda: good.pdf() + good.package({"a": "b"}), ("hidden_data",)),
    Bad(
        "PDF and ZIP with comment",
        lambda: good.pdf() + good.package({"a": "b"})[:-2] + b"\7\0%%EOF\n ",
        ("hidden_data",),
    ),
    Bad("JPEG and JAR", lambda: good.image("JPEG") + good.package({"a": "b"}), ("hidden_data",)),
    Bad("PNG and ZIP", lambda: good.image("PNG") + good.package({"a": "b"}), ("hidden_data",)),
    Bad("TIFF and ZIP", lambda: good.image("TIFF") + good.package({"a": "b"}), ("hidden_data",)),
    Bad(
        "PNG and a page", lambda: good.image("PNG") + b"<script>alert(1)</script>", ("hidden_data",)
    ),
    Bad("GIFAR", lambda: good.image("GIF") + good.package({"a": "b"}), ("kind_unknown",)),
    # pictures
    Bad("PNG of 10 billion pixels", lambda: png(100_000, 100_000), ("too_many_pixels",)),
    Bad("PNG of 41 million pixels", lambda: png(41_000, 1_001), ("too_many_pixels",)),
    Bad("PNG that ends early", lambda: png(6_000, 6_000), ("damaged",)),
    Bad("PNG header alone", lambda: b"\x89PNG\r\n\x1a\n", ("damaged",)),
    Bad(
        "TIFF of 10 billion pixels",
        lambda: tiff(width=100_000, height=100_000),
        ("too_many_pixels",),
    ),
    Bad("TIFF of 301 frames", lambda: tiff(frames=301), ("too_many_pages",)),
    Bad("TIFF header alone", lambda: b"II*\0", ("damaged",)),
    Bad("JPEG header alone", lambda: b"\xff\xd8\xff\xe0", ("damaged",)),
)


def sheets(count: int) -> bytes:
    """A book of many sheets."""
    out = io.BytesIO()
    with good.xlsxwriter.Workbook(out) as book:
        for _ in range(count):
            book.add_worksheet()
    return out.getvalue()


def cut() -> Iterator[Bad]:
    """Every kind, ended early at many places. A text cut between letters is a shorter text."""
    for suffix, raw in good.samples().items():
        if suffix not in ("txt", "csv"):
            for part in range(1, 20):
                piece = raw[: len(raw) * part // 20]
                yield Bad(f"{suffix} cut at {part}/20", lambda piece=piece: piece, ())  # type: ignore[misc]
            piece = raw[:-1].rstrip()
            if suffix in ("docx", "xlsx", "ofd", "png"):
                yield Bad(f"{suffix} without its last byte", lambda piece=piece: piece, ())  # type: ignore[misc]

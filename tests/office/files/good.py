"""Honest files of every kind, made by hand so that a test can bend any byte of them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from functools import cache

import xlsxwriter
from PIL import Image

OFFICE = "application/vnd.openxmlformats-officedocument."
WORD_MAIN = OFFICE + "wordprocessingml.document.main+xml"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFD = "http://www.ofdspec.org/2016"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"


def pdf(
    pages: Sequence[str] = ("关于水源保护的通知",), *, title: str = "", extra: str = ""
) -> bytes:
    """Text on A4; each line of a page 24 points below the one before."""
    font = (
        "<</Type/Font/Subtype/Type0/BaseFont/STSong/Encoding/UniGB-UCS2-H/DescendantFonts[5 0 R]>>"
    )
    below = (
        "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong/CIDSystemInfo"
        "<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/FontDescriptor 6 0 R>>"
    )
    look = (
        "<</Type/FontDescriptor/FontName/STSong/Flags 6/FontBBox[0 -200 1000 900]"
        "/ItalicAngle 0/Ascent 900/Descent -200/StemV 80/CapHeight 700>>"
    )
    kids = " ".join(f"{7 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        f"<</Type/Catalog/Pages 2 0 R{extra}>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>",
        f"<</Title<FEFF{title.encode('utf-16-be').hex()}>>>",
        font,
        below,
        look,
    ]
    for number, text in enumerate(pages):
        lines = "".join(
            f"BT /F 16 Tf 72 {770 - 24 * at} Td <{line.encode('utf-16-be').hex()}> Tj ET\n"
            for at, line in enumerate(text.splitlines())
        )
        objects.append(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 4 0 R>>>>"
            f"/Contents {8 + 2 * number} 0 R>>"
        )
        objects.append(f"<</Length {len(lines)}>>stream\n{lines}endstream")
    return assemble(objects)


def assemble(objects: Sequence[str], *, trailer: str = "") -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue, the third its title."""
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.7\n")
    for number, text in enumerate(objects, 1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n{text}\nendobj\n".encode("latin-1"))
    start = out.tell()
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    out.writelines(f"{place:010d} 00000 n \n".encode() for place in places)
    size = len(objects) + 1
    out.write(f"trailer<</Size {size}/Root 1 0 R/Info 3 0 R{trailer}>>\n".encode())
    out.write(f"startxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()


def package(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip file of these parts, in order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name)  # without the time, so that the bytes are the same
            info.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(info, content)
    return out.getvalue()


def docx_parts(
    lines: Sequence[str] = ("关于水源保护的通知",), *, header: str = "", main: str = WORD_MAIN
) -> dict[str, str | bytes]:
    """The parts of a document of these paragraphs."""
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": (
            '<?xml version="1.0" encoding="UTF-8"?><Types xmlns='
            '"http://schemas.openxmlformats.org/package/2006/content-types">'
            f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
        ),
        "_rels/.rels": f'<Relationships xmlns="{RELS}"/>',
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
    }
    if header:
        parts["word/header1.xml"] = (
            f'<w:hdr xmlns:w="{W}"><w:p><w:r><w:t>{header}</w:t></w:r></w:p></w:hdr>'
        )
    return parts


def docx(lines: Sequence[str] = ("关于水源保护的通知",), *, header: str = "") -> bytes:
    """A document of these paragraphs."""
    return package(docx_parts(lines, header=header))


def xlsx(rows: Sequence[Sequence[object]] = (("姓名", "工号"), ("张三", 7))) -> bytes:
    """A sheet of these rows."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("人员")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write(at, column, cell, *([day] if hasattr(cell, "year") else []))
    return out.getvalue()


def ofd_parts(
    pages: Sequence[str] = ("关于水源保护的通知",), title: str = "通知"
) -> dict[str, str | bytes]:
    """The parts of an OFD of these pages."""
    parts: dict[str, str | bytes] = {
        "OFD.xml": (
            f'<ofd:OFD xmlns:ofd="{OFD}"><ofd:DocBody><ofd:DocInfo><ofd:Title>{title}</ofd:Title>'
            "</ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
        )
    }
    links = "".join(
        f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages))
    )
    parts["Doc_0/Document.xml"] = (
        f'<ofd:Document xmlns:ofd="{OFD}"><ofd:Pages>{links}</ofd:Pages></ofd:Document>'
    )
    for number, text in enumerate(pages):
        boxes = "".join(
            f'<ofd:TextObject Boundary="20 {20 + 8 * at} 100 6">'
            f'<ofd:TextCode X="0" Y="5">{line}</ofd:TextCode></ofd:TextObject>'
            for at, line in enumerate(text.splitlines())
        )
        parts[f"Doc_0/Pages/Page_{number}/Content.xml"] = (
            f'<ofd:Page xmlns:ofd="{OFD}"><ofd:Content><ofd:Layer>{boxes}'
            "</ofd:Layer></ofd:Content></ofd:Page>"
        )
    return parts


def ofd(pages: Sequence[str] = ("关于水源保护的通知",)) -> bytes:
    """An OFD of these pages."""
    return package(ofd_parts(pages))


def image(format: str, mode: str = "RGB", frames: int = 1, **options: object) -> bytes:  # noqa: A002
    """A small picture that is not all one colour."""
    picture = Image.effect_mandelbrot((160, 120), (-2.0, -1.5, 1.0, 1.5), 40).convert(mode)
    out = io.BytesIO()
    if frames > 1:
        options |= {"save_all": True, "append_images": [picture] * (frames - 1)}
    picture.save(out, format, **options)  # type: ignore[arg-type]
    return out.getvalue()


@cache
def samples() -> dict[str, bytes]:
    """One of each kind, by the suffix it deserves."""
    return {
        "pdf": pdf(),
        "ofd": ofd(),
        "docx": docx(),
        "xlsx": xlsx(),
        "txt": "关于水源保护的通知\n".encode(),
        "csv": "姓名,工号\n张三,7\n".encode("gb18030"),
        "png": image("PNG"),
        "jpg": image("JPEG"),
        "tif": image("TIFF", frames=3),
    }

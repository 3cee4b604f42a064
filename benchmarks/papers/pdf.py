"""Drawn pages as PDF, with the fonts that viewers know by name."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from random import Random

from .draw import POINT, Sheet, Text, letter

FONTS = {
    "fang": "FangSong_GB2312",
    "kai": "KaiTi_GB2312",
    "hei": "SimHei",
    "song": "SimSun",
    "biao": "FZXiaoBiaoSong-B05S",
}


def write(sheets: Sequence[Sheet], r: Random) -> bytes:
    """The file; the pieces that words are cut into differ as between programs."""
    way = r.choice(("lines", "lines", "letters", "runs"))
    kids = " ".join(f"{3 + 3 * len(FONTS) + 2 * at} 0 R" for at in range(len(sheets)))
    objects = ["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Count {len(sheets)}/Kids[{kids}]>>"]
    for at, base in enumerate(FONTS.values()):
        here = 3 + 3 * at
        objects += [
            f"<</Type/Font/Subtype/Type0/BaseFont/{base}/Encoding/UniGB-UCS2-H/DescendantFonts[{here + 1} 0 R]>>",
            f"<</Type/Font/Subtype/CIDFontType0/BaseFont/{base}/DW 1000/W[1 95 500]/CIDSystemInfo"
            f"<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/FontDescriptor {here + 2} 0 R>>",
            f"<</Type/FontDescriptor/FontName/{base}/Flags 6/FontBBox[0 -200 1000 900]"
            "/ItalicAngle 0/Ascent 880/Descent -120/StemV 80/CapHeight 700>>",
        ]
    fonts = "".join(f"/{name} {3 + 3 * at} 0 R" for at, name in enumerate(FONTS))
    for sheet in sheets:
        here = len(objects) + 1
        stream = "".join(
            (
                _rules(sheet),
                *(_text(text, way, r) for text in _order(sheet.texts, way, r)),
                _seals(sheet),
            )
        )
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595.28 841.89]/Resources<</Font<<{fonts}>>>>/Contents {here + 1} 0 R>>"
        )
        objects.append(f"<</Length {len(stream)}>>stream\n{stream}endstream")
    return _assembled(objects)


def _order(texts: Sequence[Text], way: str, r: Random) -> list[Text]:
    """Some programs write text boxes last or in odd order."""
    out = list(texts)
    if way == "runs":
        r.shuffle(out)
    return out


def _point(x: float, y: float) -> str:
    """Millimetres from the top left as points from the bottom left."""
    return f"{x / POINT:.2f} {(297 - y) / POINT:.2f}"


def _text(text: Text, way: str, r: Random) -> str:
    """One line, as one string, as letters or as runs."""
    colour = "0.85 0.05 0.05 rg" if text.red else "0 g"
    pieces = [text.text]
    if way == "letters" or text.spread:
        pieces = list(text.text)
    elif way == "runs" and len(text.text) > 6:
        cut = r.randint(2, len(text.text) - 2)
        pieces = [text.text[:cut], text.text[cut:]]
    out, x = [], text.x
    base = text.y + text.size * POINT * 0.88
    for piece in pieces:
        if piece.strip():
            out.append(
                f"BT {colour} /{text.face} {text.size:g} Tf {_point(x, base)} Td <{piece.encode('utf-16-be').hex()}> Tj ET\n"
            )
        x += sum(letter(sign, text.size) for sign in piece) + (
            text.spread if len(piece) == 1 else 0
        )
    return "".join(out)


def _rules(sheet: Sheet) -> str:
    """Rules as filled boxes."""
    return "".join(
        f"{'0.85 0.05 0.05' if red else '0 0 0'} rg {_point(left, bottom)} {(right - left) / POINT:.2f} {(bottom - top) / POINT:.2f} re f\n"
        for left, top, right, bottom, red in sheet.rules
    )


def _seals(sheet: Sheet) -> str:
    """Seals as red circles."""
    out = []
    for x, y, radius, _ in sheet.seals:
        points = [
            (x + radius * math.cos(a / 18 * math.pi), y + radius * math.sin(a / 18 * math.pi))
            for a in range(37)
        ]
        path = " ".join(f"{_point(*point)} {'l' if at else 'm'}" for at, point in enumerate(points))
        out.append(f"q 0.85 0.05 0.05 RG 3 w {path} S Q\n")
    return "".join(out)


def _assembled(objects: Sequence[str]) -> bytes:
    """The objects as a file."""
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.7\n")
    for number, text in enumerate(objects, 1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n{text}\nendobj\n".encode("latin-1"))
    start = out.tell()
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    out.writelines(f"{place:010d} 00000 n \n".encode() for place in places)
    out.write(
        f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n".encode()
    )
    return out.getvalue()

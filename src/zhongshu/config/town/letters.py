"""Papers that other organs send to the invented bureau, as PDF: head, number, title, text. 来文.

Drawn after GB/T 9704-2012 with a font that every reader of PDF has to find for itself, so that the
file is two kilobytes. Lengths are points from the lower left corner of A4.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

WIDE, LEFT, RIGHT = 595.0, 79.4, 521.6  # of the page, and where text begins and ends
LETTERS = 28  # of one line
RED, BLACK = "0.85 0 0 rg", "0 g"
FONT = "<</Type/Font/Subtype/Type0/BaseFont/STSong/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>"
BELOW = (
    "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong/CIDSystemInfo<</Registry(Adobe)"
    "/Ordering(GB1)/Supplement 2>>/DW 1000/W[1 95 500]/FontDescriptor 5 0 R>>"
)
LOOK = (
    "<</Type/FontDescriptor/FontName/STSong/Flags 6/FontBBox[0 -200 1000 900]/ItalicAngle 0"
    "/Ascent 900/Descent -200/StemV 80/CapHeight 700>>"
)


class Letter(NamedTuple):
    """What stands on a paper; `signer` only on one that goes up, `urgency` only where marked."""

    source: str
    number: str
    title: str
    addressee: str
    text: Sequence[str]
    day: date
    urgency: str = ""
    signer: str = ""
    contact: str = ""


def pdf(letter: Letter) -> bytes:
    """The paper, on as many pages as its text needs."""
    pages = list(_pages(letter))
    kids = " ".join(f"{6 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>",
        FONT,
        BELOW,
        LOOK,
    ]
    for n, drawn in enumerate(pages):
        objects.append(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>"
            f"/Contents {7 + 2 * n} 0 R>>"
        )
        objects.append(f"<</Length {len(drawn)}>>stream\n{drawn}endstream")
    return _file(objects)


def _pages(letter: Letter) -> Iterator[str]:
    """The drawing of each page."""
    lines = [*_lines(letter)]
    first, rest = lines[:14], lines[14:]
    yield _head(letter) + "".join(_line(line, 468 - 29 * at) for at, line in enumerate(first))
    while rest:
        page, rest = rest[:22], rest[22:]
        yield "".join(_line(line, 730 - 29 * at) for at, line in enumerate(page))


def _head(letter: Letter) -> str:
    name = f"{letter.source}文件"
    size = min(40.0, (RIGHT - LEFT) / len(name))
    drawn = _middle(name, 655, size, RED)
    if letter.urgency:
        drawn += _at(letter.urgency, LEFT, 745, 16)
    if letter.signer:
        drawn += _at(letter.number, LEFT + 16, 590, 16)
        said = f"签发人：{letter.signer}"
        drawn += _at(said, RIGHT - 16 - 16 * len(said), 590, 16)
    else:
        drawn += _middle(letter.number, 590, 16)
    drawn += f"0.85 0 0 RG 1.3 w {LEFT} 578 m {RIGHT} 578 l S\n"
    half = -(-len(letter.title) // (2 if len(letter.title) > 20 else 1))
    titles = [letter.title[at : at + half] for at in range(0, len(letter.title), half)]
    return drawn + "".join(_middle(line, 536 - 31 * at, 22) for at, line in enumerate(titles))


def _lines(letter: Letter) -> Iterator[str]:
    """The lines of the text, the last of them the signature and the day."""
    yield f"{letter.addressee}："
    for paragraph in letter.text:
        said = "　　" + paragraph
        yield from (said[at : at + LETTERS] for at in range(0, len(said), LETTERS))
    yield ""
    yield "　" * (LETTERS - len(letter.source) - 2) + letter.source
    day = f"{letter.day.year}年{letter.day.month}月{letter.day.day}日"
    yield "　" * (LETTERS - len(day)) + day
    if letter.contact:
        yield f"　　（联系人：{letter.contact}）"


def _line(text: str, height: float) -> str:
    blanks = len(text) - len(text.lstrip("　"))
    return _at(text[blanks:], LEFT + 15.8 * blanks, height, 15.8) if text.strip() else ""


def _middle(text: str, height: float, size: float, colour: str = BLACK) -> str:
    wide = sum(size if ord(sign) > 0x2000 else size / 2 for sign in text)
    return _at(text, (WIDE - wide) / 2, height, size, colour)


def _at(text: str, left: float, height: float, size: float, colour: str = BLACK) -> str:
    spelt = text.encode("utf-16-be").hex()
    return f"{colour} BT /F {size:g} Tf {left:.1f} {height:.1f} Td <{spelt}> Tj ET\n"


def _file(objects: Sequence[str]) -> bytes:
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.7\n")
    for number, text in enumerate(objects, 1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n{text}\nendobj\n".encode("latin-1"))
    start, size = out.tell(), len(objects) + 1
    out.write(f"xref\n0 {size}\n0000000000 65535 f \n".encode())
    out.writelines(f"{place:010d} 00000 n \n".encode() for place in places)
    out.write(f"trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()

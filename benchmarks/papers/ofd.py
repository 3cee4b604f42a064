"""Drawn pages as OFD (GB/T 33190), in the several ways in which programs write it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from random import Random
from xml.sax.saxutils import escape

from .draw import POINT, Sheet, Text, letter

NS = "http://www.ofdspec.org/2016"


def write(sheets: Sequence[Sheet], r: Random) -> bytes:
    """The file; prefix, paths and the pieces of words differ."""
    p = r.choice(("ofd:", "ofd:", "", "o:"))
    xmlns = f'xmlns{":" + p[:-1] if p else ""}="{NS}"'
    root = r.choice(("Doc_0", "Doc_0", "文档_0"))
    absolute = r.choice(("", "/"))
    way = r.choice(("line", "line", "letters", "runs"))
    pages = "".join(
        f'<{p}Page ID="{at + 10}" BaseLoc="{absolute + root + "/" if absolute else ""}Pages/Page_{at}/Content.xml"/>'
        for at in range(len(sheets))
    )
    parts = {
        "OFD.xml": f'<{p}OFD {xmlns} Version="1.0" DocType="OFD"><{p}DocBody><{p}DocInfo><{p}DocID>0</{p}DocID></{p}DocInfo>'
        f"<{p}DocRoot>{absolute}{root}/Document.xml</{p}DocRoot></{p}DocBody></{p}OFD>",
        f"{root}/Document.xml": f"<{p}Document {xmlns}><{p}CommonData><{p}MaxUnitID>9999</{p}MaxUnitID><{p}PageArea>"
        f"<{p}PhysicalBox>0 0 210 297</{p}PhysicalBox></{p}PageArea><{p}PublicRes>PublicRes.xml</{p}PublicRes></{p}CommonData><{p}Pages>{pages}</{p}Pages></{p}Document>",
        f"{root}/PublicRes.xml": f'<{p}Res {xmlns} BaseLoc="Res"><{p}Fonts><{p}Font ID="1" FontName="仿宋_GB2312"/></{p}Fonts></{p}Res>',
    }
    own = r.random() < 0.6
    for at, sheet in enumerate(sheets):
        area = f"<{p}Area><{p}PhysicalBox>0 0 210 297</{p}PhysicalBox></{p}Area>" if own else ""
        texts = list(sheet.texts)
        if way == "runs":
            r.shuffle(texts)
        objects = "".join(_object(text, p, way, 100 + 300 * n, r) for n, text in enumerate(texts))
        rules = "".join(_rule(rule, p, 50000 + n) for n, rule in enumerate(sheet.rules))
        parts[f"{root}/Pages/Page_{at}/Content.xml"] = (
            f'<{p}Page {xmlns}>{area}<{p}Content><{p}Layer ID="{9000 + at}" Type="Body">{objects}{rules}</{p}Layer></{p}Content></{p}Page>'
        )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(zipfile.ZipInfo(name), '<?xml version="1.0" encoding="UTF-8"?>' + content)
    return out.getvalue()


def _object(text: Text, p: str, way: str, number: int, r: Random) -> str:
    """A line as one object, or several."""
    pieces = [text.text]
    if way == "letters":
        pieces = list(text.text)
    elif way == "runs" and len(text.text) > 5:
        cut = r.randint(2, len(text.text) - 2)
        pieces = [text.text[:cut], text.text[cut:]]
    out, x = [], text.x
    em = text.size * POINT
    for at, piece in enumerate(pieces):
        widths = [letter(sign, text.size) + text.spread for sign in piece]
        if piece.strip():
            delta = " ".join(f"{width:.3f}" for width in widths[:-1])
            delta = f' DeltaX="{delta}"' if delta else ""
            fill = f'<{p}FillColor Value="217 13 13"/>' if text.red else ""
            out.append(
                f'<{p}TextObject ID="{number + at}" Boundary="{x:.3f} {text.y:.3f} {sum(widths):.3f} {em * 1.1:.3f}" Font="1" Size="{em:.4f}">'
                f'{fill}<{p}TextCode X="0" Y="{em * 0.88:.3f}"{delta}>{escape(piece)}</{p}TextCode></{p}TextObject>'
            )
        x += sum(widths)
    return "".join(out)


def _rule(rule: tuple[float, float, float, float, bool], p: str, number: int) -> str:
    """A rule as a stroke."""
    left, top, right, bottom, red = rule
    colour = "217 13 13" if red else "0 0 0"
    return (
        f'<{p}PathObject ID="{number}" Boundary="{left} {top} {right - left} {max(0.3, bottom - top):.2f}" LineWidth="{bottom - top:.2f}">'
        f'<{p}StrokeColor Value="{colour}"/><{p}AbbreviatedData>M 0 0 L {right - left} 0</{p}AbbreviatedData></{p}PathObject>'
    )

"""Papers whose every line has a known place: PDF, OFD and DOCX written by hand."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

from PIL import Image, ImageDraw

from zhongshu.kernel.papers.layout import Layout, Line

from . import good

MM = 72 / 25.4  # points of a millimetre


def pdf(
    *contents: str,
    box: str = "0 0 595.28 841.89",
    turned: int = 0,
    catalogue: str = "",
    also: Sequence[str] = (),
    page: str = "",
) -> bytes:
    """A PDF of pages with these contents; F is a Chinese font, G its bold sister."""
    fonts = "/Font<</F 4 0 R/G 9 0 R/H 10 0 R>>"
    first = 11 + len(also)
    kids = " ".join(f"{first + 2 * n} 0 R" for n in range(len(contents)))
    objects = [
        f"<</Type/Catalog/Pages 2 0 R{catalogue}>>",
        f"<</Type/Pages/Count {len(contents)}/Kids[{kids}]>>",
        "<<>>",
        _font("STSong", 5),
        _below("STSong", 6),
        _look("STSong", 80),
        _below("STHeiti-Bold", 8),
        _look("STHeiti-Bold", 200),
        _font("STHeiti-Bold", 7),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *also,
    ]
    for number, content in enumerate(contents):
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[{box}]/Rotate {turned}"
            f"/Resources<<{fonts}{'/XObject<</X 11 0 R>>' if also else ''}>>"
            f"/Contents {first + 1 + 2 * number} 0 R{page}>>"
        )
        objects.append(f"<</Length {len(content)}>>stream\n{content}\nendstream")
    return good.assemble(objects)


def _font(name: str, below: int) -> str:
    return (
        f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/UniGB-UCS2-H"
        f"/DescendantFonts[{below} 0 R]>>"
    )


def _below(name: str, look: int) -> str:
    return (
        f"<</Type/Font/Subtype/CIDFontType0/BaseFont/{name}/CIDSystemInfo"
        f"<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/FontDescriptor {look} 0 R>>"
    )


def _look(name: str, stem: int) -> str:
    return (
        f"<</Type/FontDescriptor/FontName/{name}/Flags 6/FontBBox[0 -200 1000 900]"
        f"/ItalicAngle 0/Ascent 900/Descent -200/StemV {stem}/CapHeight 700>>"
    )


def words(
    left: float,
    top: float,
    text: str,
    *,
    size: float = 16,
    font: str = "F",
    colour: str = "0 0 0",
    tall: float = 297.0,
    matrix: str = "",
) -> str:
    """Text whose line stands so many millimetres from the left and from the top of the page."""
    at = matrix or f"1 0 0 1 {left * MM:.3f} {(tall - top) * MM:.3f}"
    code = text.encode("utf-16-be").hex()
    return f"BT {colour} rg /{font} {size} Tf {at} Tm <{code}> Tj ET\n"


def rule(left: float, top: float, right: float, colour: str = "1 0 0", thick: float = 0.7) -> str:
    """A horizontal rule."""
    x, y, far = (end * MM for end in (left, 297 - top, right))
    return f"{colour} RG {thick * MM:.2f} w {x:.2f} {y:.2f} m {far:.2f} {y:.2f} l S\n"


def bar(left: float, top: float, bottom: float) -> str:
    """An upright rule."""
    x, y, down = (end * MM for end in (left, 297 - top, 297 - bottom))
    return f"0 0 0 RG 0.5 w {x:.2f} {y:.2f} m {x:.2f} {down:.2f} l S\n"


def ring(left: float, top: float, across: float, colour: str = "1 0 0") -> str:
    """A circle of a seal, and a star in it that is a small square."""
    r, x, y = across / 2 * MM, (left + across / 2) * MM, (297 - top - across / 2) * MM
    k = 0.5523 * r
    return (
        f"{colour} RG {colour} rg 3 w {x + r:.2f} {y:.2f} m "
        f"{x + r:.2f} {y + k:.2f} {x + k:.2f} {y + r:.2f} {x:.2f} {y + r:.2f} c "
        f"{x - k:.2f} {y + r:.2f} {x - r:.2f} {y + k:.2f} {x - r:.2f} {y:.2f} c "
        f"{x - r:.2f} {y - k:.2f} {x - k:.2f} {y - r:.2f} {x:.2f} {y - r:.2f} c "
        f"{x + k:.2f} {y - r:.2f} {x + r:.2f} {y - k:.2f} {x + r:.2f} {y:.2f} c S "
        f"{x - 10:.2f} {y - 10:.2f} 20 20 re f\n"
    )


def seal(across: int = 240, *, back: str | None = None, square: bool = False) -> Image.Image:
    """The picture of a seal."""
    image = Image.new("RGBA", (across, across), back or (255, 255, 255, 0))
    draw = ImageDraw.Draw(image)
    (draw.rectangle if square else draw.ellipse)(
        (2, 2, across - 3, across - 3), outline=(230, 10, 20, 255), width=across // 30
    )
    draw.regular_polygon((across // 2, across // 2, across // 6), 5, fill=(230, 10, 20, 255))
    return image


def bytes_of(image: Image.Image, kind: str = "PNG") -> bytes:
    """A picture as a file."""
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()


def text(
    left: float, top: float, said: str, *, size: float = 5.6, more: str = "", inside: str = ""
) -> str:
    """A text object of an OFD; letters as wide as they are high."""
    steps = f'DeltaX="g {max(0, len(said) - 1)} {size}"' if len(said) > 1 else ""
    return (
        f'<ofd:TextObject ID="9" Boundary="{left} {top} {len(said) * size} {size}" Font="1" '
        f'Size="{size}" {more}>{inside}<ofd:TextCode X="0" Y="{size * 0.86:.4f}" {steps}>{said}'
        "</ofd:TextCode></ofd:TextObject>"
    )


RED = '<ofd:FillColor Value="230 0 18"/>'


def line(left: float, top: float, wide: float, tall: float = 0.0, colour: str = "255 0 0") -> str:
    """A straight path of an OFD."""
    return (
        f'<ofd:PathObject ID="8" Boundary="{left} {top} {wide} {tall}" LineWidth="0.7">'
        f'<ofd:StrokeColor Value="{colour}"/><ofd:AbbreviatedData>M 0 0 L {wide} {tall}'
        "</ofd:AbbreviatedData></ofd:PathObject>"
    )


def page(inside: str, head: str = "") -> str:
    """A page of an OFD."""
    return (
        f'<ofd:Page xmlns:ofd="{good.OFD}">{head}<ofd:Content><ofd:Layer ID="2">{inside}'
        "</ofd:Layer></ofd:Content></ofd:Page>"
    )


def ofd(
    *pages: str,
    common: str = "",
    document: str = "",
    body: str = "",
    parts: Mapping[str, str | bytes] | None = None,
) -> dict[str, str | bytes]:
    """The parts of an OFD of A4 pages; a font 1 is always there."""
    links = "".join(
        f'<ofd:Page ID="{100 + n}" BaseLoc="Pages/Page_{n}/Content.xml"/>'
        for n in range(len(pages))
    )
    made: dict[str, str | bytes] = {
        "OFD.xml": (
            f'<ofd:OFD xmlns:ofd="{good.OFD}"><ofd:DocBody><ofd:DocInfo><ofd:Title>通知</ofd:Title>'
            f"</ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>{body}</ofd:DocBody></ofd:OFD>"
        ),
        "Doc_0/Document.xml": (
            f'<ofd:Document xmlns:ofd="{good.OFD}"><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>'
            f"0 0 210 297</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>PublicRes.xml"
            f"</ofd:PublicRes>{common}</ofd:CommonData><ofd:Pages>{links}</ofd:Pages>{document}"
            "</ofd:Document>"
        ),
        "Doc_0/PublicRes.xml": resources('<ofd:Font ID="1" FontName="宋体"/>'),
    }
    for number, inside in enumerate(pages):
        made[f"Doc_0/Pages/Page_{number}/Content.xml"] = inside
    return made | dict(parts or {})


def resources(fonts: str = "", media: str = "", more: str = "") -> str:
    """A list of resources."""
    return (
        f'<ofd:Res xmlns:ofd="{good.OFD}" BaseLoc="Res"><ofd:Fonts>{fonts}</ofd:Fonts>'
        f"<ofd:MultiMedias>{media}</ofd:MultiMedias>{more}</ofd:Res>"
    )


def der(*values: tuple[int, bytes]) -> bytes:
    """Values in DER, one after the other."""
    out = b""
    for tag, value in values:
        size = len(value)
        length = bytes([size]) if size < 128 else b"\x84" + size.to_bytes(4, "big")
        out += bytes([tag]) + length + value
    return out


def signed(
    look: bytes,
    kind: bytes = b"png",
    *,
    page: int = 100,
    box: str = "100 200 40 40",
    more: str = "",
) -> dict[str, str | bytes]:
    """The parts of a signature with a seal; the body must name Doc_0/Signs/Signatures.xml."""
    picture = der((0x30, der((0x16, kind), (0x04, look), (0x02, b"\x28"), (0x02, b"\x28"))))
    value = der((0x30, der((0x30, der((0x16, b"ES"), (0x02, b"\x01"))), (0x30, picture))))
    return {
        "Doc_0/Signs/Signatures.xml": (
            f'<ofd:Signatures xmlns:ofd="{good.OFD}"><ofd:Signature ID="1" '
            'BaseLoc="/Doc_0/Signs/Sign_0/Signature.xml"/></ofd:Signatures>'
        ),
        "Doc_0/Signs/Sign_0/Signature.xml": (
            f'<ofd:Signature xmlns:ofd="{good.OFD}"><ofd:SignedInfo><ofd:StampAnnot ID="1" '
            f'PageRef="{page}" Boundary="{box}" {more}/><ofd:Seal><ofd:BaseLoc>Seal.esl'
            "</ofd:BaseLoc></ofd:Seal></ofd:SignedInfo></ofd:Signature>"
        ),
        "Doc_0/Signs/Sign_0/Seal.esl": value,
    }


SIGNED = "<ofd:Signatures>Doc_0/Signs/Signatures.xml</ofd:Signatures>"


def said(found: Layout) -> list[list[str]]:
    """The words of each page, line by line."""
    return [[line.text for line in page.lines] for page in found.pages]


def only(found: Layout, words: str) -> Line:
    """The line that says this."""
    [line] = [line for page in found.pages for line in page.lines if line.text == words]
    return line

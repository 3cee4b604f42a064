"""Files that are hostile to whoever lays them out or draws them: bombs, circles, endless numbers.

They pass as files of their kind; what makes them hostile is on their pages.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from typing import NamedTuple

from PIL import Image

from . import good, hostile, laid
from .laid import ofd, page, resources, text

READ = "read"  # not refused: harmless when read with care
HARD = ("too_hard", "too_much_text", "too_big_unpacked", "xml_too_complex")


class Bad(NamedTuple):
    """`ends` are the outcomes that are right, of the layout and, for an OFD, of the picture."""

    name: str
    kind: str
    make: Callable[[], bytes]
    ends: tuple[str, ...]


def pdf(content: str, **more: object) -> bytes:
    """One page with this content, packed."""
    packed = zlib.compress(content.encode("latin-1"), 1).hex()
    raw = laid.pdf("@", **more).decode("latin-1")  # type: ignore[arg-type]
    stream = f"<</Filter[/ASCIIHexDecode/FlateDecode]/Length {len(packed)}>>stream\n{packed}\n"
    at = raw.index("<</Length 1>>stream\n@")
    end = raw.index("endstream", at)
    return good.assemble(_objects(raw[:at] + stream + raw[end:]))


def _objects(raw: str) -> list[str]:
    """The objects of a file that `laid.pdf` made."""
    parts = raw[: raw.index("xref\n0 ")].split(" 0 obj\n")[1:]
    return [part[: part.rindex("\nendobj")] for part in parts]


def one(inside: str, **parts: str | bytes) -> bytes:
    """An OFD of one page."""
    named = {name.replace("__", "/") + ".xml": part for name, part in parts.items()}
    return good.package(ofd(page(inside), parts=named))


def letters(more: str, code: str = 'X="0" Y="5"', box: str = "20 50 100 6") -> bytes:
    """A text object with odd numbers."""
    return one(
        f'<ofd:TextObject ID="3" Boundary="{box}" {more}><ofd:TextCode {code}>水源保护'
        "</ofd:TextCode></ofd:TextObject>"
    )


def path(data: str, more: str = "", box: str = "20 50 100 60") -> str:
    """A path."""
    return (
        f'<ofd:PathObject ID="8" Boundary="{box}" {more}>'
        f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def doubling(levels: int, wide: int) -> bytes:
    """Drawings of drawings: few in the file, very many on the page."""
    units = "".join(
        f'<ofd:CompositeGraphicUnit ID="{n}"><ofd:Content>'
        + f'<ofd:CompositeObject Boundary="0 0 9 9" ResourceID="{n + 1}"/>' * wide
        + "</ofd:Content></ofd:CompositeGraphicUnit>"
        for n in range(levels)
    )
    begin = '<ofd:CompositeObject ID="41" Boundary="0 0 9 9" ResourceID="0"/>'
    return one(begin, Doc_0__PublicRes=resources(more=units))


def image(raw: bytes, count: int = 1) -> bytes:
    """A page that shows one picture many times."""
    media = '<ofd:MultiMedia ID="50"><ofd:MediaFile>a.bin</ofd:MediaFile></ofd:MultiMedia>'
    shown = '<ofd:ImageObject CTM="60 0 0 60 0 0" Boundary="50 50 60 60" ResourceID="50"/>'
    parts = {"Doc_0/PublicRes.xml": resources(media=media), "Doc_0/Res/a.bin": raw}
    return good.package(ofd(page(shown * count), parts=parts))


def large_picture() -> bytes:
    """A picture just within the measure of one."""
    out = io.BytesIO()
    Image.new("1", (6_000, 6_000)).save(out, "PNG")
    return out.getvalue()


def seal(look: bytes, kind: bytes = b"png", **more: str) -> bytes:
    """A page with a seal."""
    parts = laid.signed(look, kind, **more)  # type: ignore[arg-type]
    return good.package(ofd(page(text(28, 90, "正文")), body=laid.SIGNED, parts=parts))


def many_stamps(count: int) -> bytes:
    """A signature that sets very many seals."""
    parts = laid.signed(laid.bytes_of(laid.seal()))
    name = "Doc_0/Signs/Sign_0/Signature.xml"
    begin, mark, end = str(parts[name]).partition("<ofd:StampAnnot")
    one_mark, _, rest = (mark + end).partition("/>")
    parts[name] = begin + (one_mark + "/>") * count + rest
    return good.package(ofd(page(text(28, 90, "正文")), body=laid.SIGNED, parts=parts))


def deep_der(levels: int) -> bytes:
    """Sequences within sequences, written from the outside in."""
    size = 0
    heads = []
    for _ in range(levels):
        head = b"\x30\x84" + size.to_bytes(4, "big")
        heads.append(head)
        size += len(head)
    return b"".join(reversed(heads))


def raw_seal(value: bytes) -> bytes:
    """A seal that is these bytes."""
    parts = laid.signed(b"") | {"Doc_0/Signs/Sign_0/Seal.esl": value}
    return good.package(ofd(page(text(28, 90, "正文")), body=laid.SIGNED, parts=parts))


def annotated(count: int) -> bytes:
    """The same annotations over and over."""
    note = (
        f'<ofd:PageAnnot xmlns:ofd="{good.OFD}">'
        + f"<ofd:Annot><ofd:Appearance>{text(28, 90, '一') * 100}</ofd:Appearance></ofd:Annot>"
        + "</ofd:PageAnnot>"
    )
    listed = (
        f'<ofd:Annotations xmlns:ofd="{good.OFD}"><ofd:Page PageID="100">'
        + "<ofd:FileLoc>A.xml</ofd:FileLoc>" * count
        + "</ofd:Page></ofd:Annotations>"
    )
    parts = ofd(
        page(""),
        document="<ofd:Annotations>Annots/All.xml</ofd:Annotations>",
        parts={"Doc_0/Annots/All.xml": listed, "Doc_0/Annots/A.xml": note},
    )
    return good.package(parts)


def itself() -> bytes:
    """A page that is its own template and its own annotation."""
    place = "Doc_0/Pages/Page_0/Content.xml"
    listed = (
        f'<ofd:Annotations xmlns:ofd="{good.OFD}"><ofd:Page PageID="100"><ofd:FileLoc>/{place}'
        "</ofd:FileLoc></ofd:Page></ofd:Annotations>"
    )
    parts = ofd(
        page(text(28, 90, "正文"), '<ofd:Template TemplateID="7"/>'),
        common=f'<ofd:TemplatePage ID="7" BaseLoc="/{place}"/>',
        document="<ofd:Annotations>All.xml</ofd:Annotations>",
        parts={"Doc_0/All.xml": listed},
    )
    return good.package(parts)


def sized(area: str) -> bytes:
    """Paper of an odd size."""
    head = f"<ofd:Area><ofd:PhysicalBox>{area}</ofd:PhysicalBox></ofd:Area>"
    return good.package(ofd(page(text(28, 90, "正文") + path("M 0 0 L 9 9"), head)))


def word(inside: str) -> bytes:
    """A Word file with this body."""
    return hostile.body(inside)


def styled(styles: str) -> bytes:
    """A Word file with these styles."""
    sheet = f'<w:styles xmlns:w="{good.W}">{styles}</w:styles>'
    return hostile.word(**{"word__styles.xml": sheet})


def looping_form() -> bytes:
    """A drawing that draws itself, twice."""
    form = (
        "<</Type/XObject/Subtype/Form/BBox[0 0 500 500]/Resources<</XObject<</X 11 0 R>>>>"
        "/Length 12>>stream\n/X Do /X Do \nendstream"
    )
    return laid.pdf("/X Do", also=[form])


def huge_image_pdf() -> bytes:
    """A picture in a PDF that unpacks to ten billion pixels."""
    packed = zlib.compress(bytes(1 << 20)).hex()
    picture = (
        "<</Type/XObject/Subtype/Image/Width 100000/Height 100000/ColorSpace/DeviceRGB"
        "/BitsPerComponent 8/Filter[/ASCIIHexDecode/FlateDecode]"
        f"/Length {len(packed)}>>stream\n{packed}\nendstream"
    )
    return laid.pdf("q 300 0 0 300 50 50 cm /X Do Q", also=[picture])


def annotations_pdf(count: int) -> bytes:
    """Very many annotations, so that a seal is looked for."""
    note = "<</Type/Annot/Subtype/Square/Rect[10 10 200 200]/C[1 0 0]>>"
    return laid.pdf(laid.words(28, 90, "正文"), page=f"/Annots[{note * count}]")


def enclosed_pdf(count: int) -> bytes:
    """Very many names of files."""
    names = "".join(f"({n:06d})3 0 R" for n in range(count))
    return laid.pdf("", catalogue=f"/Names<</EmbeddedFiles<</Names[{names}]>>>>")


FAR = "1e30"
CORPUS: tuple[Bad, ...] = (
    # PDF
    Bad("1,000,000 lines", "pdf", lambda: pdf("1 1 m 9 9 l S\n" * 1_000_000), (*HARD, READ)),
    Bad("1,000,001 lines", "pdf", lambda: pdf("1 1 m 9 9 l S\n" * 1_000_001), HARD),
    Bad(
        "600,000 letters",
        "pdf",
        lambda: pdf("BT /H 1 Tf (" + "a" * 600_000 + ")Tj ET"),
        (*HARD, READ),
    ),
    Bad(
        "60,000 text objects",
        "pdf",
        lambda: pdf("BT /H 9 Tf 9 9 Td(ab)Tj ET\n" * 60_000),
        (*HARD, READ),
    ),
    Bad("a drawing of itself", "pdf", looping_form, (READ, *HARD, "damaged")),
    Bad("a picture of 10 billion pixels", "pdf", huge_image_pdf, (READ, *HARD)),
    Bad("4,000 annotations", "pdf", lambda: annotations_pdf(4_000), (READ, *HARD)),
    Bad("501 files inside", "pdf", lambda: enclosed_pdf(501), ("too_many_parts",)),
    Bad("100,000 files inside", "pdf", lambda: enclosed_pdf(100_000), ("too_many_parts", *HARD)),
    *(
        Bad(
            f"letters by {matrix}",
            "pdf",
            lambda m=matrix: laid.pdf(laid.words(0, 0, "正文", matrix=m)),
            (READ,),
        )  # type: ignore[misc]
        for matrix in (
            f"{FAR} 0 0 {FAR} 0 0",
            "0 0 0 0 50 50",
            f"1 0 0 1 {FAR} {FAR}",
            "1 1 1 1 50 50",
            "-1e-30 0 0 1e-30 50 50",
            "99999999999999999999 0 0 1 1 1",
        )
    ),
    *(
        Bad(
            f"paper of {box}",
            "pdf",
            lambda b=box: laid.pdf(laid.ring(50, 50, 40), box=b),
            (READ, "damaged"),
        )  # type: ignore[misc]
        for box in ("0 0 0 0", "0 0 1e9 1e9", "0 0 14400 14400", "9 9 1 1", "0 0 1e-9 5", "a b c d")
    ),
    *(
        Bad(
            f"turned by {turn}",
            "pdf",
            lambda t=turn: laid.pdf(laid.words(28, 90, "正文"), turned=t),
            (READ,),
        )  # type: ignore[misc]
        for turn in (45, -90, 360_000_090, 10**18)
    ),
    # odd numbers in an OFD
    *(
        Bad(f"boundary of {box}", "ofd", lambda b=box: letters("", box=b), ("damaged",))  # type: ignore[misc]
        for box in (
            "nan nan 9 9",
            "inf 0 9 9",
            "1e308 0 9 9",
            "-1e9 0 9 9",
            "x y",
            "1",
            "",
            "0x10 1 1 1",
        )
    ),
    *(
        Bad(f"text with {more}", "ofd", lambda m=more: letters(m), ends)  # type: ignore[misc]
        for more, ends in (
            ('Size="1e30"', ("damaged",)),
            ('Size="nan"', ("damaged",)),
            ('Size="90000"', (READ,)),
            ('Size="-5"', (READ,)),
            ('Size="5" HScale="-1"', (READ,)),
            ('Size="5" HScale="99999"', (READ,)),
            ('Size="5" CharDirection="99990"', (READ,)),
            ('Size="5" CTM="1 0 0"', ("damaged",)),
            ('Size="5" CTM="nan 0 0 1 0 0"', ("damaged",)),
            ('Size="5" CTM="0 0 0 0 0 0"', (READ,)),
            ('Size="5" CTM="99999 0 0 99999 0 0"', (READ,)),
            ('Size="5" CTM="1 1 1 1 0 0"', (READ,)),
            ('Size="5" Weight="inf"', ("damaged",)),
        )
    ),
    *(
        Bad(
            f"steps of {steps}",
            "ofd",
            lambda s=steps: letters('Size="5"', f'X="0" Y="5" DeltaX="{s}"'),
            ends,
        )  # type: ignore[misc]
        for steps, ends in (
            ("g 99999 5", (READ,)),
            ("g 1000000000000 5", ("damaged",)),
            ("g -5 5", (READ,)),
            ("g nan 5", ("damaged",)),
            ("g 5", ("damaged",)),
            ("g", ("damaged",)),
            ("1e99", ("damaged",)),
            ("90000 90000 90000", (READ,)),
            ("g 0 1 " * 100_000, (READ, "damaged")),
            ("0", (READ,)),
        )
    ),
    # many, deep, in circles
    Bad("a page that is its own template", "ofd", itself, (READ,)),
    Bad("drawings that double", "ofd", lambda: doubling(8, 100), HARD),
    Bad("drawings that hold each other", "ofd", lambda: doubling(6, 20), (READ, *HARD)),
    Bad(
        "600,000 letters in one object",
        "ofd",
        lambda: one(text(1, 1, "一" * 600_000)),
        (*HARD, "damaged"),
    ),
    Bad("1,000,000 text objects", "ofd", lambda: one(text(1, 1, "一") * 1_000_000), HARD),
    Bad(
        "1,000,000 empty paths",
        "ofd",
        lambda: one("<ofd:PathObject Boundary='0 0 1 1'/>" * 1_000_000),
        HARD,
    ),
    Bad("150,000 paths", "ofd", lambda: one(path("M 0 0 L 9 9") * 150_000), (*HARD, READ)),
    Bad("a path of 4,000,000 pieces", "ofd", lambda: one(path("L 1 1 " * 4_000_000)), HARD),
    Bad("a path of 300,000 curves", "ofd", lambda: one(path("B 1 1 9 9 5 1 " * 300_000)), HARD),
    Bad(
        "190 levels",
        "ofd",
        lambda: one("<ofd:PageBlock>" * 190 + text(9, 9, "一") + "</ofd:PageBlock>" * 190),
        (READ,),
    ),
    Bad("10,000 times the same annotations", "ofd", lambda: annotated(10_000), (READ,)),
    Bad("51 documents", "ofd", lambda: many_documents(51), ("too_many_parts",)),
    # odd paths in an OFD
    *(
        Bad(f"path {data[:30]} {more}", "ofd", lambda d=data, m=more: one(path(d, m)), ends)  # type: ignore[misc]
        for data, more, ends in (
            ("M 0 0 L nan 5", "", (READ,)),
            ("M 0 0 L x 5", "", ("damaged",)),
            ("M 0 0 L 1e30 5", "", (READ,)),
            ("M 0 0 L 99999 99999", "", (READ, "damaged")),
            ("M -90000 0 L 90000 1", 'LineWidth="90000"', (READ,)),
            ("M 0 0 L 5", "", (READ,)),
            ("L 5 5 C C C", "", (READ,)),
            ("", "", (READ,)),
            ("Z 1 2 3", "", (READ,)),
            ("M 0 0 A 1e-9 1e-9 0 1 1 50 50", "", (READ,)),
            ("M 0 0 A 0 0 0 1 1 50 50", "", (READ,)),
            ("M 0 0 A 90000 1 45 1 1 5 5", 'Fill="true"', (READ,)),
            ("M 0 0 L 9 9 L 9 0 C", 'LineWidth="nan"', ("damaged",)),
            ("M 0 0 L 9 9 L 9 0 C " * 3000, 'Fill="true"', (READ,)),
            (
                "M 0 0 L 100 0 L 100 60 L 0 60 C " * 3000,
                'Fill="true" Rule="Even-Odd"',
                (READ, *HARD),
            ),
        )
    ),
    # paper, pictures and seals of an OFD
    *(
        Bad(f"paper of {area}", "ofd", lambda a=area: sized(a), ends)  # type: ignore[misc]
        for area, ends in (
            ("0 0 99999 99999", (READ, "page_too_long")),
            ("0 0 nan 5", ("damaged",)),
            ("0 0 2 90000", (READ, "page_too_long")),
            ("0 0 -5 -5", (READ,)),
        )
    ),
    Bad(
        "a picture of 10 billion pixels ",
        "ofd",
        lambda: image(hostile.png(100_000, 100_000)),
        ("too_many_pixels",),
    ),
    Bad("a picture that ends early", "ofd", lambda: image(hostile.png(600, 600)), (READ,)),
    Bad(
        "a large picture 100 times",
        "ofd",
        lambda: image(large_picture(), 100),
        ("too_many_pixels", *HARD),
    ),
    Bad(
        "1,000 small pictures",
        "ofd",
        lambda: image(laid.bytes_of(laid.seal(24)), 1_000),
        (READ, *HARD),
    ),
    Bad("101 seals", "ofd", lambda: many_stamps(101), ("too_many_parts",)),
    Bad("100 seals", "ofd", lambda: many_stamps(100), (READ, *HARD)),
    Bad(
        "a seal as large as a town",
        "ofd",
        lambda: seal(laid.bytes_of(laid.seal()), box="0 0 90000 90000"),
        (READ,),
    ),
    Bad(
        "a seal of no size",
        "ofd",
        lambda: seal(laid.bytes_of(laid.seal()), box="50 50 0 0"),
        (READ,),
    ),
    Bad("a seal that is a bomb", "ofd", lambda: seal(hostile.bomb(60), b"ofd"), (READ,)),
    Bad(
        "a seal that holds seals",
        "ofd",
        lambda: seal(seal(laid.bytes_of(laid.seal())), b"ofd"),
        (READ,),
    ),
    Bad("a seal 100,000 deep", "ofd", lambda: raw_seal(deep_der(100_000)), (READ,)),
    Bad(
        "a seal whose lengths lie",
        "ofd",
        lambda: raw_seal(b"\x30\x84\xff\xff\xff\xff\x16\x03png\x04\x88"),
        (READ,),
    ),
    Bad(
        "a seal of one million nothings",
        "ofd",
        lambda: raw_seal(b"\x16\x00" * 1_000_000),
        (READ, *HARD),
    ),
    # DOCX
    Bad(
        "nested tables",
        "docx",
        lambda: word(
            "<w:tbl><w:tr><w:tc>" * 60
            + "<w:p><w:r><w:t>字</w:t></w:r></w:p>"
            + "</w:tc></w:tr></w:tbl>" * 60
        ),
        (READ,),
    ),
    Bad(
        "paragraphs within paragraphs",
        "docx",
        lambda: word("<w:p><w:r><w:t>字</w:t>" * 60 + "</w:r></w:p>" * 60),
        (READ,),
    ),
    Bad(
        "parts out of place",
        "docx",
        lambda: word(
            "<w:r><w:t>字</w:t></w:r><w:tc><w:p/></w:tc><w:tr/><w:t>字</w:t><w:rPr><w:b/></w:rPr><w:pPr><w:pageBreakBefore/><w:sectPr/></w:pPr>"
        ),
        (READ,),
    ),
    Bad(
        "600,000 letters",
        "docx",
        lambda: word("<w:p><w:r><w:t>" + "一" * 600_000 + "</w:t></w:r></w:p>"),
        ("too_much_text",),
    ),
    Bad(
        "600,000 tabs",
        "docx",
        lambda: word("<w:p><w:r>" + "<w:tab/>" * 600_000 + "</w:r></w:p>"),
        HARD,
    ),
    Bad("500,000 paragraphs", "docx", lambda: word("<w:p/>" * 500_000), (READ, *HARD)),
    Bad(
        "60,000 pages",
        "docx",
        lambda: word('<w:p><w:r><w:t>a</w:t><w:br w:type="page"/></w:r></w:p>' * 60_000),
        ("too_many_pages",),
    ),
    Bad(
        "styles in a circle",
        "docx",
        lambda: styled('<w:style w:styleId="a"><w:basedOn w:val="a"/></w:style>'),
        (READ,),
    ),
    Bad(
        "200,000 styles",
        "docx",
        lambda: styled("".join(f'<w:style w:styleId="{n}"/>' for n in range(200_000))),
        (READ, *HARD),
    ),
    Bad(
        "styles with a doctype",
        "docx",
        lambda: hostile.word(**{"word__styles.xml": hostile.DOCTYPE + "<x/>"}),
        ("xml_doctype",),
    ),
    # text
    Bad("600,000 letters ", "txt", ("一" * 600_000).encode, ("too_much_text",)),
    Bad("400,000 lines", "txt", lambda: b"a\n" * 240_000, (READ, *HARD)),
    Bad("400,000 form feeds", "txt", lambda: b"\f" * 60_000, ("too_many_pages",)),
)


def many_documents(count: int) -> bytes:
    """The same document many times."""
    parts = ofd(page(text(28, 90, "正文")))
    begin = str(parts["OFD.xml"])
    body = begin[begin.index("<ofd:DocBody>") : begin.index("</ofd:OFD>")]
    return good.package(parts | {"OFD.xml": begin.replace(body, body * count)})

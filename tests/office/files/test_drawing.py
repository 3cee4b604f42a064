"""Pages of an OFD as pictures: what stands where, in which colour."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PIL import Image

from zhongshu.office.files import fonts, jail, jailed, limits
from zhongshu.office.files.readers import typefaces
from zhongshu.office.files.readers.colours import is_red
from zhongshu.office.refusal import Refusal

from . import good, laid
from .laid import RED, line, ofd, page, resources, signed, text
from .test_jail import opened

WHITE, BLACK, PURE = (255, 255, 255), (0, 0, 0), (255, 0, 0)
DOTS = 2  # pixels a millimetre of a page 420 pixels wide


@pytest.fixture(autouse=True)
def faces() -> Iterator[None]:
    """The faces of this machine, as the warden opens them."""
    kept = dict(typefaces.faces)
    typefaces.load(fonts.for_pages())
    yield
    typefaces.faces.clear()
    typefaces.faces.update(kept)


@dataclass
class Sheet:
    """A drawn page, asked in millimetres."""

    image: Image.Image

    def at(self, x: float, y: float) -> tuple[int, int, int]:
        found = self.image.getpixel((round(x * DOTS), round(y * DOTS)))
        assert isinstance(found, tuple)
        return (found[0], found[1], found[2])

    def ink(self, left: float, top: float, right: float, bottom: float) -> float:
        """How much of a part is not white."""
        cut = self.image.crop(tuple(round(end * DOTS) for end in (left, top, right, bottom)))
        grey = cut.convert("L").histogram()
        return sum(grey[:200]) / sum(grey)


def drawn(parts: dict[str, str | bytes], number: int = 1) -> Sheet:
    found = jailed.picture(io.BytesIO(good.package(parts)), "ofd", number, 210 * DOTS)
    assert (found.width, found.height) == (420, 594)
    return Sheet(Image.frombytes("RGB", (found.width, found.height), found.pixels))


def on(inside: str) -> Sheet:
    return drawn(ofd(page(inside)))


def path(data: str, more: str = "", inside: str = "", box: str = "50 50 40 40") -> str:
    return (
        f'<ofd:PathObject ID="8" Boundary="{box}" {more}>{inside}'
        f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
    )


FILL = 'Stroke="false" Fill="true"'


def test_words_stand_where_their_layout_says() -> None:
    sheet = on(text(28, 90, "水源保护", size=10, inside=RED))
    assert 0.1 < sheet.ink(28, 90, 68, 100) < 0.8
    assert sheet.ink(0, 0, 210, 88) == sheet.ink(0, 102, 210, 297) == 0
    assert sheet.ink(0, 0, 27, 297) == sheet.ink(69, 0, 210, 297) == 0
    reds = [sheet.at(28 + x / 4, 90 + y / 4) for x in range(160) for y in range(40)]
    assert any(red > 200 and green < 90 for red, green, _ in reds)


@pytest.mark.parametrize(
    ("matrix", "box", "place"),
    [
        ("0 1 -1 0 10 0", "100 50 10 40", (100, 50, 110, 90)),
        ("-1 0 0 -1 40 10", "100 50 40 10", (100, 50, 140, 60)),
        ("2 0 0 2 0 0", "100 50 80 20", (100, 50, 180, 70)),
        ("0.7 -0.7 0.7 0.7 0 30", "100 50 40 40", (100, 50, 140, 90)),
    ],
)
def test_words_turned_and_stretched(matrix: str, box: str, place: tuple[int, ...]) -> None:
    inside = (
        f'<ofd:TextObject ID="3" CTM="{matrix}" Boundary="{box}" Size="10">'
        '<ofd:TextCode X="0" Y="8.6" DeltaX="g 3 10">水源保护</ofd:TextCode></ofd:TextObject>'
    )
    sheet = on(inside)
    left, top, right, bottom = place
    assert sheet.ink(left, top, right, bottom) > 0.05
    assert sheet.ink(0, 0, 210, top - 1.5) == sheet.ink(0, bottom + 1.5, 210, 297) == 0
    assert sheet.ink(0, 0, left - 1.5, 297) == sheet.ink(right + 1.5, 0, 210, 297) == 0


def test_a_turned_letter_lies() -> None:
    upright = on(text(100, 50, "一", size=20))
    lying = on(text(100, 50, "一", size=20, more='CharDirection="90"'))
    assert upright.ink(100, 50, 120, 70) > 0
    assert lying.ink(100, 50, 120, 67) == 0, "turned around where it begins"
    assert lying.ink(90, 60, 110, 90) > 0


def test_wide_letters_are_squeezed_into_narrow_cells() -> None:
    inside = (
        '<ofd:TextObject ID="3" Boundary="50 50 40 10" Size="20">'
        '<ofd:TextCode X="0" Y="17" DeltaX="5">W!</ofd:TextCode></ofd:TextObject>'
    )
    assert on(inside).ink(56, 50, 70, 80) < 0.1


def test_bold_letters_have_more_ink() -> None:
    plain, bold = (
        on(text(28, 90, "水源保护", size=10, more=more)).ink(28, 90, 70, 100)
        for more in ("", 'Weight="700"')
    )
    assert bold > plain * 1.1


def test_what_no_face_has_is_a_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typefaces, "faces", {})
    typefaces.load({"song": "/nowhere/font.ttf"})
    sheet = on(text(28, 90, "水", size=20) + text(28, 150, "A", size=20))
    assert sheet.ink(32, 94, 42, 102) == 0
    assert sheet.ink(28, 90, 48, 110) > 0
    assert sheet.ink(28, 150, 48, 170) > 0


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("方正小标宋", "song"),
        ("黑体", "hei"),
        ("FangSong_GB2312", "fang"),
        ("楷体", "kai"),
        ("", "song"),
    ],
)
def test_each_font_has_one_that_stands_in(name: str, role: str) -> None:
    assert typefaces.role(name) == role


def test_lines_have_width_and_colour() -> None:
    sheet = on(line(28, 100, 156))
    assert is_red(*sheet.at(100, 100))
    assert sheet.at(100, 102) == sheet.at(100, 98) == WHITE
    assert sheet.at(26, 100) == sheet.at(186, 100) == WHITE


HOLE = "M 0 0 L 40 0 L 40 40 L 0 40 C M 10 10 L 10 30 L 30 30 L 30 10 C"
SOLID = "M 0 0 L 40 0 L 40 40 L 0 40 C M 10 10 L 30 10 L 30 30 L 10 30 C"


@pytest.mark.parametrize(
    ("data", "more", "middle"),
    [
        (HOLE, FILL, WHITE),
        (SOLID, FILL, BLACK),
        (SOLID, FILL + ' Rule="Even-Odd"', WHITE),
        (HOLE, FILL + ' Rule="Even-Odd"', WHITE),
    ],
)
def test_holes(data: str, more: str, middle: tuple[int, int, int]) -> None:
    sheet = on(path(data, more))
    assert sheet.at(55, 70) == BLACK
    assert sheet.at(70, 70) == middle


@pytest.mark.parametrize(
    "data",
    [
        "M 20 0 A 20 20 0 0 1 40 20 A 20 20 0 0 1 20 40 A 20 20 0 1 1 20 0 C",
        "M 20 0 B 31 0 40 9 40 20 B 40 31 31 40 20 40 B 9 40 0 31 0 20 B 0 9 9 0 20 0 C",
        "S 20 0 Q 40 0 40 20 Q 40 40 20 40 Q 0 40 0 20 Q 0 0 20 0 C",
    ],
    ids=["arcs", "cubic", "square"],
)
def test_curves_are_round(data: str) -> None:
    sheet = on(path(data, FILL))
    assert sheet.at(70, 70) == sheet.at(70, 52) == sheet.at(52, 70) == sheet.at(88, 70) == BLACK
    assert sheet.at(51, 51) == sheet.at(89, 89) == sheet.at(51, 89) == WHITE


def test_an_arc_goes_the_way_it_says() -> None:
    over = path("M 0 20 A 20 20 0 0 1 40 20 C", FILL)
    under = path("M 0 20 A 20 20 0 0 0 40 20 C", FILL)
    assert (on(over).at(70, 60), on(over).at(70, 80)) == (BLACK, WHITE)
    assert (on(under).at(70, 60), on(under).at(70, 80)) == (WHITE, BLACK)


COLOURS = [
    ('<ofd:FillColor Value="255 0 0"/>', PURE),
    ('<ofd:FillColor Value="#FF #0 #0"/>', PURE),
    ('<ofd:FillColor Value="255,0,0"/>', PURE),
    ('<ofd:FillColor Value="0 255 255 0"/>', PURE),
    ('<ofd:FillColor Value="128"/>', (128, 128, 128)),
    ('<ofd:FillColor Value="999 -3 0"/>', PURE),
    ('<ofd:FillColor Index="1" ColorSpace="40"/>', PURE),
    ('<ofd:FillColor Index="9" ColorSpace="40"/>', BLACK),
    ('<ofd:FillColor Value="rot"/>', BLACK),
    (
        '<ofd:FillColor><ofd:AxialShd><ofd:Segment><ofd:Color Value="255 0 0"/></ofd:Segment>'
        "</ofd:AxialShd></ofd:FillColor>",
        PURE,
    ),
    ('<ofd:FillColor Value="255 0 0" Alpha="0"/>', WHITE),
    ("", BLACK),
]


@pytest.mark.parametrize(("colour", "wanted"), COLOURS)
def test_colours(colour: str, wanted: tuple[int, int, int]) -> None:
    palette = "<ofd:Palette><ofd:CV>0 0 255</ofd:CV><ofd:CV>255 0 0</ofd:CV></ofd:Palette>"
    space = f'<ofd:ColorSpace ID="40">{palette}</ofd:ColorSpace>'
    inside = path("M 0 0 L 40 0 L 40 40 L 0 40 C", FILL, colour)
    sheet = drawn(ofd(page(inside), parts={"Doc_0/PublicRes.xml": resources(more=space)}))
    assert sheet.at(70, 70) == wanted


def test_half_clear_ink_is_paler() -> None:
    sheet = on(path("M 0 0 L 40 0 L 40 40 L 0 40 C", FILL + ' Alpha="128"'))
    assert sheet.at(70, 70)[0] == pytest.approx(127, abs=3)
    sheet = on(path("M 0 20 L 40 20", 'LineWidth="4" Alpha="128"'))
    assert sheet.at(70, 70)[0] == pytest.approx(127, abs=3)
    assert on(path("M 0 20 L 40 20", 'LineWidth="4" Alpha="0"')).ink(0, 0, 210, 297) == 0


PLACE = '<ofd:ImageObject ID="9" {more} Boundary="50 50 40 40" ResourceID="50"/>'
MEDIA = (
    '<ofd:MultiMedia ID="50" Type="Image"><ofd:MediaFile>a.bin</ofd:MediaFile></ofd:MultiMedia>'
    '<ofd:MultiMedia ID="51" Type="Image"><ofd:MediaFile>b.bin</ofd:MediaFile></ofd:MultiMedia>'
)


def halves(mode: str = "RGB") -> Image.Image:
    """Red on the left, blue on the right."""
    image = Image.new("RGB", (20, 20), "blue")
    image.paste("red", (0, 0, 10, 20))
    return image.convert(mode)


def pictured(raw: bytes, more: str = 'CTM="40 0 0 40 0 0"', mask: bytes = b"") -> Sheet:
    return drawn(
        ofd(
            page(PLACE.format(more=more)),
            parts={
                "Doc_0/PublicRes.xml": resources(media=MEDIA),
                "Doc_0/Res/a.bin": raw,
                "Doc_0/Res/b.bin": mask,
            },
        )
    )


@pytest.mark.parametrize("kind", ["PNG", "BMP", "GIF", "TIFF", "JPEG"])
def test_pictures_of_every_kind(kind: str) -> None:
    sheet = pictured(laid.bytes_of(halves(), kind))
    assert sheet.at(55, 70) == pytest.approx(PURE, abs=6)
    assert sheet.at(85, 70) == pytest.approx((0, 0, 255), abs=6)
    assert sheet.at(48, 70) == sheet.at(92, 70) == WHITE


def test_a_picture_without_a_matrix_fills_its_boundary() -> None:
    assert pictured(laid.bytes_of(halves()), "").at(55, 85)[0] > 240


def test_turned_pictures_and_clear_ones() -> None:
    turned = pictured(laid.bytes_of(halves()), 'CTM="0 40 -40 0 40 0"')
    assert turned.at(70, 55)[0] > 240
    assert turned.at(70, 85)[2] > 240
    pale = pictured(laid.bytes_of(halves()), 'CTM="40 0 0 40 0 0" Alpha="128"')
    assert pale.at(55, 70)[1] == pytest.approx(127, abs=4)
    mask = Image.new("L", (20, 20), 0)
    mask.paste(255, (0, 0, 20, 10))
    half = pictured(laid.bytes_of(halves()), 'ImageMask="51"', laid.bytes_of(mask))
    assert half.at(55, 55)[0] > 240
    assert half.at(55, 85) == WHITE


@pytest.mark.parametrize("raw", [b"\x97JB2\r\n\x1a\n", b"", b"\x89PNG\r\n\x1a\n"])
def test_a_picture_that_cannot_be_shown_says_so(raw: bytes) -> None:
    sheet = pictured(raw)
    assert sheet.ink(49, 49, 91, 91) > 0.01
    assert sheet.at(70, 80) == WHITE
    assert sheet.ink(52, 52, 88, 62) > 0.02, "words"


def test_a_picture_that_is_not_there_is_left_out() -> None:
    assert on(PLACE.format(more="")).ink(0, 0, 210, 297) == 0


def sealed(look: bytes, kind: bytes = b"png", more: str = "") -> Sheet:
    return drawn(
        ofd(
            page(text(100, 215, "某某县水务局", size=6)),
            body=laid.SIGNED,
            parts=signed(look, kind, more=more),
        )
    )


def test_a_seal_is_set_and_words_show_through_it() -> None:
    plain = drawn(ofd(page(text(100, 215, "某某县水务局", size=6))))
    sheet = sealed(laid.bytes_of(laid.seal(back="white").convert("RGB"), "JPEG"), b"JPG")
    assert is_red(*sheet.at(101.2, 220))
    assert sheet.ink(100, 215, 140, 221) >= plain.ink(100, 215, 140, 221)
    assert sheet.ink(0, 0, 99, 297) == sheet.ink(0, 0, 210, 199) == 0


def test_a_seal_that_is_an_ofd_itself() -> None:
    inner = ofd(
        page(
            path(
                "M 0 0 L 40 0 L 40 40 L 0 40 C",
                FILL,
                '<ofd:FillColor Value="255 0 0"/>',
                "0 0 40 40",
            ),
            "<ofd:Area><ofd:PhysicalBox>0 0 80 80</ofd:PhysicalBox></ofd:Area>",
        )
    )
    sheet = sealed(good.package(inner), b"ofd")
    assert sheet.at(110, 205) == PURE
    assert sheet.at(130, 235) == WHITE


def test_of_a_seal_over_the_edge_only_its_part_shows() -> None:
    whole, strip = (
        sealed(laid.bytes_of(laid.seal()), more=more) for more in ("", 'Clip="0 0 20 40"')
    )
    assert whole.ink(121, 200, 141, 212) > 0
    assert strip.ink(121, 200, 141, 212) == 0
    assert strip.ink(100, 200, 119, 240) > 0


@pytest.mark.parametrize("look", [b"", b"PK\x03\x04", b"no picture"])
@pytest.mark.parametrize("kind", [b"png", b"ofd", b"xyz"])
def test_a_seal_that_is_broken_leaves_the_page(look: bytes, kind: bytes) -> None:
    assert sealed(look, kind).ink(100, 215, 140, 221) > 0


def test_the_paper_begins_where_it_says() -> None:
    area = "<ofd:Area><ofd:PhysicalBox>-20 -10 190 287</ofd:PhysicalBox></ofd:Area>"
    area = area.replace("190 287", "210 297")
    parts = ofd(
        page(line(28, 100, 50), area), body=laid.SIGNED, parts=signed(laid.bytes_of(laid.seal()))
    )
    sheet = drawn(parts)
    assert sheet.at(60, 110)[1] < 120
    assert sheet.ink(119, 209, 161, 251) > 0
    assert sheet.ink(95, 195, 118, 208) == 0


def test_no_such_page_and_a_banner() -> None:
    raw = good.package(ofd(page("")))
    for number in (0, 2):
        with pytest.raises(Refusal, match="no_such_page"):
            jailed.picture(io.BytesIO(raw), "ofd", number, 420)
    tall = ofd(page("", "<ofd:Area><ofd:PhysicalBox>0 0 10 8000</ofd:PhysicalBox></ofd:Area>"))
    with pytest.raises(Refusal, match="page_too_long"):
        jailed.picture(io.BytesIO(good.package(tall)), "ofd", 1, 480)


def test_pictures_have_a_measure_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PIXELS", 399)
    with pytest.raises(Refusal, match="too_many_pixels"):
        pictured(laid.bytes_of(halves()))


def test_it_is_drawn_in_the_jail_with_the_faces_of_the_house() -> None:
    with opened(good.package(ofd(page(text(28, 90, "水源保护", size=10))))) as file:
        assert jail.inspect(file).pages == 1
        found = jail.picture(file, "ofd", 1, 420)
    sheet = Sheet(Image.frombytes("RGB", (found.width, found.height), found.pixels))
    assert sheet.ink(28, 90, 68, 100) > 0.1

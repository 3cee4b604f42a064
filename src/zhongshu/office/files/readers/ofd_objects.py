"""What stands on a page of an OFD: letters, paths and pictures, each with its matrix. 页面对象。"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

from zhongshu.kernel.papers.layout import Box
from zhongshu.office.files import limits
from zhongshu.office.refusal import refuse

from . import ofd_text
from .matrices import PLAIN, Matrix, times
from .ofd_book import Sheet, box, numbers
from .ofd_resources import BOLD, HEAVY, Colour, Resources

DEEP = 5  # drawings within drawings
BLACK: Colour = (0, 0, 0)
OPAQUE = 255
UNREAD = frozenset({"Area", "Template", "Actions", "PageRes", "Clips", "Parameters", "Border"})


class Text(NamedTuple):
    """Letters in the coordinates of their matrix, which leads to millimetres of the page."""

    matrix: Matrix
    letters: tuple[ofd_text.Letter, ...]
    colour: Colour
    font: str
    bold: bool


class Path(NamedTuple):
    """A path: its commands, the width of its line, what colours it has."""

    matrix: Matrix
    data: str
    width: float
    stroke: Colour | None
    fill: Colour | None
    even_odd: bool
    alpha: int


class Picture(NamedTuple):
    """A picture in the unit square of its matrix, by the mark of its resource."""

    matrix: Matrix
    mark: str
    mask: str
    alpha: int


Thing = Text | Path | Picture


class Content(NamedTuple):
    """A page: its paper, from its upper left and as its parts count; what stands on it."""

    area: Box
    whole: Box
    things: tuple[Thing, ...]


def content(sheet: Sheet, resources: Resources) -> Content:
    """Everything on a page, from the back to the front: templates, page, annotations."""
    document = sheet.document
    page = document.book.part(sheet.place)
    for part in page.iterfind("PageRes"):
        resources.add(document.find(part.text), document.folder)
    known = document.templates()
    behind: list[Element] = []
    before: list[Element] = []
    for used in {used.get("TemplateID", ""): used for used in page.iterfind("Template")}.values():
        place, order = known.get(used.get("TemplateID", ""), ("", ""))
        if place:
            front = (used.get("ZOrder") or order) == "Foreground"
            (before if front else behind).append(document.book.part(place))
    area = document.area(page, *behind, *before)
    walk = Walk(resources)
    start: Matrix = (1.0, 0.0, 0.0, 1.0, -area.left, -area.top)
    things = [thing for part in (*behind, page, *before) for thing in walk.within(part, start)]
    for place in dict.fromkeys(document.annotations().get(sheet.mark, [])):
        for note in document.book.part(place).iterfind("Annot"):
            if note.get("Visible") != "false":
                for look in note.iterfind("Appearance"):
                    at = _placed(look, start) if look.get("Boundary") else start
                    things += walk.within(look, at)
    paper = Box(0.0, 0.0, round(area.right - area.left, 2), round(area.bottom - area.top, 2))
    return Content(paper, area, tuple(things))


def _placed(element: Element, outer: Matrix) -> Matrix:
    """The matrix of an element: its own, then to where its boundary begins, then the outer one."""
    left, top, *_ = box(element.get("Boundary"))
    said = element.get("CTM")
    a, b, c, d, e, f = numbers(said, 6)[:6] if said else PLAIN
    return times((a, b, c, d, e + left, f + top), outer)


class Walk:
    """Goes through elements, and counts what it meets."""

    def __init__(self, resources: Resources) -> None:
        self._resources = resources
        self._things, self._letters = limits.THINGS, limits.LETTERS

    def within(
        self, element: Element, outer: Matrix, params: tuple[Element, ...] = (), depth: int = 0
    ) -> Iterator[Thing]:
        """What stands in an element, in order."""
        own = self._resources.params(element.get("DrawParam"))
        params = (*own, *params) if own else params
        for child in element:
            if child.tag in UNREAD:
                continue
            if child.tag in MAKERS or child.tag == "CompositeObject":
                self._things -= 1
                if self._things < 0:
                    raise refuse("too_hard")
                if child.get("Visible") != "false":
                    yield from self._thing(child, outer, params, depth)
            elif len(child):
                yield from self.within(child, outer, params, depth)

    def _thing(
        self, child: Element, outer: Matrix, params: tuple[Element, ...], depth: int
    ) -> Iterator[Thing]:
        """One object, or all that a drawing consists of."""
        matrix = _placed(child, outer)
        if child.tag == "CompositeObject":
            drawing = self._resources.drawings.get(child.get("ResourceID", ""))
            if drawing is not None and depth < DEEP:
                yield from self.within(drawing, matrix, params, depth + 1)
            return
        own = self._resources.params(child.get("DrawParam"))
        look = Look(child, (*own, *params), self._resources)
        thing = MAKERS[child.tag](child, matrix, look)
        if isinstance(thing, Text):
            self._letters -= len(thing.letters)
            if self._letters < 0:
                raise refuse("too_much_text")
        yield thing


class Look:
    """How an object is drawn: what it says itself, or else its way to draw."""

    def __init__(self, element: Element, params: tuple[Element, ...], resources: Resources) -> None:
        self._element, self._params, self.resources = element, params, resources

    def number(self, name: str, usual: float) -> float:
        """A number."""
        for element in (self._element, *self._params):
            if element.get(name):
                return numbers(element.get(name), 1)[0]
        return usual

    def colour(self, name: str) -> Colour | None:
        """A colour; black where none is said, None where it is wholly clear."""
        for element in (self._element, *self._params):
            said = element.find(name)
            if said is not None:
                clear = said.get("Alpha") == "0"
                return None if clear else self.resources.colour(said) or BLACK
        return BLACK

    def alpha(self) -> int:
        """From 0, clear, to 255."""
        return int(min(255.0, max(0.0, self.number("Alpha", OPAQUE))))


def _text(element: Element, matrix: Matrix, look: Look) -> Text:
    """A text object."""
    font = look.resources.fonts.get(element.get("Font", ""))
    filled = element.get("Fill") != "false"
    stroked = element.get("Stroke") == "true"
    name = font.name if font else ""
    heavy = look.number("Weight", 400) >= HEAVY or bool(font and font.bold)
    return Text(
        matrix,
        tuple(ofd_text.letters(element)),
        look.colour("FillColor" if filled else "StrokeColor") or (255, 255, 255),
        name,
        heavy or bool(BOLD.search(name)) or (stroked and filled),
    )


def _path(element: Element, matrix: Matrix, look: Look) -> Path:
    """A path object; it has a line unless it says no, and a fill only if it says so."""
    return Path(
        matrix,
        element.findtext("AbbreviatedData") or "",
        look.number("LineWidth", 0.353),
        look.colour("StrokeColor") if element.get("Stroke") != "false" else None,
        look.colour("FillColor") if element.get("Fill") == "true" else None,
        element.get("Rule") == "Even-Odd",
        look.alpha(),
    )


def _picture(element: Element, matrix: Matrix, look: Look) -> Picture:
    """A picture object; without a matrix it fills its boundary."""
    if not element.get("CTM"):
        at = box(element.get("Boundary"))
        matrix = times((at.right - at.left, 0.0, 0.0, at.bottom - at.top, 0.0, 0.0), matrix)
    return Picture(
        matrix, element.get("ResourceID", ""), element.get("ImageMask", ""), look.alpha()
    )


MAKERS: dict[str, Callable[[Element, Matrix, Look], Thing]] = {
    "TextObject": _text,
    "PathObject": _path,
    "ImageObject": _picture,
}

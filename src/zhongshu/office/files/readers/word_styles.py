"""What letters of a DOCX look like: size, red, bold, hidden, as its styles hand them down."""

from __future__ import annotations

from typing import NamedTuple
from xml.etree.ElementTree import Element

from zhongshu.office.files.markup import tree
from zhongshu.office.files.packages import Package

from .colours import is_red
from .word import STRICT, W

PLACE = "word/styles.xml"
GENERATIONS = 20
OFF = ("0", "false", "off", "none")


class Look(NamedTuple):
    """Each None where it is not said. The size is in points."""

    size: float | None = None
    red: bool | None = None
    bold: bool | None = None
    hidden: bool | None = None

    def over(self, other: Look) -> Look:
        """This look, and what it leaves open from another."""
        return Look(
            self.size if self.size is not None else other.size,
            self.red if self.red is not None else other.red,
            self.bold if self.bold is not None else other.bold,
            self.hidden if self.hidden is not None else other.hidden,
        )


PLAIN = Look(10.0, red=False, bold=False, hidden=False)  # where nothing says anything


def said(tag: str, value: str | None) -> Look:
    """What one property of a run says: its element, and the attribute `val`."""
    if tag == W + "b":
        return Look(bold=value not in OFF)
    if tag == W + "vanish":
        return Look(hidden=value not in OFF)
    if tag == W + "sz":
        digits = (value or "")[:5]
        return Look(size=int(digits) / 2) if digits.isascii() and digits.isdigit() else Look()
    if tag == W + "color":
        return Look(red=_red(value or ""))
    return Look()


def _red(value: str) -> bool:
    """Whether six hexadecimal digits are red; "auto" is not."""
    try:
        number = int(value, 16) if len(value) == 6 else 0
    except ValueError:
        return False
    return is_red(number >> 16, number >> 8 & 255, number & 255)


class Styles:
    """The styles of a document, by name."""

    def __init__(self, package: Package) -> None:
        self._parents: dict[str, str] = {}
        self._own: dict[str, Look] = {}
        self._known: dict[str, Look] = {}
        self.plain, self.usual = PLAIN, ""
        if PLACE in package:
            self._read(tree(package.chunks(PLACE)))

    def _read(self, root: Element) -> None:
        """Defaults first, then each style."""
        for part in root:
            tag = part.tag.replace(STRICT, W)
            if tag == W + "docDefaults":
                self.plain = _look(part).over(PLAIN)
            elif tag == W + "style":
                name = _attribute(part, "styleId")
                self._own[name] = _look(part)
                for child in part:
                    if child.tag.replace(STRICT, W) == W + "basedOn":
                        self._parents[name] = _attribute(child, "val")
                paragraph = _attribute(part, "type") == "paragraph"
                if paragraph and _attribute(part, "default") in ("1", "true"):
                    self.usual = name

    def look(self, name: str) -> Look:
        """A style and all it is based on."""
        if name not in self._known:
            found, at = Look(), name
            for _ in range(GENERATIONS):
                found = found.over(self._own.get(at, Look()))
                at = self._parents.get(at, "")
            self._known[name] = found
        return self._known[name]


def _look(part: Element) -> Look:
    """What the run properties below an element say."""
    found = Look()
    for properties in part.iter():
        if properties.tag.replace(STRICT, W) == W + "rPr":
            for one in properties:
                tag = one.tag.replace(STRICT, W)
                found = said(tag, _attribute(one, "val") or None).over(found)
    return found


def _attribute(element: Element, name: str) -> str:
    """An attribute in either edition of the standard."""
    return element.get(W + name) or element.get(STRICT + name) or ""

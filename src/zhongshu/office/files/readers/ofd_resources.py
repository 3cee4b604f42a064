"""Fonts, pictures, drawings and ways to draw that pages of an OFD share. 资源。"""

from __future__ import annotations

import posixpath
import re
from typing import NamedTuple
from xml.etree.ElementTree import Element

from .ofd_book import Document

HEAVY = 600
BOLD = re.compile(r"bold|heavy|black|粗|小标宋", re.IGNORECASE)
GENERATIONS = 20  # ways to draw that build on one another
Colour = tuple[int, int, int]


class Font(NamedTuple):
    """What a font calls itself, and whether it is a bold one."""

    name: str = ""
    bold: bool = False


class Resources:
    """All resources of a document, by their marks; a picture is the entry that holds it."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self.fonts: dict[str, Font] = {}
        self.media: dict[str, str] = {}
        self.drawings: dict[str, Element] = {}
        self._params: dict[str, Element] = {}
        self._palettes: dict[str, list[str]] = {}
        for name in ("PublicRes", "DocumentRes"):
            for part in document.common.iterfind(name):
                self.add(document.find(part.text), document.folder)

    def add(self, place: str | None, folder: str) -> None:
        """Take in one list of resources."""
        if place is None:
            return
        root = self._document.book.part(place)
        here = posixpath.dirname(place)
        base = (root.get("BaseLoc") or "").replace("\\", "/")
        folders = (posixpath.join(here, base.lstrip("/")), base.strip("/"), here, folder)
        for element in root.iter():
            mark = element.get("ID", "")
            if element.tag == "Font":
                name = element.get("FontName") or element.get("FamilyName") or ""
                self.fonts[mark] = Font(name, element.get("Bold") == "true" or _heavy(name))
            elif element.tag == "MultiMedia":
                self._medium(mark, element, folders)
            elif element.tag == "CompositeGraphicUnit":
                self.drawings[mark] = element
            elif element.tag == "DrawParam":
                self._params[mark] = element
            elif element.tag == "ColorSpace":
                self._palettes[mark] = [cv.text or "" for cv in element.iterfind("Palette/CV")]

    def _medium(self, mark: str, element: Element, folders: tuple[str, ...]) -> None:
        """A picture, if it is where it is said to be."""
        found = self._document.find(element.findtext("MediaFile"), *folders)
        if found:
            self.media[mark] = found

    def params(self, mark: str | None) -> list[Element]:
        """A way to draw, and those it builds on, nearest first."""
        found: list[Element] = []
        while mark in self._params and len(found) < GENERATIONS:
            found.append(self._params[mark])
            mark = found[-1].get("Relative")
        return found

    def colour(self, element: Element | None) -> Colour | None:
        """A colour as red, green and blue; of a gradient the first; None where none is said."""
        if element is None:
            return None
        first = element if element.get("Value") else element.find(".//Color")
        if first is None or not first.get("Value"):
            palette = self._palettes.get(element.get("ColorSpace", ""), [])
            index = element.get("Index", "")
            known = index.isascii() and index.isdigit() and int(index[:6]) < len(palette)
            return _colour(palette[int(index[:6])]) if known else None
        return _colour(first.get("Value", ""))


def _heavy(name: str) -> bool:
    """Whether a font is a bold one by its name."""
    return bool(BOLD.search(name))


def _colour(value: str) -> Colour | None:
    """One, three or four parts, in decimal or with # in hexadecimal digits: grey, RGB or CMYK."""
    try:
        parts = [
            int(part[1:], 16) if part.startswith("#") else int(float(part))
            for part in value.replace(",", " ").split()[:4]
        ]
    except (ValueError, OverflowError):
        return None
    parts = [min(255, max(0, part)) for part in parts]
    if len(parts) == 4:
        cyan, magenta, yellow, black = (255 - part for part in parts)
        return cyan * black // 255, magenta * black // 255, yellow * black // 255
    if len(parts) == 3:
        return parts[0], parts[1], parts[2]
    return (parts[0],) * 3 if len(parts) == 1 else None

"""What an OFD (GB/T 33190) consists of, and where its parts lie. 版式文件的结构。

What is merely odd is read: names without the usual prefix or name space, paths from the root, from
the folder or with backslashes, a page without a folder of its own, several documents in one file.
A page that is not there, or nothing to begin with, is a damaged file.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

from zhongshu.kernel.papers.layout import Box
from zhongshu.office.files import limits
from zhongshu.office.files.markup import tree
from zhongshu.office.files.packages import Package, resolve
from zhongshu.office.refusal import refuse

from .lines import sound

ROOT = "OFD.xml"
A4 = Box(0.0, 0.0, 210.0, 297.0)


def root_of(package: Package) -> str | None:
    """The entry with which an OFD begins: at the root, or in the one folder that holds all."""
    found = [name for name in package.names() if name.casefold().split("/")[-1] == ROOT.casefold()]
    near = sorted((name for name in found if name.count("/") < 2), key=lambda name: name.count("/"))
    return near[0] if near else None


def numbers(text: str | None, least: int, most: int = 10_000) -> list[float]:
    """So many numbers at least, all of which a page can have; or else the file is broken."""
    try:
        found = [float(part) for part in (text or "").replace(",", " ").split(None, most)[:most]]
    except ValueError:
        raise refuse("damaged") from None
    if len(found) < least or (found and not sound(*found)):
        raise refuse("damaged")
    return found


def box(text: str | None) -> Box:
    """A box, written as left, top, width, height; where it ends may be missing."""
    left, top, *ends = numbers(text, 2)
    wide, tall = (*ends, 0.0, 0.0)[:2]
    return Box(left, top, left + wide, top + tall)


class Sheet(NamedTuple):
    """A page: its document, its mark in it, the entry with its content."""

    document: Document
    mark: str
    place: str


class Book:
    """An OFD that was opened."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._names = {name.casefold(): name for name in package.names()}
        begin = root_of(package)
        if begin is None:
            raise refuse("damaged")
        self._folder = posixpath.dirname(begin)
        root = self.part(begin)
        if root.find(".//Encryptions") is not None:
            raise refuse("encrypted")
        bodies = [body for body in root.iter("DocBody") if body.findtext("DocRoot")]
        if not bodies or len(bodies) > limits.DOCUMENTS:
            raise refuse("too_many_parts" if bodies else "damaged")
        self.title = (bodies[0].findtext("DocInfo/Title") or "").strip()[:200]
        self.documents = tuple(Document(self, body) for body in bodies)
        self.sheets = tuple(sheet for document in self.documents for sheet in document.sheets)
        if len(self.sheets) > limits.PAGES:
            raise refuse("too_many_pages", most=limits.PAGES)

    def part(self, place: str) -> Element:
        """A part as a tree, its name spaces left off."""
        root = tree(self._package.chunks(place))
        for element in root.iter():
            element.tag = element.tag.rpartition("}")[2]
        return root

    def content(self, place: str) -> bytes:
        """The bytes of a part."""
        return b"".join(self._package.chunks(place))

    def find(self, where: str | None, *folders: str) -> str | None:
        """The entry that a path means, seen from the first folder where there is one, then from the
        root; None where there is none."""
        path = (where or "").strip().replace("\\", "/")
        if not path:
            return None
        base = "/" + self._folder
        tries = [base + path] if path.startswith("/") else []
        tries += ["/" + posixpath.join(folder, path.lstrip("/")) for folder in (*folders, base)]
        for tried in tries:
            name = self._names.get(resolve("", tried).casefold())
            if name and not name.endswith("/"):
                return name
        return None


class Document:
    """One document of an OFD: pages, templates, and what else belongs to them."""

    def __init__(self, book: Book, body: Element) -> None:
        at = book.find(body.findtext("DocRoot"))
        if at is None:
            raise refuse("damaged")
        self.book, self.folder = book, posixpath.dirname(at)
        self.root = book.part(at)
        common = self.root.find("CommonData")
        self.common = common if common is not None else Element("CommonData")
        self._signatures = body.findtext("Signatures") or self.root.findtext("Signatures")
        self.sheets = tuple(self._sheets())
        if not self.sheets:
            raise refuse("damaged")

    def _sheets(self) -> Iterator[Sheet]:
        """The pages, in order."""
        for page in self.root.iterfind("Pages/Page"):
            where = page.get("BaseLoc", "")
            place = self.find(where) or self.find(posixpath.join(where, "Content.xml"))
            if place is None:
                raise refuse("damaged")
            yield Sheet(self, page.get("ID", ""), place)

    def find(self, where: str | None, *folders: str) -> str | None:
        """The entry that a path in this document means."""
        return self.book.find(where, *folders, self.folder)

    def area(self, *parts: Element) -> Box:
        """The size of a page: its own, that of its template, that of the document, or A4."""
        for part in (*parts, self.common):
            for name in ("Area", "PageArea"):
                said = part.findtext(f"{name}/PhysicalBox")
                found = box(said) if said else A4
                if said and found.right - found.left > 1 and found.bottom - found.top > 1:
                    return found
        return A4

    def templates(self) -> dict[str, tuple[str, str]]:
        """Each template by its mark: its entry, and whether it lies behind or before the page."""
        found = {}
        for template in self.common.iterfind("TemplatePage"):
            place = self.find(template.get("BaseLoc"))
            if place:
                found[template.get("ID", "")] = (place, template.get("ZOrder", "Background"))
        return found

    def annotations(self) -> dict[str, list[str]]:
        """The entries with annotations of each page, by its mark."""
        found: dict[str, list[str]] = {}
        listed = self.find(self.root.findtext("Annotations"))
        if listed:
            folder = posixpath.dirname(listed)
            for page in self.book.part(listed).iterfind("Page"):
                for where in page.iterfind("FileLoc"):
                    place = self.find(where.text, folder)
                    if place:
                        found.setdefault(page.get("PageID", ""), []).append(place)
        return found

    def signatures(self) -> list[str]:
        """The entries of its signatures."""
        listed = self.find(self._signatures)
        if not listed:
            return []
        folder = posixpath.dirname(listed)
        found = list(self.book.part(listed).iterfind("Signature"))
        if len(found) > limits.ENCLOSED:
            raise refuse("too_many_parts")
        places = (self.find(one.get("BaseLoc"), folder) for one in found)
        return [place for place in places if place]

    def enclosed(self) -> list[str]:
        """The names of its attachments, with the suffix of what is attached."""
        listed = self.find(self.root.findtext("Attachments"))
        if not listed:
            return []
        found = []
        for one in self.book.part(listed).iterfind("Attachment"):
            where = (one.findtext("FileLoc") or "").replace("\\", "/")
            name = one.get("Name") or posixpath.basename(where)
            suffix = posixpath.splitext(where)[1]
            found.append(name if name.endswith(suffix) else name + suffix)
        if len(found) > limits.ENCLOSED:
            raise refuse("too_many_parts")
        return [name[:200] for name in found if name]

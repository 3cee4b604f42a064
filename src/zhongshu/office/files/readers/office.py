"""Which kind a package is, and that nothing in it acts by itself: no macro, no remote template."""

from __future__ import annotations

import re
from typing import BinaryIO

from zhongshu.office.files.markup import tree
from zhongshu.office.files.packages import Package
from zhongshu.office.refusal import refuse

from . import ofd, ofd_book, sheets, word
from .found import Found

TYPES = "[Content_Types].xml"
LINKS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
OFFICE = "application/vnd.openxmlformats-officedocument."
MAIN = {
    OFFICE + "wordprocessingml.document.main+xml": ("docx", word.BODY),
    OFFICE + "spreadsheetml.sheet.main+xml": ("xlsx", "xl/workbook.xml"),
}
ACTS = re.compile(r"vbaProject|vbaData|activeX|macrosheets", re.IGNORECASE)
FETCHES = ("/attachedTemplate", "/oleObject", "/frame", "/subDocument")


def inspect(source: BinaryIO) -> Found:
    """Tell OFD, DOCX and XLSX apart, unpack everything once, look inside."""
    package = Package(source)
    if ofd_book.root_of(package):
        if TYPES in package:
            raise refuse("hidden_data")
        package.unpack_all()
        return ofd.inspect(package)
    if TYPES not in package:
        raise refuse("kind_archive")
    kind = _main(package)
    package.unpack_all()
    _check_links(package)
    return word.inspect(package) if kind == "docx" else sheets.inspect(source)


def _main(package: Package) -> str:
    """The kind that the list of content types declares, with its main part where it belongs."""
    parts = list(tree(package.chunks(TYPES)))
    types = [part.get("ContentType", "") for part in parts]
    if any("macroEnabled" in found or "vbaProject" in found for found in types):
        raise refuse("kind_macros")
    if any(ACTS.search(name) for name in package.names()):
        raise refuse("kind_macros")
    mains = [part for part in parts if part.get("ContentType") in MAIN]
    if len(mains) != 1:
        raise refuse("kind_unknown")
    kind, place = MAIN[mains[0].get("ContentType", "")]
    if mains[0].get("PartName") != "/" + place or place not in package:
        raise refuse("kind_unknown")
    return kind


def _check_links(package: Package) -> None:
    """Refuse what the reader's program would fetch from elsewhere by itself."""
    for name in package.names():
        if name.endswith(".rels"):
            for link in tree(package.chunks(name)).iter(LINKS + "Relationship"):
                outside = link.get("TargetMode") == "External"
                if outside and link.get("Type", "").endswith(FETCHES):
                    raise refuse("kind_remote")

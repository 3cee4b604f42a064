"""The one place that reads XML. 全系统唯一的 XML 入口.

A document type is refused outright, and with it entities, external files and bombs; depth,
attributes and elements are counted while reading. A test forbids any other XML reader in the house.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from zhongshu.office.refusal import refuse

from . import limits


class Target(Protocol):
    """What is told of each piece; names are spelt {namespace}local."""

    def start(self, tag: str, attributes: dict[str, str], /) -> object:
        """An element begins."""

    def data(self, text: str, /) -> object:
        """Text, perhaps in several pieces."""

    def end(self, tag: str, /) -> object:
        """An element ends."""


def parse_xml(chunks: Iterable[bytes], target: Target) -> None:
    """Read XML piece by piece and tell `target`; refuse what is hostile or broken."""
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    depth = count = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth, count
        depth, count = depth + 1, count + 1
        most = (limits.DEPTH, limits.ELEMENTS, limits.ATTRIBUTES)
        if depth > most[0] or count > most[1] or len(attributes) > most[2]:
            raise refuse("xml_too_complex")
        target.start(_name(tag), {_name(name): value for name, value in attributes.items()})

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        target.end(_name(tag))

    def doctype(*_: object) -> None:
        raise refuse("xml_doctype")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = target.data
    parser.StartDoctypeDeclHandler = doctype
    parser.EntityDeclHandler = doctype
    fed = 0
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
            fed += len(chunk)
            # an element that does not end is read again from its beginning with every piece
            if fed - parser.CurrentByteIndex > limits.TOKEN:
                raise refuse("xml_too_complex")
        parser.Parse(b"", True)
    except expat.ExpatError:
        raise refuse("damaged") from None
    except (LookupError, ValueError):  # an encoding nobody knows
        raise refuse("damaged") from None


def tree(chunks: Iterable[bytes]) -> Element:
    """The whole as a tree, for small parts."""
    builder = TreeBuilder()
    parse_xml(chunks, builder)
    return builder.close()


def _name(name: str) -> str:
    """A name as expat gives it, spelt as ElementTree does."""
    return "{" + name if "}" in name else name

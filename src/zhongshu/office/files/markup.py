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


class _Reader:
    """Counts what comes, and passes it on."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self._depth = self._count = 0
        parser = self._parser = expat.ParserCreate(namespace_separator="}")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = target.data
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._doctype

    def feed(self, chunks: Iterable[bytes]) -> None:
        """Read everything, piece by piece."""
        fed = 0
        for chunk in chunks:
            self._parser.Parse(chunk, False)
            fed += len(chunk)
            # a tag that does not end is read again from its beginning with every piece
            if fed - self._parser.CurrentByteIndex > limits.TOKEN:
                raise refuse("xml_too_complex")
        self._parser.Parse(b"", True)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._count += 1
        many = len(attributes) > limits.ATTRIBUTES or self._count > limits.ELEMENTS
        if many or self._depth > limits.DEPTH:
            raise refuse("xml_too_complex")
        self._target.start(_name(tag), {_name(name): said for name, said in attributes.items()})

    def _end(self, tag: str) -> None:
        self._depth -= 1
        self._target.end(_name(tag))

    def _doctype(self, *_: object) -> None:
        raise refuse("xml_doctype")


def parse_xml(chunks: Iterable[bytes], target: Target) -> None:
    """Read XML piece by piece and tell `target`; refuse what is hostile or broken."""
    try:
        _Reader(target).feed(chunks)
    except (expat.ExpatError, LookupError, ValueError):  # the last two: an encoding nobody knows
        raise refuse("damaged") from None


def tree(chunks: Iterable[bytes]) -> Element:
    """The whole as a tree, for small parts."""
    builder = TreeBuilder()
    parse_xml(chunks, builder)
    return builder.close()


def _name(name: str) -> str:
    """A name as expat gives it, spelt as ElementTree does."""
    return "{" + name if "}" in name else name

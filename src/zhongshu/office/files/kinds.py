"""The kinds of file this house takes: a closed list, told by content and never by the name.

收哪些文件：看内容，不看后缀。 A name whose suffix says something else than the content is refused,
because the person who opens it elsewhere goes by the suffix.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from zhongshu.office.refusal import refuse


class Kind(NamedTuple):
    """`type` is the media type it is delivered as; the first suffix is the usual one."""

    code: str
    type: str
    suffixes: tuple[str, ...]
    pages: bool  # can be shown as images of its pages


KINDS = {
    kind.code: kind
    for kind in (
        Kind("pdf", "application/pdf", ("pdf",), pages=True),
        Kind("ofd", "application/ofd", ("ofd",), pages=True),
        Kind(
            "docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            ("docx",),
            pages=False,
        ),
        Kind(
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            ("xlsx",),
            pages=False,
        ),
        Kind("txt", "text/plain; charset=utf-8", ("txt", "csv"), pages=False),
        Kind("txt_gb", "text/plain; charset=gb18030", ("txt", "csv"), pages=False),
        Kind("txt_u16", "text/plain; charset=utf-16", ("txt", "csv"), pages=False),
        Kind("png", "image/png", ("png",), pages=True),
        Kind("jpeg", "image/jpeg", ("jpg", "jpeg"), pages=True),
        Kind("tiff", "image/tiff", ("tif", "tiff"), pages=True),
    )
}
SUFFIXES = frozenset(suffix for kind in KINDS.values() for suffix in kind.suffixes)

OURS = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "package"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
)
# What people try most, with the sentence that tells them what to do instead.
FOREIGN = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "kind_old_office"),
    (b"{\\rtf", "kind_old_office"),
    (b"MZ", "kind_program"),
    (b"\x7fELF", "kind_program"),
    (b"\xca\xfe\xba\xbe", "kind_program"),
    (b"#!", "kind_program"),
    (b"Rar!\x1a\x07", "kind_archive"),
    (b"7z\xbc\xaf\x27\x1c", "kind_archive"),
    (b"\x1f\x8b", "kind_archive"),
    (b"BZh", "kind_archive"),
    (b"\xfd7zXZ\x00", "kind_archive"),
    (b"PK\x05\x06", "kind_archive"),
    (b"PK\x07\x08", "kind_archive"),
)
WEB = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*|<\?.*?\?>\s*)*<(?:!doctype|html|head|body|script|svg|\w+:svg)"
    rb"|(?:\xef\xbb\xbf)?\s*<\?xml",
    re.IGNORECASE | re.DOTALL,
)
END_OF_PACKAGE = b"PK\x05\x06"
SHORTEST_END = 22  # bytes of the record it begins


def family(head: bytes, tail: bytes) -> str:
    """What the first bytes say: a kind, "package" or "text"; anything foreign is refused.

    `tail` are the last bytes: a picture or PDF that is also a package (two files in one, each
    reader seeing another) is neither.
    """
    if not head:
        raise refuse("empty")
    for magic, found in OURS:
        if head.startswith(magic):
            if found != "package" and hides_package(tail):
                raise refuse("hidden_data")
            return found
    for magic, code in FOREIGN:
        if head.startswith(magic):
            raise refuse(code)
    if WEB.match(head):
        raise refuse("kind_web")
    return "text"


def hides_package(tail: bytes) -> bool:
    """Whether a reader of packages would find one at the end of these bytes."""
    return tail.find(END_OF_PACKAGE, 0, len(tail) - SHORTEST_END + len(END_OF_PACKAGE)) >= 0


def suffix(name: str) -> str:
    """The last suffix of a name, in small letters; empty where there is none."""
    stem, dot, last = name.rpartition(".")
    return last.lower() if dot and stem else ""


def agree(kind: Kind, name: str) -> None:
    """Refuse a name whose suffix says something else than the content."""
    if suffix(name) not in kind.suffixes:
        raise refuse("suffix_differs", suffix=suffix(name)[:10], right=kind.suffixes[0])

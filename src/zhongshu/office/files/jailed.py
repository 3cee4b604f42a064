"""The child's side of the jail. 隔离进程。

    python -I -S -B jailed.py '{"paths": […], "faces": {…}}'

runs a *warden*: it loads the readers once and then forks a child for every question, because
starting Python for each costs forty times as much. A question comes over standard input (a
socket) with two descriptors: the file and where to write the answer. The child raises the walls
before it reads the first byte, answers, and ends. It never returns here.
"""

from __future__ import annotations

import codecs
import json
import os
import signal
import socket
import struct
import sys
from collections.abc import Callable, Mapping
from typing import Any, BinaryIO, NoReturn

if __name__ == "__main__":  # pragma: no cover - the tests import this file, the warden runs it
    sys.path.extend(json.loads(sys.argv[1])["paths"])

from zhongshu.office.files import kinds, limits, walls
from zhongshu.office.files.packages import Package
from zhongshu.office.files.readers import (
    ofd,
    ofd_draw,
    ofd_layout,
    office,
    pdf,
    pdf_layout,
    pictures,
    plain,
    plain_layout,
    sheets,
    typefaces,
    word,
    word_layout,
)
from zhongshu.office.files.readers.found import Found, Laid, Picture
from zhongshu.office.refusal import Refusal, refuse

LENGTH = struct.Struct(">I")
TAIL = 66_000  # a package's end record and its longest comment
HEAD = 4096
TEXTS = ("txt", "txt_gb", "txt_u16")


def inspect(source: BinaryIO) -> Found:
    """What a file is, found by content; anything not on the list is refused."""
    head = source.read(HEAD)
    size = source.seek(0, 2)
    source.seek(max(0, size - TAIL))
    reader = {
        "pdf": pdf.inspect,
        "package": office.inspect,
        "png": pictures.inspect,
        "jpeg": pictures.inspect,
        "tiff": pictures.inspect,
        "text": plain.inspect,
    }[kinds.family(head, source.read())]
    return reader(source)


def picture(source: BinaryIO, kind: str, page: int, width: int) -> Picture:
    """One page as pixels."""
    if not kinds.KINDS[kind].pages:
        raise refuse("no_pages")
    if kind == "ofd":
        return ofd_draw.picture(Package(source), page, width)
    reader = pdf.picture if kind == "pdf" else pictures.picture
    return reader(source, page, width)


def text(source: BinaryIO, kind: str) -> list[str]:
    """The words, page by page; none in a picture."""
    if kind in ("docx", "ofd"):
        return (word.text if kind == "docx" else ofd.text)(Package(source))
    if kind in TEXTS:
        return plain.text(source)
    reader = {"pdf": pdf.text, "xlsx": sheets.text}
    return reader[kind](source) if kind in reader else []


def layout(source: BinaryIO, kind: str, start: int = 1) -> Laid:
    """The lines and where they stand, from one page on; a picture has none."""
    if kind == "pdf":
        return pdf_layout.layout(source, start)
    if kind == "ofd":
        return ofd_layout.layout(Package(source), start)
    if kind == "docx":
        return word_layout.layout(Package(source))
    if kind in TEXTS:
        return plain_layout.layout(source)
    if kinds.KINDS[kind].pages:
        return pictures.layout(source)
    return plain_layout.bare("text", text(source, kind))


def rows(source: BinaryIO) -> list[tuple[str, list[list[str]]]]:
    """The sheets of a spreadsheet."""
    if inspect(source).kind != "xlsx":
        raise refuse("not_a_spreadsheet")
    return sheets.rows(source)


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "inspect": inspect,
    "picture": picture,
    "text": text,
    "layout": layout,
    "rows": rows,
}


def answer(name: str, arguments: Mapping[str, Any], source: BinaryIO) -> bytes:
    """Ask a function and spell what it says. Whatever goes wrong is a refusal."""
    data = b""
    try:
        value = FUNCTIONS[name](source, **arguments)
        if isinstance(value, Picture):
            data, value = value.pixels, value[:2]
        said: dict[str, object] = {"value": value}
    except Refusal as refusal:
        said = {"refused": refusal.refused.reasons[0].code}
        said["about"] = dict(refusal.refused.reasons[0].about)
    except MemoryError:
        said = {"refused": "too_hard", "about": {}}
    except Exception:  # noqa: BLE001 - a reader met what it was not made for: refuse, never guess
        said = {"refused": "damaged", "about": {}}
    return spell(said) + data


def spell(said: Mapping[str, object]) -> bytes:
    """What is said as JSON, its length before it."""
    head = json.dumps(said).encode("ascii")
    return LENGTH.pack(len(head)) + head


def warm(faces: Mapping[str, str] | None = None) -> int:
    """Load all that is loaded at first use; the size of the jail while it is empty."""
    typefaces.load(faces or {})
    for coding in ("utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "latin-1", "cp437"):
        codecs.lookup(coding)
    pdf.warm()
    return walls.size_now()


def child(
    request: bytes, source: int, out: int, base: int, measure: limits.Measure | None
) -> NoReturn:  # pragma: no cover
    """Inside the walls; the tests look at this from outside."""
    try:
        os.setsid()
        walls.die_with_parent()
        source, out = os.dup2(source, 10), os.dup2(out, 11)
        os.closerange(0, 10)
        os.closerange(12, 4096)
        stand = walls.raise_all(base, measure)
        asked = json.loads(request)
        if asked["name"] == "walls":
            said = spell({"value": stand})
        else:
            with open(source, "rb", closefd=False) as file:
                said = answer(asked["name"], asked["arguments"], file)
        left = memoryview(said)
        while left:
            left = left[os.write(out, left) :]
    finally:
        os._exit(0)


def serve(
    control: socket.socket,
    base: int,
    measure: limits.Measure | None = None,
    one: Callable[..., object] = child,
) -> None:
    """Fork a child for each question, until the asker is gone or has been silent for long."""
    control.settimeout(limits.IDLE_SECONDS)
    while True:
        try:
            head, handed, *_ = socket.recv_fds(control, LENGTH.size, 2)
        except TimeoutError:
            return
        if len(head) < LENGTH.size or len(handed) != 2:
            return
        request = b""
        while len(request) < LENGTH.unpack(head)[0]:
            request += control.recv(LENGTH.unpack(head)[0] - len(request))
        if os.fork() == 0:  # pragma: no cover - the child
            one(request, *handed, base, measure)
        for descriptor in handed:
            os.close(descriptor)


if __name__ == "__main__":  # pragma: no cover - the warden
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the children
    with socket.socket(fileno=0) as asker:
        serve(asker, warm(json.loads(sys.argv[1])["faces"]))

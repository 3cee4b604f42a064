"""The parent's side of the jail: ask a reader about a file, get a value or a refusal. 隔离解析。

Never a partial success: an answer that is late, too long or cut off is a refusal like any other.
"""

from __future__ import annotations

import atexit
import contextlib
import importlib.util
import json
import os
import select
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any, NamedTuple

from zhongshu.kernel.papers.layout import Box, Layout, Line, Page
from zhongshu.office.refusal import refuse

from . import fonts, limits
from .readers.found import Found, Laid, Picture

LENGTH = struct.Struct(">I")
SPARE_SECONDS = 2  # beyond the time the system ends a child itself
PROGRAM = Path(__file__).with_name("jailed.py")


class Warden:
    """The process that forks a child for each question; started when first needed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._seats = threading.BoundedSemaphore(self.at_once())
        self._control: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0

    def program(self) -> Path:
        """What it runs."""
        return PROGRAM

    def at_once(self) -> int:
        """How many children it may have."""
        return limits.AT_ONCE

    def seconds(self) -> float:
        """How long one question may take."""
        return limits.WALL_SECONDS

    def ask(self, name: str, source: IO[bytes], **arguments: object) -> bytes:
        """The raw answer of one child; empty when it was ended before it could answer."""
        request = json.dumps({"name": name, "arguments": arguments}).encode("ascii")
        if not self._seats.acquire(timeout=self.seconds()):
            raise refuse("jail_busy")
        try:
            said, alive = self._once(request, source)
            if not said and not alive:  # it left for want of work just when we asked
                said, _ = self._once(request, source)
            return said
        finally:
            self._seats.release()

    def _once(self, request: bytes, source: IO[bytes]) -> tuple[bytes, bool]:
        """One try: the answer, and whether the warden is still there."""
        source.seek(0)
        out, into = os.pipe()
        try:
            self._send(request, source.fileno(), into)
        finally:
            os.close(into)
        with open(out, "rb", buffering=0) as pipe:
            said = _read(pipe, self.seconds())
        process = self._process
        return said, process is not None and process.poll() is None

    def _send(self, request: bytes, *descriptors: int) -> None:
        """Hand over a question and the two descriptors."""
        with self._lock:
            for _ in range(2):
                control = self._started()
                try:
                    socket.send_fds(control, [LENGTH.pack(len(request))], descriptors)
                    control.sendall(request)
                except OSError:
                    self._stop()
                else:
                    return
        raise refuse("jail_missing")

    def _started(self) -> socket.socket:
        """The socket to the warden of this very process; a fork of ours gets its own."""
        if self._control is not None and self._owner == os.getpid():
            return self._control
        if self._control is not None:
            self._control.close()  # our copy; the process that forked us keeps its own
        paths = [str(Path(__file__).parents[3]), *(path for path in sys.path if path)]
        told = json.dumps({"paths": paths, "faces": fonts.for_pages()})
        ours, its = socket.socketpair()
        with its:
            self._process = subprocess.Popen(  # noqa: S603 - our own file, by our own interpreter
                [sys.executable, "-I", "-S", "-B", str(self.program()), told],
                stdin=its.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
                cwd="/",
                start_new_session=True,
            )
        self._control, self._owner = ours, os.getpid()
        return ours

    def _stop(self) -> None:
        """Let it go; it ends when the socket closes, and its children with it."""
        if self._control is not None:
            self._control.close()
            self._control = None
        if self._process is not None and self._owner == os.getpid():
            self._process.kill()
            self._process.wait()
            self._process = None

    def stop(self) -> None:
        """End the warden and whatever it is doing."""
        with self._lock:
            self._stop()


class SightedWarden(Warden):
    """The one for the optical reader: it starts slowly, and each page takes its time."""

    def program(self) -> Path:
        """What it runs."""
        return PROGRAM.with_name("seeing.py")

    def at_once(self) -> int:
        """How many children it may have."""
        return limits.SEEN_AT_ONCE

    def seconds(self) -> float:
        """How long one question may take, the start of the program included."""
        return limits.SEEING.wall_seconds


def _read(pipe: IO[bytes], seconds: float) -> bytes:
    """All that comes before the time is over; nothing when it is late or too much."""
    until = time.monotonic() + seconds + SPARE_SECONDS
    parts: list[bytes] = []
    size = 0
    while True:
        ready, _, _ = select.select([pipe], [], [], max(0.0, until - time.monotonic()))
        if not ready:
            return b""
        part = pipe.read(1 << 20)
        if not part:
            return b"".join(parts)
        size += len(part)
        if size > limits.ANSWER:
            return b""
        parts.append(part)


WARDEN = Warden()
SIGHTED = SightedWarden()
atexit.register(WARDEN.stop)
atexit.register(SIGHTED.stop)


class Answer(NamedTuple):
    """What a child said: plain JSON, and bytes behind it."""

    value: Any
    data: bytes


def _ask(name: str, source: IO[bytes], **arguments: object) -> Answer:
    """The answer of a reader as a value; a refusal is raised."""
    return _told(WARDEN.ask(name, source, **arguments))


def _told(said: bytes) -> Answer:
    """What a child said, as a value; a refusal is raised."""
    if len(said) < LENGTH.size:
        raise refuse("too_hard")
    end = LENGTH.size + LENGTH.unpack_from(said)[0]
    try:
        spelt = json.loads(said[LENGTH.size : end])
    except (ValueError, RecursionError):
        raise refuse("too_hard") from None
    if not isinstance(spelt, Mapping) or len(said) < end:
        raise refuse("too_hard")
    if "refused" in spelt:
        raise refuse(str(spelt["refused"]), **dict(spelt["about"]))
    return Answer(spelt["value"], said[end:])


def inspect(source: IO[bytes]) -> Found:
    """What a file is, by its content."""
    kind, pages, title, head = _ask("inspect", source).value
    return Found(kind, pages, title, tuple(head))


def picture(source: IO[bytes], kind: str, page: int, width: int) -> Picture:
    """One page as pixels; the count of bytes is checked, so nothing has to be parsed."""
    (wide, tall), pixels = _ask("picture", source, kind=kind, page=page, width=width)
    if len(pixels) != wide * tall * 3:
        raise refuse("too_hard")
    return Picture(wide, tall, pixels)


def text(source: IO[bytes], kind: str) -> list[str]:
    """The words of a file, page by page."""
    return [str(page) for page in _ask("text", source, kind=kind).value]


def layout(source: IO[bytes], kind: str) -> Laid:
    """The lines of a file and where they stand. Each child lays out some pages, so that a book
    is not too much for one; all together have their time as well."""
    until = time.monotonic() + limits.LAYOUT_SECONDS
    pages, unread, start, letters = [], [], 1, 0
    while True:
        asked = _ask("layout", source, kind=kind, start=start).value
        (form, some, enclosed), bare, more = asked
        pages += [_page(*page) for page in some]
        unread += [int(number) for number in bare]
        letters += sum(len(line.text) for page in pages[start - 1 :] for line in page.lines)
        if letters > limits.LETTERS:
            raise refuse("too_much_text")
        if not more:
            return Laid(Layout(str(form), tuple(pages), tuple(map(str, enclosed))), tuple(unread))
        if more != len(pages) + 1 or more <= start or time.monotonic() > until:
            raise refuse("too_hard")
        start = more


def can_see() -> bool:
    """Whether the optical reader is installed."""
    return importlib.util.find_spec("rapidocr") is not None


def see(source: IO[bytes], kind: str, page: int) -> Page:
    """One page of a PDF or a picture, read from its picture; takes many seconds."""
    return _page(*_told(SIGHTED.ask("see", source, kind=kind, page=page)).value)


def _page(lines: Any, width: float, height: float, rules: Any, seals: Any) -> Page:
    """A page as its pieces were spelt."""
    said = tuple(
        Line(str(text), Box(*box) if box else None, size, bool(red), bool(bold), sure)
        for text, box, size, red, bold, sure in lines
    )
    marks = (tuple(Box(*box) for box in boxes) for boxes in (rules, seals))
    return Page(said, width, height, *marks)


def rows(source: IO[bytes]) -> list[tuple[str, list[list[str]]]]:
    """The sheets of a spreadsheet, each cell as text."""
    return [(str(name), found) for name, found in _ask("rows", source).value]


def walls() -> tuple[str, ...]:
    """Which walls stand on this machine: "limits", "hook", "landlock", "seccomp"."""
    with contextlib.closing(_nothing()) as source:
        return tuple(_ask("walls", source).value)


def _nothing() -> IO[bytes]:
    """An empty file."""
    return open(os.devnull, "rb")

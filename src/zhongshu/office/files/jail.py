"""The parent's side of the jail: ask a reader about a file, get a value or a refusal. 隔离解析。

Never a partial success: an answer that is late, too long or cut off is a refusal like any other.
"""

from __future__ import annotations

import atexit
import contextlib
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

from . import limits
from .readers.found import Found, Laid, Picture

LENGTH = struct.Struct(">I")
SPARE_SECONDS = 2  # beyond the time the system ends a child itself
PROGRAM = Path(__file__).with_name("jailed.py")


class Warden:
    """The process that forks a child for each question; started when first needed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._seats = threading.BoundedSemaphore(limits.AT_ONCE)
        self._control: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0

    def ask(self, name: str, source: IO[bytes], **arguments: object) -> bytes:
        """The raw answer of one child; empty when it was ended before it could answer."""
        request = json.dumps({"name": name, "arguments": arguments}).encode("ascii")
        if not self._seats.acquire(timeout=limits.WALL_SECONDS):
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
            said = _read(pipe)
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
        ours, its = socket.socketpair()
        with its:
            self._process = subprocess.Popen(  # noqa: S603 - our own file, by our own interpreter
                [sys.executable, "-I", "-S", "-B", str(PROGRAM), json.dumps(paths)],
                stdin=its.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={},
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


def _read(pipe: IO[bytes]) -> bytes:
    """All that comes before the time is over; nothing when it is late or too much."""
    until = time.monotonic() + limits.WALL_SECONDS + SPARE_SECONDS
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
atexit.register(WARDEN.stop)


class Answer(NamedTuple):
    """What a child said: plain JSON, and bytes behind it."""

    value: Any
    data: bytes


def _ask(name: str, source: IO[bytes], **arguments: object) -> Answer:
    """The answer as a value; a refusal is raised."""
    said = WARDEN.ask(name, source, **arguments)
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
    """The lines of a file and where they stand."""
    (form, pages, enclosed), bare = _ask("layout", source, kind=kind).value
    made = tuple(_page(*page) for page in pages)
    return Laid(Layout(str(form), made, tuple(map(str, enclosed))), tuple(map(int, bare)))


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

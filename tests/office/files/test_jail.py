"""S17: the walls of the jail, looked at from outside; and what the parent makes of every answer."""

from __future__ import annotations

import io
import json
import os
import platform
import socket
import struct
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO

import pytest

from zhongshu.office.files import jail, jailed, limits, spreadsheets, walls
from zhongshu.office.refusal import Refusal

from . import good

LINUX = platform.system() == "Linux" and platform.machine() in walls.MACHINES
SOURCE = Path(__file__).parents[3] / "src"


def behind(*, raised: str, deed: str) -> str:
    """Do something in a process behind some walls; what came of it."""
    program = f"""
import ctypes, os, resource, signal, socket, subprocess, sys, tempfile, time
from zhongshu.office.files import walls
from PIL import Image
base = walls.size_now()
libc = walls._libc()
def failed(answer):
    if answer == -1:
        raise OSError(ctypes.get_errno(), "no")
{raised}
try:
    {deed}
except BaseException as error:
    os.write(1, type(error).__name__.encode())
else:
    os.write(1, b"done")
os._exit(0)
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONPATH": str(SOURCE)},
        capture_output=True,
        check=False,
    )
    return done.stdout.decode() or f"ended by {-done.returncode}"


ALL = "walls.raise_all(base)"
SECRET = "open('/etc/hostname').read()"
SCRATCH = repr(os.fsencode(Path(tempfile.gettempdir()) / "x"))  # where anybody may write
DEEDS = {
    "read a file": SECRET,
    "list a folder": "os.listdir('/etc')",
    "write a file": "open('/dev/null', 'w')",
    "write with libc": f"failed(libc.open({SCRATCH}, os.O_WRONLY | os.O_CREAT, 0o600))",
    "remove a file": f"failed(libc.unlink({SCRATCH}))",
    "make a socket": "socket.socket()",
    "make a socket with libc": "failed(libc.socket(2, 1, 0))",
    "fork": "failed(libc.fork() or os._exit(0))",
    "run a program": "subprocess.run(['true'])",
    "run a program with libc": "failed(libc.execv(b'/bin/true', None))",
    "send a signal": "failed(libc.kill(os.getppid(), 0))",
    "look into another process": "failed(libc.ptrace(16, os.getppid(), 0, 0))",
    "raise a limit": "resource.setrlimit(resource.RLIMIT_AS, (1 << 40, 1 << 40))",
    "stop the alarm": "failed(libc.alarm(0) and -1)",
}


@pytest.mark.skipif(not LINUX, reason="the thick walls stand on Linux")
@pytest.mark.parametrize("deed", DEEDS)
def test_nothing_of_this_can_be_done_behind_the_walls(deed: str) -> None:
    assert behind(raised=ALL, deed=DEEDS[deed]) in ("PermissionError", "OSError", "ValueError")


@pytest.mark.parametrize("deed", ["read a file", "make a socket", "run a program", "fork"])
def test_it_can_be_done_without_walls(deed: str) -> None:
    """The control: each deed works where nothing stands in its way."""
    assert behind(raised="", deed=DEEDS[deed]) == "done"


@pytest.mark.parametrize("deed", ["write a file", "make a socket", "run a program"])
def test_the_thin_wall_stops_honest_mistakes(deed: str) -> None:
    assert behind(raised="walls.forbid()", deed=DEEDS[deed]) == "PermissionError"
    assert behind(raised="walls.forbid()", deed="open('/dev/null').read()") == "done"


def test_memory_ends_where_the_limit_is() -> None:
    deed = "bytearray({})"
    assert behind(raised=ALL, deed=deed.format(limits.MEMORY + (1 << 26))) == "MemoryError"
    assert behind(raised=ALL, deed=deed.format(limits.MEMORY // 2)) == "done"


def test_time_ends_too() -> None:
    quick = "from zhongshu.office.files import limits; limits.{} = 1; walls.limit(base)"
    spin = "exec('while True: pass')"
    assert behind(raised=quick.format("CPU_SECONDS"), deed=spin) in ("ended by 9", "ended by 24")
    assert behind(raised=quick.format("WALL_SECONDS"), deed="time.sleep(60)") == "ended by 14"


@pytest.mark.skipif(not LINUX, reason="seccomp is of Linux")
def test_fonts_can_be_read_only_behind_landlock() -> None:
    font = next(iter(Path("/usr/share/fonts").rglob("*.ttf")), None)
    if font is None or "landlock" not in jail.walls():
        pytest.skip("no fonts, or no Landlock")
    assert behind(raised=ALL, deed=f"open({str(font)!r}, 'rb').read(4)") == "done"
    none = "walls.landlock = lambda: False; walls.raise_all(base)"
    assert behind(raised=none, deed=f"open({str(font)!r}, 'rb')") == "PermissionError"


@pytest.mark.skipif(not LINUX, reason="seccomp is of Linux")
def test_the_walls_of_this_machine_are_told() -> None:
    stand = jail.walls()
    assert stand[:2] == ("limits", "hook")
    assert "seccomp" in stand


def test_every_machine_has_a_filter_or_none_at_all() -> None:
    assert walls.program("vax", fonts=True) is None
    for machine, (arch, openat, allowed) in walls.MACHINES.items():
        assert openat not in allowed, machine
        steps = walls.program(machine, fonts=False)
        assert steps is not None
        assert struct.unpack_from("=HBBI", steps, 8)[3] == arch
        longer = walls.program(machine, fonts=True)
        assert longer is not None
        assert len(longer) == len(steps) + 5 * 8


def opened(raw: bytes) -> IO[bytes]:
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the caller lets it go
    file.write(raw)
    file.flush()
    return file


def test_questions_and_answers() -> None:
    with opened(good.pdf(["一", "二"])) as file:
        assert jail.inspect(file).pages == 2
        assert jail.text(file, "pdf") == ["一", "二"]
        drawn = jail.picture(file, "pdf", 2, 100)
        assert (drawn.width, len(drawn.pixels)) == (100, 100 * drawn.height * 3)
        with pytest.raises(Refusal, match="no_such_page"):
            jail.picture(file, "pdf", 3, 100)
    with opened(good.xlsx()) as file:
        assert jail.rows(file) == [("人员", [["姓名", "工号"], ["张三", "7"]])]


def test_many_at_once_get_their_own_answers() -> None:
    def ask(number: int) -> list[str]:
        with opened(good.pdf([str(number)])) as file:
            return jail.text(file, "pdf")

    with ThreadPoolExecutor(12) as pool:
        assert list(pool.map(ask, range(60))) == [[str(number)] for number in range(60)]


def test_a_warden_that_died_is_replaced() -> None:
    for _ in range(2):
        process = jail.WARDEN._process
        if process is not None:
            process.kill()
            process.wait()
        with opened(b"x") as file:
            assert jail.inspect(file).kind == "txt"
    jail.WARDEN.stop()
    jail.WARDEN.stop()
    with opened(b"x") as file:
        assert jail.inspect(file).kind == "txt"


def test_a_warden_that_left_as_we_asked_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    warden, said = jail.Warden(), [(b"", False), (b"said", True)]
    monkeypatch.setattr(warden, "_once", lambda *_: said.pop(0))
    with opened(b"x") as file:
        assert warden.ask("inspect", file) == b"said"


def test_a_warden_that_cannot_start_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    warden = jail.Warden()

    class Closed:
        def close(self) -> None:
            pass

        def sendmsg(self, *_: object) -> int:
            raise OSError

    monkeypatch.setattr(warden, "_started", Closed)
    with opened(b"x") as file, pytest.raises(Refusal, match="jail_missing"):
        warden.ask("inspect", file)


def test_a_child_of_ours_gets_a_warden_of_its_own() -> None:
    warden = jail.Warden()
    with opened(b"x") as file:
        assert warden.ask("inspect", file)
        first = warden._process
        warden._owner -= 1  # as after a fork
        assert warden.ask("inspect", file)
        assert warden._process is not first
    assert first is not None
    first.kill()
    first.wait()
    warden.stop()


def test_no_seat_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "AT_ONCE", 1)
    monkeypatch.setattr(limits, "WALL_SECONDS", 0.01)
    warden = jail.Warden()
    assert warden._seats.acquire(timeout=1)
    with opened(b"x") as file, pytest.raises(Refusal, match="jail_busy"):
        warden.ask("inspect", file)


class Says(jail.Warden):
    """A warden that answers what the test wants."""

    def __init__(self, said: bytes) -> None:
        super().__init__()
        self.said = said

    def ask(self, name: str, source: IO[bytes], **arguments: object) -> bytes:
        return self.said


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"\0\0",
        struct.pack(">I", 99) + b"{}",
        struct.pack(">I", 2) + b"[]",
        struct.pack(">I", 2) + b"{x",
        struct.pack(">I", 200_000) + b"[" * 200_000,
        jailed.spell({"value": [2, 2]}) + b"short",
    ],
)
def test_a_broken_answer_is_a_refusal(said: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jail, "WARDEN", Says(said))
    with pytest.raises(Refusal, match="too_hard"):
        jail.picture(io.BytesIO(), "pdf", 1, 2)


def test_too_much_and_too_late_are_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def pipe() -> Iterator[IO[bytes]]:
        out, into = os.pipe()
        with open(into, "wb", buffering=0) as writer, open(out, "rb", buffering=0) as reader:
            writer.write(b"0123456789")
            yield reader

    monkeypatch.setattr(jail, "SPARE_SECONDS", 0)
    for reader in pipe():
        assert jail._read(reader, 0) == b""
    monkeypatch.setattr(limits, "ANSWER", 5)
    for reader in pipe():
        assert jail._read(reader, 5) == b""


def test_the_optical_reader_has_a_program_and_a_measure_of_its_own() -> None:
    assert jail.SIGHTED.program().is_file()
    assert jail.SIGHTED.program() != jail.WARDEN.program()
    assert jail.SIGHTED.at_once() == 1
    assert jail.SIGHTED.seconds() > jail.WARDEN.seconds()


def answered(said: bytes) -> dict[str, object]:
    length = struct.unpack_from(">I", said)[0]
    return json.loads(said[4 : 4 + length])  # type: ignore[no-any-return]


def test_whatever_goes_wrong_in_a_reader_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    def ask(error: type[BaseException]) -> dict[str, object]:
        def reader(source: object) -> None:
            raise error

        monkeypatch.setitem(jailed.FUNCTIONS, "inspect", reader)  # type: ignore[arg-type]
        return answered(jailed.answer("inspect", {}, io.BytesIO()))

    assert ask(MemoryError)["refused"] == "too_hard"
    assert ask(RecursionError)["refused"] == "damaged"
    assert ask(KeyError)["refused"] == "damaged"


def test_answers_are_spelt() -> None:
    raw = good.image("PNG")
    said = jailed.answer("inspect", {}, io.BytesIO(raw))
    assert answered(said) == {"value": ["png", 1, "", []]}
    said = jailed.answer("picture", {"kind": "png", "page": 1, "width": 80}, io.BytesIO(raw))
    assert answered(said) == {"value": [80, 60]}
    assert len(said) == 4 + struct.unpack_from(">I", said)[0] + 80 * 60 * 3
    said = jailed.answer("picture", {"kind": "png", "page": 9, "width": 80}, io.BytesIO(raw))
    assert answered(said) == {"refused": "no_such_page", "about": {}}
    assert answered(jailed.answer("open", {}, io.BytesIO())) == {"refused": "damaged", "about": {}}


def test_the_warden_serves_until_the_asker_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its loop, in this process, with a fork that forks nothing."""
    asked: list[tuple[bytes, int]] = []
    monkeypatch.setattr(os, "fork", lambda: asked.append((b"", 0)) or 1)
    ours, its = socket.socketpair()
    thread = threading.Thread(target=jailed.serve, args=(its, 0))
    thread.start()
    with opened(b"") as file, ours:
        socket.send_fds(ours, [struct.pack(">I", 5)], [file.fileno(), file.fileno()])
        ours.sendall(b"12")
        ours.sendall(b"345")
    thread.join()
    assert len(asked) == 1
    its.close()


def test_the_warden_leaves_when_nobody_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "IDLE_SECONDS", 0.01)
    ours, its = socket.socketpair()
    with ours, its:
        jailed.serve(its, 0)


def test_the_empty_jail_is_measured() -> None:
    assert jailed.warm() > 0


def test_where_nothing_tells_the_size_it_is_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object) -> str:
        raise OSError

    monkeypatch.setattr(Path, "read_text", missing)
    assert walls.size_now() == 512 * limits.MIB


def test_an_organisation_comes_as_the_first_sheet() -> None:
    assert spreadsheets.first_sheet(good.xlsx()) == [["姓名", "工号"], ["张三", "7"]]
    for bad in (good.docx(), good.pdf(), good.xlsx()[:-40], b""):
        with pytest.raises(ValueError, match=r"\w"):
            spreadsheets.first_sheet(bad)

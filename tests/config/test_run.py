"""serve, work and run as processes: refused when unsafe, one at a time, started anew, stopped."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from zhongshu.config import home as place

Told = dict[str, str]


def eventually(is_so: Callable[[], object]) -> None:
    """Wait until it is so; the test runner's own limit is the only one."""
    while not is_so():
        time.sleep(0.05)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """The environment of a house that may run, on SQLite."""
    folder = tmp_path_factory.mktemp("run")
    found = os.environ | {
        "ZHONGSHU_HOME": str(folder / "home"),
        "ZHONGSHU_DATABASE": "",
        "ZHONGSHU_HTTPS": "0",
        "DJANGO_SETTINGS_MODULE": "zhongshu.config.settings",
        "PYTHONUNBUFFERED": "1",
    }
    subprocess.run(command("init"), env=found, check=True, stdout=subprocess.DEVNULL)
    return found


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "zhongshu.config", *words]


def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(number: int) -> bool:
    with closing(http.client.HTTPConnection("127.0.0.1", number, timeout=5)) as line:
        try:
            line.request("GET", "/account/login/")
            answer = line.getresponse()
            return bool(answer.read()) and answer.status == 200
        except OSError:
            return False


def once(told: Told, *words: str) -> tuple[int, str]:
    done = subprocess.run(command(*words), env=told, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def running(told: Told) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """`zhongshu run` on a free port."""
    number = port()
    process = subprocess.Popen(command("run", "--port", str(number), "--workers", "1"), env=told)
    try:
        eventually(lambda: answers(number))
        yield process, number
    finally:
        process.terminate()
        process.wait()


def pid(told: Told, what: str) -> int:
    """Who runs this part now; waits until somebody does."""
    path = Path(told["ZHONGSHU_HOME"]) / "run" / f"{what}.pid"
    eventually(lambda: path.exists() and path.read_text().strip())
    return int(path.read_text())


def gone(number: int) -> bool:
    try:
        return ") Z" in Path(f"/proc/{number}/stat").read_text()
    except OSError:
        return True


def test_both_run_and_a_signal_stops_them_cleanly(
    told: Told, running: tuple[subprocess.Popen[bytes], int]
) -> None:
    process, _ = running
    parts = [pid(told, "serve"), pid(told, "work")]
    assert once(told, "work")[0] == 3
    assert "已经在运行" in once(told, "run")[1]
    process.send_signal(signal.SIGTERM)
    assert process.wait() == 0
    assert all(map(gone, parts))


def test_static_files_are_collected_for_a_version(
    told: Told, running: tuple[subprocess.Popen[bytes], int]
) -> None:
    _, number = running
    eventually(lambda: answers(number))
    assert (Path(told["ZHONGSHU_HOME"]) / "static" / ".version").exists()


def test_a_part_that_dies_is_started_anew(
    told: Told, running: tuple[subprocess.Popen[bytes], int]
) -> None:
    process, number = running
    for what in ("work", "serve"):
        before = pid(told, what)
        os.kill(before, signal.SIGKILL)
        eventually(lambda what=what, before=before: pid(told, what) != before)
    eventually(lambda: answers(number))
    assert process.poll() is None


def test_parts_end_when_the_watcher_is_killed(
    told: Told, running: tuple[subprocess.Popen[bytes], int]
) -> None:
    process, _ = running
    parts = [pid(told, "serve"), pid(told, "work")]
    process.kill()
    process.wait()
    eventually(lambda: all(map(gone, parts)))


def test_an_unsafe_house_refuses_and_run_gives_up(told: Told) -> None:
    secret = Path(told["ZHONGSHU_HOME"]) / place.SECRET
    secret.chmod(0o644)
    try:
        for words in (("work",), ("serve",), ("run",)):
            code, said = once(told, *words)
            assert code == 3
            assert "secret.key" in said
    finally:
        secret.chmod(0o600)


@pytest.mark.parametrize(
    ("more", "words", "code", "said"),
    [
        ({"ZHONGSHU_HTTPS": "1"}, ["serve"], 3, "没有证书"),
        ({}, ["serve", "--host", "0.0.0.0"], 3, "没有加密"),
        ({}, ["serve", "--cert", __file__], 2, "要一起给"),
        ({"ZHONGSHU_HOME": "/nowhere/at/all"}, ["work"], 3, "先运行 zhongshu init"),
    ],
)
def test_what_serve_refuses(told: Told, more: Told, words: list[str], code: int, said: str) -> None:
    found, shown = once(told | more, *words)
    assert (found, said in shown) == (code, True), shown


def test_a_port_that_is_taken_is_said(told: Told) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        code, said = once(told, "serve", "--port", str(taken.getsockname()[1]))
    assert code == 1
    assert "用不了" in said

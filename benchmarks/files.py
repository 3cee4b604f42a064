"""What the jail costs, and that no hostile file costs more than it may.

    python benchmarks/files.py

Prints one line a figure. The corpus is that of the tests; each file is read in a child of its own
behind all walls, and the child's peak of memory and its time are what the system says of it.
"""

from __future__ import annotations

import io
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO

sys.path.insert(0, str(Path(__file__).parents[1]))

from django.conf import settings
from PIL import Image
from tests.office.files import good, hostile, hostile_layouts, laid

from zhongshu.office.files import fonts, jail, jailed, limits, store, walls, watermark

TIMES = 40


def took(what: str, do: Callable[[], object], times: int = TIMES) -> None:
    """Median and worst of many runs."""
    spent = []
    for _ in range(times):
        before = time.perf_counter()
        do()
        spent.append((time.perf_counter() - before) * 1000)
    print(f"{what:44} median {statistics.median(spent):8.1f} ms   worst {max(spent):8.1f} ms")


def opened(raw: bytes) -> IO[bytes]:
    """A file of these bytes."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as the measuring goes on
    file.write(raw)
    file.flush()
    file.seek(0)
    return file


def alone(raw: bytes, base: int, name: str = "inspect", **asked: object) -> tuple[float, float]:
    """Ask in a child behind all walls: seconds, and MiB at the peak."""
    file, before = opened(raw), time.perf_counter()
    child = os.fork()
    if child == 0:
        try:
            walls.raise_all(base)
            jailed.answer(name, asked, io.FileIO(file.fileno(), closefd=False))  # type: ignore[arg-type]
        finally:
            os._exit(0)
    _, _, usage = os.wait4(child, 0)
    return time.perf_counter() - before, usage.ru_maxrss / 1024


def scan(pages: int = 1) -> bytes:
    """A scanned A4 page at 200 dots an inch."""
    page = Image.effect_noise((1654, 2339), 12).convert("RGB")
    out = io.BytesIO()
    page.save(
        out, "PDF", resolution=200, quality=75, save_all=True, append_images=[page] * (pages - 1)
    )
    return out.getvalue()


def main() -> None:
    """All figures."""
    print(platform.machine(), platform.python_version(), f"{os.cpu_count()} processors")
    before = time.perf_counter()
    print("walls:", ", ".join(jail.walls()))
    print(
        f"the warden starts, once a server process: {(time.perf_counter() - before) * 1000:.0f} ms"
    )
    took("an empty question", jail.walls)
    text, picture = opened(good.pdf(["关于水源保护的通知\n" * 30] * 20)), opened(scan())
    took("inspect, PDF of 20 pages", lambda: jail.inspect(text))
    took("text, PDF of 20 pages", lambda: jail.text(text, "pdf"))
    for width in limits.WIDTHS:
        took(f"page image, text, {width} wide", lambda w=width: jail.picture(text, "pdf", 1, w))
        took(f"page image, scan, {width} wide", lambda w=width: jail.picture(picture, "pdf", 1, w))
    drawn = jail.picture(text, "pdf", 1, 960)
    kept = io.BytesIO()
    Image.frombytes("RGB", (drawn.width, drawn.height), drawn.pixels).save(kept, "PNG")

    def marked() -> None:
        image = Image.open(kept).convert("RGB")
        words = ("内部", "王小满", "N0005", "2026-11-23 09:00")
        watermark.stamp(image, words).save(io.BytesIO(), "PNG", compress_level=1)

    took("a kept page, marked for a viewer, 960 wide", marked)
    table = opened(good.xlsx([["张三", n, "水资源科"] for n in range(300)]))
    took("rows, table of 300 people", lambda: jail.rows(table))
    with tempfile.TemporaryFile() as large:
        large.write(os.urandom(1 << 20) * 100)
        large.seek(0)
        before = time.perf_counter()
        store.digest_of(large)
        print(f"digest of 100 MiB: {(time.perf_counter() - before) * 1000:.0f} ms")
    layouts()
    hostile_files()


def papers() -> dict[str, bytes]:
    """The same paper of ten pages in three kinds, and a scanned page."""
    lines = ["为贯彻落实有关要求，加强河道日常管理，现就有关事项通知如下：第" + "一" * 6] * 22
    pages = [laid.page("".join(laid.text(28, 37 + 10 * n, t) for n, t in enumerate(lines)))] * 10
    return {
        "pdf": good.pdf(["\n".join(lines)] * 10),
        "ofd": good.package(laid.ofd(*pages)),
        "docx": good.docx(lines * 10),
    }


def layouts() -> None:
    """What it costs to lay out papers, in time of the asker and in memory of the child."""
    base = jailed.warm(fonts.for_pages())
    for kind, raw in papers().items():
        file = opened(raw)
        took(f"layout, {kind} of 10 pages", lambda f=file, k=kind: jail.layout(f, k), times=10)
        peak = alone(raw, base, "layout", kind=kind)[1] - alone(b"", base)[1]
        print(f"{f'layout, {kind}, memory beyond the empty jail':44} {peak:.0f} MiB")
    file = opened(papers()["ofd"])
    for width in limits.WIDTHS:
        took(f"page image, OFD, {width} wide", lambda w=width: jail.picture(file, "ofd", 1, w), 10)
    if not jail.can_see():
        print("the optical reader is not installed")
        return
    picture = opened(scan())
    before = time.perf_counter()
    jail.see(picture, "pdf", 1)
    print(f"a scanned page, the reader's start with it: {time.perf_counter() - before:.1f} s")
    took("a scanned page", lambda: jail.see(picture, "pdf", 1), times=2)


def hostile_files() -> None:
    """The longest and the largest of the hostile files."""
    base = jailed.warm()
    longest, most, count = (0.0, ""), (0.0, ""), 0
    asked: list[tuple[str, Callable[[], bytes], str, dict[str, object]]] = []
    for bad in (*hostile.CORPUS, *hostile.cut()):
        asked.append((bad.name, bad.make, "inspect", {}))
    for page in hostile_layouts.CORPUS:
        asked.append((page.name, page.make, "layout", {"kind": page.kind}))
    for what, make, name, arguments in asked:
        seconds, peak = alone(make(), base, name, **arguments)
        longest = max(longest, (seconds, what))
        most = max(most, (peak, what))
        count += 1
    empty = alone(b"", base)[1]
    print(f"{count} hostile files; the longest {longest[0]:.2f} s ({longest[1]}),")
    print(f"the most memory {most[0]:.0f} MiB ({most[1]}); reading nothing takes {empty:.0f} MiB")


if __name__ == "__main__":
    settings.configure(FONTS_ROOT="/nonexistent")
    main()

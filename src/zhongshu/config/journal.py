"""`zhongshu journal`: check what the journal says, with the same code that outsiders run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import BinaryIO

import click

from zhongshu.kernel.journal import verify as verifier
from zhongshu.kernel.journal.page import page as paper
from zhongshu.kernel.journal.verify import Lie, Verdict, head_code

from .doors import Door, Lazy, house, reach

FILE = click.argument("file", type=click.File("rb"))
ANCHOR = click.option("--anchor", "anchors", multiple=True, metavar="SIZE:CODE", help="纸面头码")


def _verdict(file: BinaryIO, anchors: Sequence[str], kinds: Sequence[str]) -> Verdict:
    try:
        marks = [verifier.anchor(text) for text in anchors]
    except ValueError as wrong:
        raise click.UsageError(f"头码写错，请对照纸面重抄 / no SIZE:CODE: {wrong}") from wrong
    try:
        verdict = verifier.check(_lines(file), marks)
    except Lie as lie:
        raise click.ClickException(verifier.tell_lie(lie)) from lie
    if verdict.kind not in kinds:
        raise click.UsageError(
            f"这是 {verdict.kind}，此命令要 {kinds[0]} / this is another kind of file"
        )
    return verdict


def _here() -> BinaryIO:
    """The export of the living journal, which the caller has opened."""
    return BytesIO(b"".join(reach("commands.living:lines")()))


def _lines(file: BinaryIO) -> Iterator[bytes]:
    try:
        while line := file.readline(verifier.LONGEST + 1):
            yield line
    except OSError as wrong:
        raise click.ClickException(
            f"读不了文件：{wrong.strerror}，请检查路径和权限 / cannot read the file"
        ) from wrong


LIVING = {
    "head": Door("commands.living:head", "本库日志现在的头码。The head now."),
    "export": Door("commands.living:export", "导出本库日志供核验。Export for outsiders."),
    "receipt": Door("commands.living:receipt", "一条日志的回执。A receipt for one entry."),
    "check": Door("commands.living:check", "自查：日志与现状逐项核对。Recount everything."),
}


@click.group(cls=Lazy, doors=LIVING)
def journal() -> None:
    """日志：核验、回执、头码。The journal: verify files, and ask the living one."""


@journal.command()
@FILE
@ANCHOR
def verify(file: BinaryIO, anchors: tuple[str, ...]) -> None:
    """核验导出文件、回执或一致性证明。Check an export, a receipt or a consistency proof."""
    click.echo(verifier.tell(_verdict(file, anchors, ("export", "receipt", "consistency"))))


@journal.command("receipt-check")
@FILE
@ANCHOR
def receipt_check(file: BinaryIO, anchors: tuple[str, ...]) -> None:
    """核验一张回执。Check one receipt."""
    click.echo(verifier.tell(_verdict(file, anchors, ("receipt",))))


@journal.command()
@click.argument("file", type=click.File("rb"), required=False)
@ANCHOR
def heads(file: BinaryIO | None, anchors: tuple[str, ...]) -> None:
    """列出导出文件或一致性证明中的全部头码；不写文件则取本库。List the heads with their codes."""
    if file is None:
        house()
        file = _here()
    for head in _verdict(file, anchors, ("export", "consistency")).heads:
        click.echo(f"{head.size}:{head_code(head)}")


@journal.command()
@click.argument("file", type=click.File("rb"), required=False)
@ANCHOR
@click.option("--office", default="", help="单位名称")
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="日期，不写则取末条的日期")
def page(
    file: BinaryIO | None, anchors: tuple[str, ...], office: str, day: datetime | None
) -> None:
    """印出日志头留存页（HTML）；不写文件则取本库。Print the page to give away."""
    if file is None:
        house()
        file = _here()
        office = office or reach("commands.living:bureau")()
    verdict = _verdict(file, anchors, ("export",))
    last = verdict.entry["at"]
    on = day.date() if day else date.fromisoformat(last[:10])
    click.echo(paper(verdict.heads[-1], office, on, last), nl=False)

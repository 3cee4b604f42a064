"""`zhongshu journal` on the living journal: head, export, receipt, recount. 本库日志."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import BinaryIO

import click
from django.conf import settings

from zhongshu.kernel.journal.verify import Head, head_code
from zhongshu.office.journal import actions as sealing
from zhongshu.office.journal import queries as journals
from zhongshu.office.journal.models import Entry, Journal
from zhongshu.office.matters.selfcheck import selfcheck

OUT = click.option("--out", type=click.File("wb", lazy=True), help="写到文件，不写则到屏幕")


def lines() -> Iterator[bytes]:
    """The export of the journal that is written now, sealed to this moment."""
    sealing.seal()
    return journals.export(journal=_journal(""))


def bureau() -> str:
    """What the house is called."""
    return str(settings.BUREAU)


@click.command()
def head() -> None:
    """日志到第几条、头码是多少、还有几条没有封存。

    How far the journal is sealed, the code of its head, and what waits.
    """
    for found in Journal.objects.order_by("pk"):
        sealed = journals.front_of(found).head
        waits = journals.waiting(journal=found)
        click.echo(f"{_spelt(sealed)}  日志 {found.key}（{found.alg}），未封存 {waits} 条")


@click.command()
@OUT
@click.option("--journal", "key", default="", help="哪一本日志，不写则现用的一本")
def export(out: BinaryIO | None, key: str) -> None:
    """导出全部已封存的日志，外人用 zhongshu journal verify 核验。

    Export all sealed entries; outsiders check them with `journal verify`.
    """
    sealing.seal()
    _write(out, journals.export(journal=_journal(key)))


@click.command()
@click.argument("entry")
@OUT
def receipt(entry: str, out: BinaryIO | None) -> None:
    """一条日志的回执；ENTRY 是它的标识，或它在现用日志中的序号。

    The receipt of one entry, by its id or its number in the journal that is written now.
    """
    sealing.seal()
    rows = Entry.objects.select_related("journal")
    by_place = (
        {"journal": journals.current(), "place": int(entry)}
        if entry.isdigit() and len(entry) < 32
        else None
    )
    found = rows.filter(**(by_place or {"key": entry})).first()
    line = journals.receipt(entry=found) if found else None
    if line is None:
        raise click.ClickException("没有这一条 / no such entry")
    _write(out, iter([line]))


@click.command()
@click.option("--matter", default="", help="只查这一件，给出编号或标识")
@click.option("--limit", type=click.IntRange(1), default=200, show_default=True, help="最多列几处")
def check(matter: str, limit: int) -> None:
    """自查：从日志和流水重算状态、待办、编号、摘要和封存树，与现状逐项核对，说出第一处和每一处不符。

    Recount everything from the journal and the events, and say where it differs from the tables.
    """
    found = 0
    for fault in selfcheck(matter=matter):
        found += 1
        if found <= limit:
            click.echo(f"{fault.code}  {fault.where}  {fault.tell()}")
    if found:
        click.secho(f"不符 {found} 处 / differences", fg="red", err=True)
        raise SystemExit(1)
    click.secho("日志与现状一致 / all agrees", fg="green")


def _journal(key: str) -> Journal:
    try:
        return Journal.objects.get(key=key) if key else journals.current()
    except (Journal.DoesNotExist, journals.NoJournal) as none:
        raise click.ClickException("没有日志：先运行 zhongshu init / no journal") from none


def _spelt(sealed: Head | None) -> str:
    return f"{sealed.size}:{head_code(sealed)}" if sealed else "0:-"


def _write(out: BinaryIO | None, rows: Iterator[bytes]) -> None:
    into = out or sys.stdout.buffer
    for row in rows:
        into.write(row)

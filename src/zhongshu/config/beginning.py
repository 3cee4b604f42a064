"""The first contents of a house: tables, journal, shipped processes, three administrators. 起步.

Each step looks first and leaves alone what is there, so that a second run harms nothing and an
interrupted first one is finished by the second.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.resources import files

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.urls import reverse

from zhongshu.kernel.flow.definition import Definition
from zhongshu.kernel.flow.text.format import read
from zhongshu.office.actor import machine
from zhongshu.office.journal import actions as journal
from zhongshu.office.journal import queries as journals
from zhongshu.office.matters import processes
from zhongshu.office.matters.models import Process
from zhongshu.office.people.actions import first_administrators
from zhongshu.office.people.models import Account

SHIPPED = (
    *("expense", "incoming", "leave", "outgoing", "procurement", "request"),
    *("supervision", "supplies"),
)


def begin(alg: str, called: Mapping[str, str], address: str) -> Iterator[str]:
    """Do what is missing, and say what was done."""
    yield from tables()
    yield from the_journal(alg)
    yield from shipped()
    yield from administrators(called, address)
    yield "下一步：zhongshu check（检查能否安全运行），再 zhongshu run（运行）。"
    yield "Next: zhongshu check, then zhongshu run."


def pending() -> int:
    """How many migrations wait to be applied."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def tables() -> Iterator[str]:
    """Migrate, and make the table of the cache, which no migration makes."""
    waiting = pending()
    yield "数据库："
    if waiting:
        call_command("migrate", interactive=False, verbosity=0)
        yield f"  已执行 {waiting} 个迁移"
    else:
        yield "  已是最新"
    call_command("createcachetable", verbosity=0)


def the_journal(alg: str) -> Iterator[str]:
    """Open the journal, once. Another algorithm later is another act, with its own command."""
    try:
        there = journals.current()
    except journals.NoJournal:
        opened = journal.open_journal(alg=alg)
        yield f"日志：已开立 {opened.key}（{alg}）"
        return
    yield f"日志：已有 {there.key}（{there.alg}）"
    if there.alg != alg:
        yield f"  未改为 {alg}：已有日志的算法不变"


def shipped() -> Iterator[str]:
    """Propose the shipped processes. Somebody of the bureau has to release them."""
    known = set(Process.objects.values_list("code", "version"))
    new = []
    for name in SHIPPED:
        text = files("zhongshu.config").joinpath("flows", f"{name}.toml").read_text("utf-8")
        found = read(text)
        if isinstance(found, Definition) and (found.id, found.version) not in known:
            processes.propose(text=text, by=machine("shipped"))
            new.append(found.name)
    yield f"流程：提出 {len(new)} 个，待发布：{'、'.join(new)}" if new else "流程：已有，未改动"


def administrators(called: Mapping[str, str], address: str) -> Iterator[str]:
    """The three administrators, each with a link that works once and is shown only here."""
    if Account.objects.exclude(office=Account.Office.NONE).exists():
        yield "管理员：已有，未改动"
        return
    tokens = first_administrators(called=called, by=machine("init"))
    yield "管理员：三名，各用自己的链接设密码，24 小时内有效，只显示这一次："
    for office, token in tokens.items():
        page = reverse("people:first_use", args=[token])
        yield f"  {called[office]}（登录名 {office}）  {address.rstrip('/')}{page}"

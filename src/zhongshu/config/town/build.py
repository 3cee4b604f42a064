"""Builds the invented bureau: people, processes, a year of matters; and the cards to sign in with.

While it is built nothing is worth saving from a power cut, so the database may be lazy; a folder
without the file demo.done is thrown away and built again.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from random import Random

from django.db import connection

from zhongshu.config import beginning
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.journal import actions as journal
from zhongshu.office.matters import processes
from zhongshu.office.matters.models import Process
from zhongshu.office.notices.models import Notice
from zhongshu.office.people.models import Account, Appointment

from .aims import DAY, WISHES, bulletins, plan_of_the_year, shortages, wish
from .plots import PLOTS
from .settle import PASSWORD, password, settle
from .tasks import begins, script
from .year import Lived, Year

SEED = 20261124
CARDS = (
    ("director", "局长"),
    ("deputy_two", "分管副局长"),
    ("office_head", "办公室主任"),
    ("records_clerk", "文书（拖一个来文进来试试）"),
    ("finance_head", "财务科长"),
    ("cashier", "出纳"),
    ("supply_head", "供水科长"),
    ("supply_clerk", "供水科员"),
)
OFFICES = (
    ("system", "sys", "系统管理员", "闻人立"),
    ("security", "sec", "安全保密管理员", "上官宁"),
    ("audit", "aud", "安全审计员", "欧阳慎"),
)


def build(matters: int) -> Iterator[int]:
    """Everything, in order; yields how many steps of the year were taken since the last time."""
    with _seldom_swept():
        yield from _built(matters)


@contextmanager
def _seldom_swept() -> Iterator[None]:
    """What is there by now stays, and need not be looked through again and again."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def _built(matters: int) -> Iterator[int]:
    for _ in beginning.tables():
        pass
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")
    dice, until = Random(SEED), clock.now()  # noqa: S311 - an invented year, the same every time
    lived = Lived(until - timedelta(days=365), Random(SEED + 1))  # noqa: S311
    with clock.using(lived):
        for _ in beginning.the_journal("sha256"):
            pass
        settle(dice)
        _administrators()
        for _ in beginning.shipped():
            pass
        _release()
        year = Year(dice, lived, until)
        _plan(year, dice, until)
        before = 0
        for _ in year.live(matters):
            yield year.begun - before
            before = year.begun
        year.post.fill_the_tray()
        journal.seal()
    Notice.objects.filter(at__lt=until - timedelta(days=3)).update(read_at=until)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=FULL")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _plan(year: Year, dice: Random, until: datetime) -> None:
    """What is supervised, aimed at, needed and lacking, each with its own script."""
    for number, plot in enumerate(PLOTS):
        year.plan(f"task:{number}", begins(plot, until), script(plot, dice))
    year.plan("targets", _ago(until, 190), plan_of_the_year(clock.local(until).year))
    for number, one in enumerate(WISHES):
        year.plan(f"need:{number}", _ago(until, one.ago), wish(one))
    year.plan("shortages", _ago(until, 45), shortages())
    year.plan("bulletins", _ago(until, 41), bulletins(8))


def _ago(until: datetime, days: int) -> datetime:
    """So many working days before the end."""
    calendar = clock.calendar()
    return calendar.at(calendar.minute(until) - days * DAY - 60)


def _administrators() -> None:
    for office, username, _, name in OFFICES:
        Account.objects.create(
            username=username, office=office, name=name, is_active=True, password=password()
        )


def _release() -> None:
    """The security administrator releases what was proposed."""
    account = Account.objects.get(office=Account.Office.SECURITY)
    for process in Process.objects.filter(state=Process.State.PROPOSED):
        processes.release(process=process, by=Actor(f"account:{account.pk}", account.office))


def cards(port: int) -> Iterator[str]:
    """Where to go and whom to be."""
    yield ""
    yield f"地址 / address   http://127.0.0.1:{port}/"
    yield f"口令 / password  {PASSWORD}（所有虚构人员相同）"
    yield ""
    yield "登录名     姓名      岗位"
    for code, what in CARDS:
        held = Appointment.objects.filter(post__code=code).select_related("person").first()
        if held:
            yield f"{held.person.number:<9}  {held.person.name:<6}  {what}"
    for _, username, what, name in OFFICES:
        yield f"{username:<9}  {name:<6}  {what}"
    yield ""

"""The desk's pages on the rail. 左栏."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest

from zhongshu.office.matters import queries
from zhongshu.office.notices import queries as notices
from zhongshu.office.people import powers
from zhongshu.office.people import queries as people
from zhongshu.office.people.models import Account
from zhongshu.office.ui.menu import Entry, register

from . import tracing
from .section import answers_for_others


def to_do(request: HttpRequest) -> int:
    """How many things wait for this person."""
    return _once(request, "desk_to_do", queries.todo_count)


def to_read(request: HttpRequest) -> int:
    """How many papers this person has to read."""
    return _once(request, "desk_to_read", queries.read_count)


def _once(request: HttpRequest, name: str, count: Callable[..., int]) -> int:
    """Counted once for a page, however often it is shown there."""
    known: dict[str, object] = vars(request)
    if name not in known:
        known[name] = count(seen_by=people.acting(request))
    return cast(int, known[name])


def unread(request: HttpRequest) -> str:
    """How many notices were not looked at."""
    return notices.unread_words(seen_by=people.acting(request))


def keeps_the_system(request: HttpRequest) -> bool:
    """What did not get out is the system administrator's to mend."""
    return isinstance(request.user, Account) and request.user.office == Account.Office.SYSTEM


def sees_accounts(request: HttpRequest) -> bool:
    """The three administrators, each for his half."""
    return powers.sees(request.user, "accounts")


def sees_imports(request: HttpRequest) -> bool:
    """Who proposes, releases or looks at a table of people."""
    return powers.sees(request.user, "imports")


def reads_the_journal(request: HttpRequest) -> bool:
    """Auditor and security administrator, and of the bureau whoever surveys all of it."""
    signed_in = isinstance(request.user, Account)
    by = tracing.reader(request.user, people.acting(request)) if signed_in else None
    return by is not None and by.wide


register(
    Entry(
        group="参谋",
        label="三本账",
        url_name="desk:ledgers",
        icon="books",
        order=400,
        shown=powers.in_business,
    ),
    Entry(
        group="",
        label="部门在办",
        url_name="desk:section",
        icon="flow",
        order=3,
        shown=answers_for_others,
    ),
    Entry(
        group="",
        label="案头",
        url_name="desk:home",
        icon="desk",
        order=0,
        count=to_do,
        shown=powers.in_business,
        phone=True,
    ),
    Entry(
        group="",
        label="待阅",
        url_name="desk:reading",
        icon="eye",
        order=1,
        count=to_read,
        shown=powers.in_business,
        phone=True,
    ),
    Entry(
        group="",
        label="通知",
        url_name="desk:notices",
        icon="bell",
        order=20,
        count=unread,
        shown=powers.in_business,
        phone=True,
    ),
    Entry(
        group="",
        label="检索",
        url_name="desk:search",
        icon="search",
        order=30,
        shown=powers.in_business,
    ),
    Entry(
        group="",
        label="通讯录",
        url_name="people:directory",
        icon="person",
        order=40,
    ),
    Entry(
        group="系统",
        label="账号",
        url_name="people:accounts",
        icon="lock",
        order=970,
        shown=sees_accounts,
    ),
    Entry(
        group="系统",
        label="导入机构人员",
        url_name="people:imports",
        icon="in",
        order=975,
        shown=sees_imports,
    ),
    Entry(
        group="系统",
        label="日志",
        url_name="desk:journal",
        icon="chain",
        order=960,
        shown=reads_the_journal,
    ),
    Entry(
        group="系统",
        label="未送达的通知",
        url_name="desk:outbox",
        icon="warn",
        order=980,
        shown=keeps_the_system,
    ),
    Entry(
        group="",
        label="全部事项",
        url_name="desk:matters",
        icon="file",
        order=2,
        shown=powers.in_business,
        phone=True,
    ),
)

"""A house out of a backup does no normal work until two administrators have confirmed it. 恢复确认.

What is restored may be older than what was lived: documents may have gone out, and numbers been
given, of which it knows nothing. Two people look at the gap and say so; only then does it run.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from zhongshu.kernel.journal.verify import Head, head_code
from zhongshu.office import clock
from zhongshu.office.actor import Actor, machine
from zhongshu.office.journal import actions as journal
from zhongshu.office.journal import queries as journals
from zhongshu.office.journal.models import Journal
from zhongshu.office.matters import numbers
from zhongshu.office.people.models import Account
from zhongshu.office.search import actions as search

from . import home, outside

FLAG = "restored.json"


@dataclass(frozen=True)
class Gap:
    """What a restored house lacks: from its own head to the newest head kept outside, and which
    numbers were given out in between, as "code/year" to (last here, last there)."""

    here: Head
    there: Head | None
    numbers: dict[str, tuple[int, int]] = field(default_factory=dict)
    foreign: bool = False  # the heads outside are not of this journal at all

    def lines(self) -> list[str]:
        """The gap in words."""
        said = [f"恢复到第 {self.here.size} 条，头码 {head_code(self.here)}"]
        if self.foreign:
            return [*said, "外存头码与这份备份不是同一本日志，或备份被改过"]
        if self.there is None:
            return [*said, "没有外存头码可比：无法知道是否比原来的旧"]
        said.append(f"外存头码到第 {self.there.size} 条，头码 {head_code(self.there)}")
        if self.there.size <= self.here.size:
            return [*said, "不比外存的旧"]
        said.append(f"缺第 {self.here.size} 至 {self.there.size - 1} 条")
        said += [
            f"编号 {name}：{last + 1} 至 {there} 已经用过，不再使用；请查明这些文件并补录"
            for name, (last, there) in self.numbers.items()
        ]
        return said


def waiting(folder: Path) -> bool:
    """Whether this house was restored and not yet confirmed."""
    return (folder / FLAG).exists()


def mark(folder: Path) -> None:
    """Say that this house came out of a backup."""
    home.write_whole(folder / FLAG, json.dumps({"confirmed": []}))


def confirmed(folder: Path) -> list[str]:
    """Who has confirmed so far."""
    said: list[str] = json.loads((folder / FLAG).read_text("utf-8"))["confirmed"]
    return said


def administrator(*, username: str, password: str) -> Account | None:
    """The administrator with this name and password, if he is one and may sign in."""
    found = Account.objects.exclude(office=Account.Office.NONE).filter(
        username__iexact=username, is_active=True
    )
    account = found.first()
    return account if account is not None and account.check_password(password) else None


def confirm(*, folder: Path, by: Account, gap: Gap) -> bool:
    """One administrator confirms; with the second, another one, the house may run again."""
    names = confirmed(folder)
    if by.username not in names:
        names = [*names, by.username]
    home.write_whole(folder / FLAG, json.dumps({"confirmed": names}))
    if len(names) < 2:
        return False
    settle(gap, [_actor(name) for name in names])
    search.rebuild()  # the index follows from the rest and is not in a backup
    (folder / FLAG).unlink()
    return True


@transaction.atomic
def settle(gap: Gap, by: list[Actor]) -> None:
    """Skip the numbers that are used up, and begin a new journal after the restored one, so that
    no head that was ever given away is contradicted."""
    journal.seal()
    before = journals.current()
    head = journals.front_of(before).head
    journal.open_journal(alg=before.alg, by=machine("restore"))
    for name, (_, last) in gap.numbers.items():
        code, _, year = name.rpartition("/")
        numbers.skip(code=code, year=int(year), to=last, by=by[-1])
    facts = {"size": str(gap.here.size), "lost": str(gap.there.size if gap.there else 0)}
    for who in by:
        journal.record(verb="restore.confirm", subject=f"journal:{before.key}", by=who, facts=facts)
    where = outside.place()
    if where is not None and gap.there is not None and head is not None:
        outside.supersede(where, head, clock.now())


def gap_here() -> Gap:
    """What this house lacks."""
    journal.seal()
    head = journals.front_of(journals.current()).head
    if head is None:
        raise journals.NoJournal
    return gap(head, using="default")


def gap(head: Head, *, using: str) -> Gap:
    """What a database lacks that is sealed to this head, by the heads that are kept outside."""
    found = Journal.objects.using(using).get(key=head.journal)
    where = outside.place()
    kept = outside.read(where) if where is not None and where.is_dir() else {}
    heads = [one for one in kept.get(found.key, []) if not one.superseded]
    foreign = (bool(kept) and not heads) or any(
        journals.root_at(found, one.head.size) != one.head.root
        for one in heads
        if one.head.size <= head.size
    )
    last = max(heads, key=lambda one: one.head.size, default=None)
    here = outside.numbers(using)
    ahead = {
        name: (here.get(name, 0), there)
        for name, there in (last.numbers if last else {}).items()
        if there > here.get(name, 0)
    }
    return Gap(head, last.head if last else None, ahead, foreign)


def _actor(username: str) -> Actor:
    account = Account.objects.get(username=username)
    return Actor(f"account:{account.pk}", account.office)

"""Examinations, kept as long as neither the process nor the bureau changes. 体检的存放.

What was found of a version under one revision of who-is-who is true for ever, so it is kept in the
memory of this server. A change anywhere makes a new key; where it leaves the rights in a process as
they were, what was found before still holds and is taken over.
"""

from __future__ import annotations

from collections import OrderedDict
from datetime import date, datetime
from threading import Lock
from typing import NamedTuple

from zhongshu.kernel.duties.from_flow import TooManyWays, rights_in
from zhongshu.kernel.duties.from_flow.exam import Exam, examine
from zhongshu.kernel.duties.from_flow.incompatible import Duties
from zhongshu.kernel.duties.from_flow.people import People
from zhongshu.kernel.duties.matrix import Matrix, matrix_on
from zhongshu.kernel.duties.matrix_data import SHIPPED
from zhongshu.kernel.duties.report.whether import Change, tried
from zhongshu.kernel.flow.definition import Definition
from zhongshu.office import clock
from zhongshu.office.people import queries
from zhongshu.office.people.bureau import Bureau

KEPT = 256  # examinations


class Examined(NamedTuple):
    """What was found, when, and in how many seconds; no exam: the ways are too many to look at."""

    exam: Exam | None
    definition: Definition
    matrix: Matrix
    at: datetime
    seconds: float


Key = tuple[str, str, datetime, date]
_found: OrderedDict[Key, Examined] = OrderedDict()
_rights: dict[tuple[str, date], tuple[object, Examined]] = {}
_people: list[tuple[tuple[str, datetime], People]] = []
_lock = Lock()


def examined(definition: Definition) -> Examined:
    """The examination of a process against the bureau as it is now."""
    bureau, day = queries.bureau(), clock.local(clock.now()).date()
    key = (definition.digest, bureau.revision, bureau.until, day)
    with _lock:
        known = _found.get(key)
    if known is None:
        known = _examine(definition, bureau, day)
        with _lock:
            _found[key] = known
            while len(_found) > KEPT:
                _found.popitem(last=False)
    return known


def _examine(definition: Definition, bureau: Bureau, day: date) -> Examined:
    matrix, now, people = matrix_on(day, SHIPPED), clock.now(), _folk(bureau)
    rights = rights_in(definition, people)
    last = _rights.get((definition.digest, day))
    if last is not None and last[0] == rights:
        return last[1]
    try:
        exam = examine(Duties(matrix, definition, {}, {}), people)
    except TooManyWays:
        exam = None
    seconds = (clock.now() - now).total_seconds()
    found = Examined(exam, definition, matrix, now, seconds)
    with _lock:
        if len(_rights) >= KEPT:
            _rights.clear()
        _rights[definition.digest, day] = (rights, found)
    return found


def _folk(bureau: Bureau) -> People:
    """The bureau as crowds, made once for all processes."""
    mark = (bureau.revision, bureau.until)
    for known, people in _people:
        if known == mark:
            return people
    made = People(bureau.directory)
    with _lock:
        _people[:] = [(mark, made)]
    return made


def trial(found: Examined, change: Change) -> Exam | None:
    """The same after a change; nothing is kept and nothing is written."""
    directory = queries.bureau().directory
    try:
        return tried(found.definition, directory, {}, found.matrix, change)
    except TooManyWays:
        return None


def forget() -> None:
    """Examine anew; for tests, whose rows are rolled back."""
    _found.clear()
    _rights.clear()
    _people.clear()

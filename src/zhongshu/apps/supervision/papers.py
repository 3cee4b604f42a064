"""Bulletins and yearly results to take away: set in type, or as rows of a spreadsheet. 印发件.

Both say what the page says to the same reader; his name and the minute stand across the paper.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from zhongshu.office import clock
from zhongshu.office.files.reports import Part, Report, Table, Trend, pdf
from zhongshu.office.files.workbooks import Cell
from zhongshu.office.ui.parts import Point

from .composing import Listed, Told, YearTold
from .figures import Line
from .models import Task

HEAD = (
    "名称",
    "到期",
    "按期",
    "逾期办结",
    "超期未办",
    "经批准延缓撤并",
    "曾退回",
    "好和较好",
    "按期率",
)
NUMBERS = range(1, 8)
WHAT = {"worse": "变差", "new": "新立", "better": "好转", "ended": "办结或撤并"}
RULE = (
    "按期率 = 按期 ÷（按期 + 逾期办结 + 超期未办）；到期少于 10 件的不算百分比。"
    "延期以后按新时限算。不排名次。只列阅者有权查看的事项。"
)


def bulletin_pdf(told: Told, *, organ: str, reader: str) -> bytes:
    """A bulletin as PDF."""
    row = told.bulletin
    report = Report(
        "督办简报",
        f"{row.year} 年第 {row.number} 期",
        organ,
        f"{clock.local(row.until):%Y-%m-%d}",
        bulletin_sentence(told),
        list(_bulletin_parts(told)),
        RULE,
        _mark(reader),
    )
    return pdf(report, at=clock.local(clock.now()))


def bulletin_sentence(told: Told) -> str:
    """The whole of a bulletin in a sentence: done, late, excused."""
    return _(
        "本期在办 {open} 件，新交办 {started} 件，办结 {closed} 件（逾期办结 {late} 件），"
        "经批准延缓撤并 {excused} 件，超期或滞后 {red} 件。"
    ).format(
        open=told.open,
        started=told.started,
        closed=told.closed.size,
        late=told.late,
        excused=told.total.excused,
        red=told.reds,
    )


def _bulletin_parts(told: Told) -> Iterator[Part]:
    changes = Table(
        ("变化", "编号", "事项", "牵头", "进度"),
        [(WHAT[one.what], *_named(one.task), f"{one.task.progress}%") for one in told.changes],
        2,
        (4,),
    )
    text = "" if told.before else "这是第一期，没有可比的。"
    yield Part(f"比上期的变化（{told.changed} 件）", text, changes)
    red = Table(
        ("编号", "事项", "牵头", "时限", "印发时", "现在"),
        [
            (*_named(one.row.task), _day(one.row.task), f"{one.then}%", one.row.word)
            for one in told.red
        ],
        1,
        (4,),
    )
    yield Part(f"印发时亮红灯的（{told.reds} 件）", "" if told.reds else "没有。", red)
    if told.named:
        yield Part("催过三次以上，提请通报", "", _tasks(told.named))
    if told.closed.size:
        yield _closed(told.closed)
    for title, lines in told.groups:
        if lines:
            yield Part(f"本期到期，{title}", "", _lines([*lines, told.total]))
    if told.points:
        yield Part("按期率，近 12 周，按到期周", "没有到期的周不列。", None, _trend(told.points))


def year_pdf(told: YearTold, *, organ: str, reader: str, by: str) -> bytes:
    """The result of a year as PDF, counted by section, leader or source."""
    parts = [Part(by, "", _lines([*told.lines, told.total, told.last]))]
    if told.assisted:
        rows = [(one.name, str(one.marked), str(one.good)) for one in told.assisted]
        table = Table(("部门", "配合评价", "好和较好"), rows, 0, (1, 2))
        parts.append(Part("配合评价，按科室", "", table))
    if told.points:
        parts.append(Part("按期率，按到期月", "没有到期的月不列。", None, _trend(told.points)))
    if told.open_late.size:
        title = f"超期还没有办结的（{told.open_late.size} 件）"
        parts.append(Part(title, "", _tasks(told.open_late.tasks)))
    total = told.total
    text = (
        f"到期 {total.due} 件，按期 {total.in_time} 件，逾期办结 {total.late} 件，"
        f"超期未办 {total.overdue} 件，经批准延缓撤并 {total.excused} 件。"
    )
    now = clock.local(clock.now())
    report = Report(
        "督办结果",
        f"{told.year} 年",
        organ,
        f"{now:%Y-%m-%d}",
        text,
        parts,
        RULE,
        _mark(reader),
    )
    return pdf(report, at=now)


def bulletin_rows(told: Told) -> tuple[Sequence[str], list[Sequence[Cell]]]:
    """A bulletin as one sheet: which part, then the task or the line."""
    head = ("部分", "编号或名称", "事项", "牵头", "时限", "进度", "说明")
    rows: list[Sequence[Cell]] = []
    for one in told.changes:
        rows.append(("变化", *_named(one.task), _day(one.task), one.task.progress, WHAT[one.what]))
    for red in told.red:
        task = red.row.task
        rows.append(("印发时红灯", *_named(task), _day(task), red.then, red.row.word))
    for task in told.closed.tasks:
        late = "逾期办结" if task.late else "办结"
        rows.append(("本期办结", *_named(task), _day(task), task.progress, late))
    for title, lines in told.groups:
        rows += [(title, one.name, "", "", "", "", _said(one)) for one in lines]
    rows += [("按期率", one.label, "", "", "", f"{one.value:g}%", one.note) for one in told.points]
    return head, rows


def year_rows(told: YearTold) -> tuple[Sequence[str], list[Sequence[Cell]]]:
    """A year as one sheet."""
    every = [*told.lines, told.total, told.last]
    return HEAD, [(*_numbers(one), one.rate) for one in every]


def _said(one: Line) -> str:
    pairs = zip(HEAD[1:-1], _numbers(one)[1:], strict=True)
    return "，".join(f"{name} {number}" for name, number in pairs)


def _numbers(one: Line) -> tuple[str | int, ...]:
    """In the order of `HEAD`, without the rate."""
    return (
        *(one.name, one.due, one.in_time, one.late),
        *(one.overdue, one.excused, one.returned, one.good),
    )


def _lines(lines: Sequence[Line]) -> Table:
    rows = [[*map(str, _numbers(one)), one.rate] for one in lines]
    return Table(HEAD, rows, 0, tuple(NUMBERS))


def _closed(closed: Listed) -> Part:
    rows = [(*_named(one), "逾期办结" if one.late else "办结") for one in closed.tasks]
    table = Table(("编号", "事项", "牵头", "结果"), rows, 1)
    return Part(f"本期办结（{closed.size} 件）", "", table)


def _tasks(tasks: Sequence[Task]) -> Table:
    rows = [(*_named(one), _day(one), f"{one.progress}%", str(one.chases)) for one in tasks]
    return Table(("编号", "事项", "牵头", "时限", "进度", "催办"), rows, 1, (4, 5))


def _named(task: Task) -> tuple[str, str, str]:
    return task.matter.number, task.matter.title, task.lead.name


def _day(task: Task) -> str:
    return f"{clock.local(task.matter.due_at):%Y-%m-%d}" if task.matter.due_at else ""


def _trend(points: Sequence[Point]) -> Trend:
    return Trend("%", [(one.label, one.value, one.note) for one in points])


def _mark(reader: str) -> str:
    return f"{reader} {clock.local(clock.now()):%m-%d %H:%M} 内部"

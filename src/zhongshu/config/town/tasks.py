"""What the invented bureau supervises, told as scripts: who does what next, and when. 督办的故事.

Each script takes one step through the real actions when its time comes, and says when the next is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from random import Random

from zhongshu.apps.supervision import actions
from zhongshu.apps.supervision.founding import Establishing, Point
from zhongshu.apps.supervision.models import Task
from zhongshu.kernel.flow.codec import load_case
from zhongshu.kernel.worktime import Limit
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.files import actions as files
from zhongshu.office.matters import actions as matters
from zhongshu.office.matters import asking
from zhongshu.office.matters.models import Matter
from zhongshu.office.people import queries as people

Script = Iterator[int]
"""Working minutes until the next step, one after the other."""


@dataclass(frozen=True)
class Plot:
    """One task: when it begins (working days ago), what, by whom, how it goes."""

    ago: int
    title: str
    requirement: str
    source: str
    ref: str
    words: str
    lead: str
    assists: tuple[str, ...]
    rhythm: str
    days: int
    steps: tuple[tuple[float, int, str], ...]
    ends: str = "open"  # open, closed, late, paused, postponed, returned


PLOTS = (
    Plot(
        46,
        "积水点整治：清溪路下穿通道泵站改造",
        "泵站改造 1 座，排水能力达到 20 年一遇，附验收单",
        "superior_document",
        "云政办发〔2026〕45号",
        "年底前完成 12 处积水点整治。",
        "works",
        ("drainage", "finance"),
        "document",
        40,
        (
            (0.2, 22, "完成设计和招标"),
            (0.5, 48, "土建完成，设备已订货"),
            (0.8, 71, "设备到货延迟，已改现场调配"),
        ),
    ),
    Plot(
        40,
        "村级供水入户核查 1.2 万户",
        "核查 1.2 万户，建档到户，差错率不超过 1%",
        "annual_target",
        "2026 年目标任务第 1.2 项",
        "",
        "supply",
        ("linxi",),
        "target",
        60,
        ((0.2, 14, "完成培训和 1 700 户"), (0.55, 33, "入户人手不足，请求抽调 6 人")),
    ),
    Plot(
        18,
        "冬季供水保障专项：裸露管段包裹 126 处",
        "126 处全部包裹，附照片和验收单",
        "superior_document",
        "云政办发〔2026〕61号",
        "做好城市供水管网防冻保供工作。",
        "supply",
        ("drainage", "emergency"),
        "document",
        21,
        ((0.25, 26, "材料已采购"), (0.75, 64, "已完成 81 处，材料今日到齐")),
    ),
    Plot(
        14,
        "望河水厂应急取水口方案比选",
        "提出两个以上方案，经专家论证，附论证意见",
        "own_leader_instruction",
        "局长批示件",
        "请规划计划科牵头，十二月初报我。",
        "planning",
        ("supply", "resources"),
        "instruction",
        20,
        ((0.3, 30, "两个方案已出"),),
    ),
    Plot(
        26,
        "应急物资年度补库：移动泵、编织袋等 9 类",
        "9 类物资补足到定额，入库单齐全",
        "meeting_decision",
        "局长办公会议纪要第 14 期",
        "应急科一个月内补足。",
        "emergency",
        ("finance",),
        "meeting",
        38,
        ((0.3, 30, "完成询价"), (0.6, 52, "移动泵询价流标一次，重新询价")),
    ),
    Plot(
        22,
        "供水热线 24 小时转办机制",
        "印发转办办法，试运行一个月，转办记录齐全",
        "need",
        "基层走访记录",
        "",
        "office",
        ("supply",),
        "need",
        40,
        ((0.2, 35, "办法已印发"), (0.5, 80, "试运行两周，转办 64 件")),
    ),
    Plot(
        60,
        "管网漏损率降到 9.5% 以下",
        "年末漏损率不高于 9.5%，附计量报告",
        "annual_target",
        "2026 年目标任务第 1.1 项",
        "",
        "supply",
        ("works", "resources"),
        "target",
        88,
        ((0.3, 45, "完成分区计量 18 个"), (0.62, 88, "10 月为 9.7%，本月预计达标")),
    ),
    Plot(
        32,
        "节水型单位复核 40 家",
        "复核 40 家，每家一份复核表",
        "superior_document",
        "省水利厅通知",
        "",
        "resources",
        (),
        "document",
        52,
        ((0.4, 40, "已复核 16 家"), (0.6, 75, "已复核 30 家")),
    ),
    Plot(
        44,
        "白鹭区泵房土地划转",
        "取得划转批复",
        "own_leader_instruction",
        "局长批示件",
        "抓紧与自然资源部门衔接。",
        "planning",
        ("legal",),
        "hard",
        60,
        ((0.2, 40, "材料已报自然资源部门"),),
        "paused",
    ),
    Plot(
        40,
        "汛期值守问题整改 14 条",
        "14 条逐条整改，附整改照片",
        "inspection_finding",
        "市防指检查通报",
        "",
        "emergency",
        ("office",),
        "document",
        36,
        ((0.5, 60, "已改 9 条"),),
        "closed",
    ),
    Plot(
        50,
        "三期工程监理考核办法",
        "印发考核办法",
        "meeting_decision",
        "局长办公会议纪要第 11 期",
        "",
        "works",
        ("legal",),
        "meeting",
        30,
        ((0.5, 50, "征求意见稿已发"),),
        "late",
    ),
    Plot(
        30,
        "水厂加氯间安全隐患整治",
        "6 处隐患销号，附复查记录",
        "inspection_finding",
        "安全检查通报",
        "",
        "safety",
        ("ledu", "wanghe"),
        "document",
        18,
        ((0.4, 40, "已改 3 处"),),
        "postponed",
    ),
    Plot(
        36,
        "排水管网普查成果入库",
        "320 公里普查成果入库，抽检合格率不低于 98%",
        "meeting_decision",
        "局务会议纪要第 6 期",
        "",
        "drainage",
        ("science",),
        "meeting",
        25,
        ((0.5, 55, "已入库 180 公里"),),
        "returned",
    ),
)


def script(plot: Plot, dice: Random) -> Script:
    """A task from its beginning as far as the year goes."""
    supervisor, head = _holder("supervision"), _holder("office_head")
    matter = actions.establish(new=_new(plot), by=supervisor)
    yield dice.randint(60, 300)
    _press(matter, "approve", head, opinion="同意立项，请按时限办理。")
    lead = Actor(people.directory().units[plot.lead].head)
    whole, gone = plot.days * 420, 0
    for share, progress, text in plot.steps:
        yield max(1, int(whole * share) - gone)
        gone = int(whole * share)
        met = Task.objects.get(pk=matter.pk).milestones.filter(percent__lte=progress, met_at=None)
        said = actions.Reporting(
            progress=progress, text=text, met=tuple(met.values_list("pk", flat=True))
        )
        actions.report(key=matter.key, said=said, by=lead)
    yield from ENDS[plot.ends](plot, matter, lead, dice)


def _open(plot: Plot, matter: Matter, _lead: Actor, dice: Random) -> Script:
    """Nothing more happens but that it is chased once its light is red."""
    gone = int(plot.days * 420 * plot.steps[-1][0])
    yield max(1, plot.days * 420 - gone + dice.randint(200, 800))
    actions.chase(key=matter.key, words="已超时限，请今天报进展。", by=_holder("supervision"))


def _closed(plot: Plot, matter: Matter, lead: Actor, dice: Random) -> Script:
    yield int(plot.days * 420 * 0.2)
    yield from _to_the_end(plot, matter, lead, dice)


def _late(plot: Plot, matter: Matter, lead: Actor, dice: Random) -> Script:
    yield int(plot.days * 420 * 0.5) + 4 * 420
    yield from _to_the_end(plot, matter, lead, dice)


def _paused(_plot: Plot, matter: Matter, lead: Actor, dice: Random) -> Script:
    yield 420
    asked = actions.apply_for(
        key=matter.key, what="pause", reason="等自然资源部门意见，附回函", by=lead
    )
    yield dice.randint(100, 400)
    who = Actor(people.bureau().keys[asked.consenter_id])
    actions.decide(application=asked.key, granted=True, words="同意，按月跟踪。", by=who)
    yield 60
    until = clock.calendar().minute(clock.now()) + 40 * 420
    _press(matter, "suspend", _holder("supervision"), opinion="等外部意见，已批准。", until=until)


def _postponed(plot: Plot, matter: Matter, lead: Actor, dice: Random) -> Script:
    yield 420
    calendar = clock.calendar()
    until = calendar.day(calendar.deadline(clock.now(), Limit(plot.days, "days")).at)
    asked = actions.apply_for(
        key=matter.key, what="postpone", reason="备件交货推迟两周", until=until, by=lead
    )
    yield dice.randint(100, 400)
    who = Actor(people.bureau().keys[asked.consenter_id])
    actions.decide(application=asked.key, granted=True, words="同意，不得再延。", by=who)


def _returned(plot: Plot, matter: Matter, lead: Actor, dice: Random) -> Script:
    yield 420 * 3
    _deliver(matter, lead, f"{plot.requirement.split('，')[0]}，已完成")
    yield dice.randint(100, 500)
    _press(matter, "disapprove", _holder("office_deputy"), opinion="没有抽检记录，请补。")
    yield 420 * 4
    yield from _to_the_end(plot, matter, lead, dice)


def _to_the_end(plot: Plot, matter: Matter, lead: Actor, dice: Random) -> Script:
    """Handed in, checked, judged, filed."""
    _deliver(matter, lead, f"{plot.requirement.split('，')[0]}，已完成并验收")
    yield dice.randint(100, 500)
    _press(matter, "approve", _holder("office_deputy"), opinion="核查通过。")
    if Task.objects.get(pk=matter.pk).leader_id:
        yield dice.randint(60, 400)
        leader = Task.objects.select_related("leader").get(pk=matter.pk).leader
        _press(matter, "instruct", Actor(leader.key if leader else ""), opinion="已阅，很好。")
    yield dice.randint(100, 500)
    quality = {"quality": dice.choice(("好", "较好")), "quality_note": "材料齐全"}
    _press(matter, "done", _holder("supervision"), opinion="", changes=quality)
    yield dice.randint(300, 900)
    _press(matter, "done", _holder("archivist"), opinion="")


ENDS: dict[str, Callable[[Plot, Matter, Actor, Random], Script]] = {
    "open": _open,
    "closed": _closed,
    "late": _late,
    "paused": _paused,
    "postponed": _postponed,
    "returned": _returned,
}


def _new(plot: Plot) -> Establishing:
    calendar = clock.calendar()
    due = _day(plot.days)
    instructed = plot.source == "own_leader_instruction"
    director = people.directory().posts["director"][0]
    points: tuple[Point, ...] = ()
    if plot.days >= 20:
        half = calendar.day(calendar.deadline(clock.now(), Limit(plot.days // 2, "days")).at)
        points = (Point("中期检查", half, 45),)
    return Establishing(
        title=plot.title,
        source=plot.source,
        rhythm=plot.rhythm,
        requirement=plot.requirement,
        source_ref=plot.ref,
        source_words=plot.words,
        lead=plot.lead,
        assists=plot.assists,
        leader=director if instructed else "",
        due_on=due,
        points=points,
    )


def _day(days: int) -> date:
    calendar = clock.calendar()
    return calendar.day(calendar.deadline(clock.now(), Limit(days, "days")).at)


def _holder(post: str) -> Actor:
    return Actor(people.directory().posts[post][0], post)


def _deliver(matter: Matter, lead: Actor, result: str) -> None:
    _assisted(matter)
    note = f"{matter.number} {result}\n".encode()
    kept = files.add(name="验收记录.txt", stream=[note], subject=f"matter:{matter.key}", by=lead)
    changes = {"result": result, "evidence": (kept.blob.digest,)}
    _press(matter, "done", lead, opinion="", changes=changes)


def _assisted(matter: Matter) -> None:
    """The assisting sections are done before the lead hands in the result."""
    for todo in matter.todos.filter(node="assist").select_related("person"):
        _press(matter, "done", Actor(todo.person.key), opinion="配合部分已完成。")


def _press(matter: Matter, verb: str, by: Actor, **said: object) -> None:
    """Press a button at the step that somebody holds; a stand-in may hold it."""
    case = load_case(Matter.objects.select_related("case").get(pk=matter.pk).case.text)
    slots = [
        slot
        for act in case.acts.values()
        if act.state == "open" and not act.mark
        for slot in act.slots
        if by.person in {slot.holder, slot.also}
    ]
    slot = slots[0] if slots else None
    words = asking.Said(
        slot=slot.id if slot else 0,
        rev=slot.rev if slot else 0,
        seen=case.content.digest,
        **said,  # type: ignore[arg-type]
    )
    matters.act(key=matter.key, command=asking.command(verb, words), by=by)


def begins(plot: Plot, until: datetime) -> datetime:
    """When a script begins, counted back from the end of the year."""
    calendar = clock.calendar()
    return calendar.at(calendar.minute(until) - plot.ago * 420)

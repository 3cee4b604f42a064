"""Targets, needs and shortages of the invented bureau, through the real actions. 目标与需求。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from zhongshu.apps.needs import actions as needs
from zhongshu.apps.needs.models import Need, Shortage
from zhongshu.apps.supervision import actions as supervision
from zhongshu.apps.supervision.founding import Establishing
from zhongshu.apps.targets import actions as targets
from zhongshu.apps.targets.models import Indicator
from zhongshu.kernel.supervision.targets import COLUMNS
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.files import actions as files
from zhongshu.office.people import queries as people

from .tasks import press, proof

DAY = 420

TREE = """
目标|1|供水安全|30|||||||||副局长（供水、排水）|||
指标|1.1|管网漏损率|12|控制型|%|10.9|9.5|10.4|10.1|9.8|9.5||供水科|工程建设科|年末计量口径，供水科月报
措施|1.1.1|老旧管网更新 46 公里|||||||||||工程建设科||
措施|1.1.2|分区计量建成 32 个|||||||||||供水科||
指标|1.2|出厂水质合格率|10|约束性|%||100|100|100|100|100||供水科||水质检测月报
指标|1.3|应急供水演练|8|发展型|次||4|1|2|3|4||应急保障科|供水科|演练记录
目标|2|排水防涝|25|||||||||副局长（工程、规划）|||
指标|2.1|积水点整治|15|发展型|处||12|2|5|8|12||工程建设科|排水科|验收单
指标|2.2|泵站自动化改造|10|发展型|座||8|1|3|6|8||排水科|科技信息科|验收单
目标|3|服务与保障|45|||||||||副局长（办公室、财务）|||
指标|3.1|热线诉求按时办结率|15|发展型|%||95|93|95|95|95||办公室|供水科|热线系统月报
指标|3.2|向上争取资金|20|发展型|万元||1500|200|520|900|1500||规划计划科|财务科|只算有批复文号的
指标|3.3|内部制度修订|10|定性|%|||25|50|100|||法规科||印发文件
"""
RESULTS: dict[str, tuple[str, ...]] = {
    "1.1": ("10.4", "10.0", "9.7"),
    "1.2": ("100", "100", "100"),
    "1.3": ("1", "2", "3"),
    "2.1": ("2", "5", "6"),
    "2.2": ("1", "3", "7"),
    "3.1": ("93.4", "95.1", "96.2"),
    "3.2": ("200", "560", "1140"),
    "3.3": ("25", "60"),
}


CARRIED = (
    ("1.1.1", "老旧管网更新 46 公里", "更新 46 公里，附分段验收单", "works"),
    ("1.1.2", "分区计量建成 32 个", "建成 32 个分区，附投运记录", "supply"),
    ("2.2", "泵站自动化改造 8 座", "改造 8 座，附验收单", "drainage"),
)


class Wish(NamedTuple):
    """One need: working days ago, who, what, of which kind, who answers, and what came of it."""

    ago: int
    unit: str
    what: str
    sort: str
    lead: str
    outcome: str
    answer: str
    impact: int
    rating: str = ""


WISHES = (
    Wish(58, "linxi", "移动式应急泵车 2 台", "设备", "emergency", "", "已立缺口，正在申报。", 900),
    Wish(55, "bailu", "移动式应急泵车 1 台", "设备", "emergency", "", "已立缺口，正在申报。", 400),
    Wish(40, "wanghe", "加氯间值班室取暖", "维修", "works", "planned", "列入 12 月维修。", 7),
    Wish(33, "ledu", "滤池清洗工具 6 套", "物资", "supply", "solved", "已配发。", 12, "satisfied"),
    Wish(
        30,
        "pumps",
        "泵站夜班补助口径",
        "政策",
        "personnel",
        "explained",
        "按规定口径执行，已说明。",
        30,
        "basically",
    ),
    Wish(
        26,
        "pipes",
        "抢修车辆检测经费 3 万元",
        "经费",
        "finance",
        "solved",
        "已列支。",
        26,
        "satisfied",
    ),
    Wish(
        20,
        "bailu",
        "收费系统对账慢，每月多做 2 天",
        "信息化",
        "science",
        "",
        "已派人查因，下周给方案。",
        9,
    ),
    Wish(
        12, "linxi", "水质快检培训", "培训", "supply", "solved", "已培训 14 人。", 14, "satisfied"
    ),
    Wish(5, "pumps", "防汛值班室照明更换", "维修", "works", "", "", 18),
    Wish(0, "ledu", "检测试剂补充", "物资", "supply", "", "", 6),
)


def plan_of_the_year(year: int) -> Iterator[int]:
    """The tree is put forward and approved, and its quarters are reported and checked."""
    keeper, chief = _holder("supervision"), _holder("director")
    basis = "局长办公会 2 月 9 日议定"
    plan = targets.propose(year=year, rows=_rows(), basis=basis, by=keeper)
    yield 300
    targets.decide(key=plan.key, approved=True, words="同意执行。", by=chief)
    _carried(year, keeper)
    today = clock.local(clock.now()).date()
    for quarter, ends in enumerate((date(year, 4, 8), date(year, 7, 8), date(year, 10, 12)), 1):
        if ends > today:
            opens = datetime(ends.year, ends.month, ends.day, 9, tzinfo=clock.ZONE)
            minute = clock.calendar().minute
            yield max(1, minute(opens) - minute(clock.now()))
        for code, values in RESULTS.items():
            if len(values) >= quarter:
                _reported(year, code, quarter, values[quarter - 1], keeper)
                yield 20


def _carried(year: int, keeper: Actor) -> None:
    """Three measures and indicators are carried out by tasks of their own."""
    head = Actor(people.directory().posts["office_head"][0], "office_head")
    for code, title, requirement, lead in CARRIED:
        new = Establishing(
            title=title,
            source="annual_target",
            rhythm="target",
            requirement=requirement,
            source_ref=f"{year} 年目标任务书 {code}",
            lead=lead,
            due_on=date(year, 12, 18),
            origin=f"target:{year}:{code}",
        )
        matter = supervision.establish(new=new, by=keeper)
        press(matter, "approve", head, opinion="同意立项。")
        leader, text = Actor(people.directory().units[lead].head), "已开工，按月报进度"
        shown = (proof(matter, leader, text),)
        said = supervision.Reporting(progress=20, text=text, files=shown)
        supervision.report(key=matter.key, said=said, by=leader)


def _reported(year: int, code: str, quarter: int, value: str, keeper: Actor) -> None:
    """One quarter of one indicator: reported with a paper by its section, checked by the office."""
    indicator = Indicator.objects.get(year=year, code=code)
    node = indicator.nodes.select_related("lead").latest("pk")
    head = Actor(people.directory().units[node.lead.code if node.lead else ""].head)
    note = f"{year} 年第 {quarter} 季度，指标 {code}，累计 {value}\n".encode()
    kept = files.add(
        name=f"{quarter}季度统计表.txt",
        stream=[note],
        subject=f"indicator:{indicator.key}",
        by=head,
    )
    said = targets.Reached(
        quarter=quarter, value=Decimal(value), text="见统计表", files=(kept.key,)
    )
    row = targets.report(key=indicator.key, said=said, by=head)
    if head.person != keeper.person:
        targets.verify(result=row.pk, accepted=True, words="与台账相符", by=keeper)


def _rows() -> list[list[str]]:
    bureau = people.bureau()
    rows = [list(COLUMNS)]
    for line in TREE.strip().splitlines():
        cells = [*line.split("|"), *[""] * len(COLUMNS)][: len(COLUMNS)]
        cells[12] = next(
            (
                bureau.names[held[0]]
                for post, held in bureau.directory.posts.items()
                if bureau.names.get(post) == cells[12]
            ),
            "",
        )
        rows.append(cells)
    return rows


def wish(one: Wish) -> Iterator[int]:
    """A need is entered, answered, and its answer rated."""
    head = Actor(people.directory().units[one.unit].head)
    lead = Actor(people.directory().units[one.lead].head)
    today = clock.local(clock.now()).date()
    asking = needs.Asking(
        unit=one.unit,
        what=one.what,
        sort=one.sort,
        channel="visit",
        lead=one.lead,
        impact=one.impact,
        needed_on=today + timedelta(days=90),
    )
    row = needs.register(new=asking, by=head)
    if not one.answer:
        return
    yield 200
    planned = date(today.year, 12, 20) if one.outcome == "planned" else None
    needs.answer(key=row.key, outcome=one.outcome, text=one.answer, by=lead, planned_on=planned)
    if one.rating:
        yield 3 * DAY
        needs.call_back(key=row.key, rating=one.rating, by=_holder("supervision"))


def shortages() -> Iterator[int]:
    """What the house lacks: out of needs, asked for by a paper, granted, partly here."""
    office, today = _holder("supervision"), clock.local(clock.now()).date()
    wanted = Need.objects.filter(what__startswith="移动式应急泵车").values_list("key", flat=True)
    pumps = _lack("应急泵车 4 台", "设备", "万元", 2180, "emergency", tuple(wanted))
    _lack("管网检测机器人 1 套", "设备", "万元", 96, "science", ())
    posts = _lack("水质在线监测运维岗", "人员", "人", 3, "supply", ())
    yield 2 * DAY
    head = Actor(people.directory().units["emergency"].head)
    paper = f"云水请〔{today.year}〕12号"
    asked = needs.Trying(
        sort="superior",
        asked_of="市财政局",
        paper=paper,
        asked_on=today,
        expected_on=today + timedelta(days=150),
    )
    way = needs.ask(key=pumps.key, new=asked, by=head)
    ask = needs.Trying(sort="superior", asked_of="市编办", paper="编制申请", asked_on=today)
    needs.ask(key=posts.key, new=ask, by=office)
    yield 12 * DAY
    said = needs.Coming(
        granted=Decimal(1140),
        granted_paper=f"云财农〔{today.year}〕31号",
        arrived=Decimal(420),
        on=clock.local(clock.now()).date(),
    )
    needs.grant(way=way.pk, said=said, by=head)


def _lack(
    what: str, sort: str, measure: str, required: int, owner: str, wanted: tuple[str, ...]
) -> Shortage:
    lacking = needs.Lacking(
        what=what,
        sort=sort,
        measure=measure,
        required=Decimal(required),
        owner=owner,
        needs=wanted,
    )
    return needs.lack(new=lacking, by=_holder("supervision"))


def bulletins(weeks: int) -> Iterator[int]:
    """A bulletin each week."""
    for _ in range(weeks):
        supervision.issue(by=_holder("supervision"))
        yield 5 * DAY


def _holder(post: str) -> Actor:
    return Actor(people.directory().posts[post][0], post)

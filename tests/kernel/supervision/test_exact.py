"""What the rules say to the letter: sentences in both languages, and both sides of every limit."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from zhongshu.kernel.errors import Reason, Refused, reason
from zhongshu.kernel.supervision import consent, ledgers, lights, quarters, results, scores, targets
from zhongshu.kernel.supervision.ledgers import Need, Outcome, Way
from zhongshu.kernel.supervision.lights import Light, Milestone, Task, Turns
from zhongshu.kernel.supervision.rhythm import next_reminder, reminders, rung
from zhongshu.kernel.supervision.rules import RHYTHMS, SHIPPED
from zhongshu.kernel.supervision.scores import Adjustment, Indicator, Sort
from zhongshu.kernel.supervision.targets import COLUMNS, FAULTS, MOST_ROWS, Fault, Known, read
from zhongshu.kernel.supervision.words import Sentence

D = Decimal
DAY = 420
NEED = Need(100, 5000)
ASKED = Way(paper="水请1号")


@pytest.mark.parametrize(
    ("need", "now", "light", "zh", "en"),
    [
        (NEED, 100, Light.GREY, "待答复", "to be answered"),
        (NEED, 101, Light.RED, "1 个工作日没有回音", "1 day(s) without answer"),
        (NEED, 521, Light.RED, "2 个工作日没有回音", "2 day(s) without answer"),
        (replace(NEED, answered=1), 3739, Light.GREEN, "已答复，办理中", "answered, in hand"),
        (replace(NEED, answered=1), 3740, Light.AMBER, "时限将近", "due soon"),
        (replace(NEED, answered=1), 5000, Light.AMBER, "时限将近", "due soon"),
        (replace(NEED, answered=1), 5001, Light.RED, "逾期 1 个工作日", "1 working day(s) late"),
        (
            replace(NEED, answered=1, outcome=Outcome.PLANNED),
            3000,
            Light.GREEN,
            "列入计划",
            "planned",
        ),
        (replace(NEED, answered=1, outcome=Outcome.SOLVED), 9000, Light.BLUE, "已解决", "solved"),
    ],
)
def test_a_need(need: Need, now: int, light: Light, zh: str, en: str) -> None:
    assert ledgers.need(need, now, DAY) == (light, Sentence(zh, en))


@pytest.mark.parametrize(
    ("ways", "now", "light", "zh", "en"),
    [
        ((), 0, Light.RED, "没有在走的门路", "nothing under way"),
        ((replace(ASKED, closed=True),), 0, Light.RED, "没有在走的门路", "nothing under way"),
        ((replace(ASKED, paper=""),), 0, Light.RED, "没有在走的门路", "nothing under way"),
        ((ASKED,), 0, Light.AMBER, "已申报，待批复", "asked for"),
        ((replace(ASKED, expected=9),), 9, Light.AMBER, "已申报，待批复", "asked for"),
        (
            (replace(ASKED, expected=9),),
            10,
            Light.RED,
            "过了预期还没有到",
            "past its expected time",
        ),
        ((replace(ASKED, expected=9), ASKED), 10, Light.AMBER, "已申报，待批复", "asked for"),
        (
            (replace(ASKED, granted=D(4), granted_paper="批", arrived=D(1)),),
            0,
            Light.GREEN,
            "已批复，到位 25%",
            "granted, 25% here",
        ),
        (
            (replace(ASKED, granted=D(4), granted_paper="批", arrived=D(4)),),
            0,
            Light.RED,
            "没有在走的门路",
            "nothing under way",
        ),
        ((replace(ASKED, arrived=D(1)),), 0, Light.RED, "没有在走的门路", "nothing under way"),
        ((replace(ASKED, arrived=D(8)),), 0, Light.BLUE, "已到位", "here"),
    ],
)
def test_a_shortage(ways: tuple[Way, ...], now: int, light: Light, zh: str, en: str) -> None:
    assert ledgers.shortage(D(10), D(2), ways, now) == (light, Sentence(zh, en))


def test_nothing_granted_is_a_decimal_too() -> None:
    assert [type(one) for one in ledgers.got(D(3), D(1), ())] == [D, D, D, D]
    with pytest.raises(ValueError, match=r"^amounts are not negative$"):
        ledgers.got(D(-1), D(0), ())


UP = Indicator("1", Sort.UP, D(10), aim=D(100), actual=D(95), evidence=True)


@pytest.mark.parametrize(
    ("one", "points", "standing", "zh", "en"),
    [
        (UP, "9.50", "final", "10 × 95 ÷ 100 = 9.50", "10 × 95 ÷ 100 = 9.50"),
        (replace(UP, actual=D(100)), "10.00", "final", *["10 × 100 ÷ 100 = 10.00"] * 2),
        (
            replace(UP, actual=D(101)),
            "10.00",
            "final",
            "超过目标，计满 10.00",
            "more than the aim: full",
        ),
        (
            replace(UP, actual=D("9.50"), base=D("10.25")),
            "0.00",
            "final",
            "实绩 9.5 低于基数 10.25，计 0",
            "below the base: 0",
        ),
        (
            replace(UP, sort=Sort.DOWN, actual=D(110), weight=D("12.50")),
            "11.25",
            "final",
            *["12.5 × (2 − 110 ÷ 100) = 11.25"] * 2,
        ),
        (
            replace(UP, sort=Sort.DOWN, actual=D(100)),
            "10.00",
            "final",
            "控制在目标内，计满 10.00",
            "within the aim: full",
        ),
        (
            replace(UP, sort=Sort.DOWN, actual=D(200)),
            "0.00",
            "final",
            "实绩 200 达到目标值的两倍，计 0",
            "twice the aim or more: 0",
        ),
        (replace(UP, sort=Sort.QUALITY), "9.50", "final", *["10 × 95% = 9.50"] * 2),
        (
            replace(UP, sort=Sort.BINDING, actual=D(100)),
            "10.00",
            "final",
            "100 不低于 100，守住，计满 10.00",
            "kept: full",
        ),
        (
            replace(UP, sort=Sort.BINDING),
            "0.00",
            "final",
            "95 低于 100，未守住，计 0",
            "broken: 0",
        ),
        (replace(UP, final=False), "9.50", "provisional", *["10 × 95 ÷ 100 = 9.50"] * 2),
        (replace(UP, actual=None), "0.00", "no_result", "还没有结果，暂计 0", "no result yet: 0"),
        (replace(UP, evidence=False), "0.00", "no_evidence", "没有佐证，暂计 0", "no evidence: 0"),
        (
            replace(UP, aim=D(0)),
            "0.00",
            "by_hand",
            "目标值为 0 或未定，须人工核定",
            "the aim is nought: score by hand",
        ),
        (replace(UP, by_hand=D(10)), "10.00", "final", "人工核定 10", "given by hand"),
        (replace(UP, by_hand=D("0.125")), "0.13", "final", "人工核定 0.125", "given by hand"),
        (replace(UP, by_hand=D("0.120")), "0.12", "final", "人工核定 0.12", "given by hand"),
    ],
)
def test_a_score_says_how(one: Indicator, points: str, standing: str, zh: str, en: str) -> None:
    broken = one.sort is Sort.BINDING and points == "0.00"
    found = scores.score(one)
    assert found == ("1", D(points), one.weight, standing, Sentence(zh, en), broken)
    assert str(found.points) == points


@pytest.mark.parametrize(
    ("points", "zh", "en"),
    [
        ("90", "优秀", "excellent"),
        ("89.99", "良好", "good"),
        ("80", "良好", "good"),
        ("79.99", "合格", "passed"),
        ("60", "合格", "passed"),
        ("59.99", "不合格", "failed"),
    ],
)
def test_a_grade(points: str, zh: str, en: str) -> None:
    one = Indicator("1", Sort.QUALITY, D(100), by_hand=D(points))
    year = scores.year((one,), (), SHIPPED)
    assert (year.grade, year.provisional) == (Sentence(zh, en), False)


def test_a_broken_year_and_one_of_nothing() -> None:
    broken = replace(UP, sort=Sort.BINDING)
    year = scores.year((broken, replace(UP, final=False)), (), SHIPPED)
    grade = Sentence("不合格（约束性指标未守住）", "failed: a binding aim was broken")
    assert (year.grade, year.broken, year.provisional) == (grade, ("1",), True)
    empty = scores.year((), (), SHIPPED)
    assert [type(one) for one in empty[1:5]] == [D, D, D, D]


def test_what_is_added_and_taken() -> None:
    said = [Adjustment(D(one), "") for one in ("0.5", "0.25", "-0.5", "0")]
    year = scores.year((UP,), said, SHIPPED)
    assert year[1:5] == (D("9.50"), D("0.75"), D("0.5"), D("9.75"))


def test_what_makes_no_indicator() -> None:
    with pytest.raises(ValueError, match=r"^weights and amounts are not negative$"):
        replace(UP, weight=D(-1))
    with pytest.raises(ValueError, match=r"^points given by hand lie within the weight$"):
        replace(UP, by_hand=D("10.01"))


PLAIN = Task(100, 1100)  # a thousand minutes; ten each percent


def test_the_minutes_of_a_light() -> None:
    assert lights.turns(PLAIN, SHIPPED) == Turns(250, 500)  # 15 and 40 points behind
    marked = replace(PLAIN, progress=90, milestones=(Milestone(200, 5),))
    assert lights.turns(marked, SHIPPED) == Turns(201, 1101)
    long = Task(0, 9000, 90, milestones=(Milestone(2000, 5),))
    assert lights.turns(long, SHIPPED) == Turns(2001, 2000 + 3 * DAY + 1)
    told = replace(PLAIN, progress=100, next_report=300)
    assert lights.turns(told, SHIPPED) == Turns(301, 1101)
    assert lights.turns(replace(PLAIN, progress=84), SHIPPED).amber == 900  # a fifth is left
    assert lights.turns(replace(PLAIN, delivered=1100), SHIPPED) == Turns()
    assert lights.turns(replace(PLAIN, delivered=1101), SHIPPED) == Turns(red=1101)
    assert lights.turns(Task(0, 3, 84), SHIPPED).amber == 3  # whole minutes
    assert isinstance(lights.turns(Task(0, 3, 84), SHIPPED).amber, int)
    assert isinstance(lights.turns(Task(0, 1001), SHIPPED).amber, int)


def test_how_far_along_milestones() -> None:
    task = Task(1000, 2000, milestones=(Milestone(1200, 60), Milestone(1600, 80)))
    assert [lights.expected(task, now) for now in (999, 1000, 1100, 1200, 1400, 1600, 1800)] == [
        *(0, 0, 30, 60, 70, 80, 90),
    ]
    assert lights.expected(task, 2000) == lights.expected(task, 5000) == 100
    ended = Task(1000, 2000, milestones=(Milestone(2000, 80),))
    assert [lights.expected(ended, now) for now in (1500, 2000, 2001)] == [40, 80, 100]
    behind = replace(task, milestones=(Milestone(1200, 60, True), Milestone(1600, 80)), progress=50)
    # 65 points are wanted at 1300: a quarter of the way from 60 to 80
    assert lights.turns(behind, SHIPPED).amber == 1300


def replace_warn_left(value: int) -> lights.Rules:
    return SHIPPED.amended({"warn_left": value}, since=SHIPPED.since, source="x")


def test_the_lag_at_the_ends_of_the_scale() -> None:
    none = SHIPPED.amended({"warn_lag": 0}, since=SHIPPED.since, source="x")
    assert lights.turns(PLAIN, none).amber == 100
    one = SHIPPED.amended({"warn_lag": 1}, since=SHIPPED.since, source="x")
    assert lights.turns(PLAIN, one).amber == 110
    calm = replace_warn_left(0)
    assert lights.turns(replace(PLAIN, progress=85), calm).amber == 1100  # 100 wanted at the end
    assert lights.turns(replace(PLAIN, progress=86), calm).red == 1101


def test_why_a_light_is_what_it_is() -> None:
    at_due = lights.light(replace(PLAIN, progress=90, reported=100), 1100, SHIPPED)
    assert [one.zh for one in at_due.why] == ["时限将近，余 0 个工作日"]
    over = lights.light(replace(PLAIN, progress=90, reported=100), 1101, SHIPPED)
    assert [one.zh for one in over.why] == ["逾期 1 个工作日"]
    met = replace(PLAIN, progress=60, reported=100, milestones=(Milestone(200, 5, True),))
    assert [one.zh for one in lights.light(met, 300, SHIPPED).why] == ["按计划推进"]
    unmet = replace(met, milestones=(Milestone(300, 5),))
    assert [one.zh for one in lights.light(unmet, 300, SHIPPED).why] == ["按计划推进"]
    assert [one.zh for one in lights.light(unmet, 301, SHIPPED).why] == ["节点迟 1 个工作日"]
    late_report = replace(PLAIN, progress=60, reported=100, next_report=300)
    assert [one.zh for one in lights.light(late_report, 300, SHIPPED).why] == ["按计划推进"]
    assert [one.zh for one in lights.light(late_report, 301, SHIPPED).why] == [
        "进展该报未报，迟 1 个工作日"
    ]
    paused = lights.light(replace(PLAIN, paused=True), 300, SHIPPED)
    assert paused == (Light.GREY, False, (Sentence("暂缓", "paused"),))
    handed = lights.light(replace(PLAIN, delivered=1200), 1300, SHIPPED)
    assert handed[:2] == (Light.RED, True)


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: Task(5, 5), "a task is due after it starts"),
        (lambda: Task(0, 5, 101), "progress is a percentage"),
        (
            lambda: Task(9, 99, milestones=(Milestone(9, 50),)),
            "milestones go up, in time and in percent",
        ),
        (
            lambda: Task(0, 99, milestones=(Milestone(9, 50), Milestone(10, 49))),
            "milestones go up, in time and in percent",
        ),
        (lambda: rung(-1), "a count of chases is not negative"),
        (
            lambda: SHIPPED.amended({"warn_lag": 41}, since=SHIPPED.since, source="x"),
            "amber comes before red",
        ),
        (
            lambda: SHIPPED.amended({"good": 91}, since=SHIPPED.since, source="x"),
            "the grades stand in order",
        ),
        (
            lambda: SHIPPED.amended({"b": 1, "a": 1}, since=SHIPPED.since, source="x"),
            "no such figure: a, b",
        ),
    ],
)
def test_what_the_caller_got_wrong(make: object, told: str) -> None:
    with pytest.raises(ValueError, match=f"^{told}$"):
        make()  # type: ignore[operator]


def test_an_edition_up_to_its_limits() -> None:
    def amended(**changes: int) -> int:
        edition = SHIPPED.amended(changes, since=SHIPPED.since, source="水督")
        return len([one for one in edition.figures if one.source == "水督"])

    assert amended(warn_lag=40) == 1
    assert amended(good=60, excellent=60) == 2
    assert amended(excellent=100) == 1
    every = {figure.code: figure.value for figure in SHIPPED.figures}
    every |= {f"{one.code}.{part}": 1000 for one in RHYTHMS for part in ("limit", "first", "every")}
    edition = SHIPPED.amended(every, since=SHIPPED.since, source="水督")
    assert {one.days for one in edition.rhythms} == {(1000, 1000, 1000)}
    assert {one.source for one in edition.rhythms} == {"水督"}


COURSE = quarters.Course(
    Sort.UP, D(100), (D(10), D(20), D(30), D(100)), (D(10), None, None, D(50)), 0
)


def test_the_light_of_an_indicator_to_the_letter() -> None:
    def told(**more: object) -> tuple[Light, Sentence]:
        return quarters.shown(replace(COURSE, **more), SHIPPED)  # type: ignore[arg-type]

    nothing = (None,) * 4
    assert told() == (Light.GREEN, Sentence("达到序时进度", "as planned"))
    assert told(reached=nothing) == (
        Light.GREY,
        Sentence("未到首次报告", "the first report is not due"),
    )
    assert told(reached=nothing, ended=1) == (
        Light.AMBER,
        Sentence("还没有报过结果", "no result was reported"),
    )
    assert told(sort=Sort.BINDING) == (
        Light.RED,
        Sentence("约束性指标未守住", "a binding aim is broken"),
    )
    short = (D(60), None, None, None)
    assert told(reached=short, ended=4) == (
        Light.RED,
        Sentence("比序时进度差 40 个百分点", "40 points short of the plan"),
    )
    less = (D("60.001"), None, None, None)
    assert told(reached=less, ended=4)[0] is Light.AMBER
    assert told(reached=(D(10), D(20), None, None), ended=3)[1].zh == "比序时进度差 10 个百分点"
    assert quarters.reached_at(COURSE, 0) == 10
    assert quarters.reached_at(COURSE, 2) == 10
    down = replace(COURSE, sort=Sort.DOWN, planned=(D(30), D(20), D(10), D(10)))
    assert quarters.cells(down) == ("done", "done", "done", "now")
    assert quarters.cells(replace(down, reached=(D(31), *nothing[1:]), ended=1))[0] == "late"


def codes(found: Refused | None) -> tuple[Reason, ...]:
    return found.reasons if found else ()


def test_reasons_carry_their_numbers() -> None:
    result = results.Result("基本完成", 1, tuple("123456"))
    assert codes(results.refuse_result(result, SHIPPED)) == (
        reason("unfinished", word="基本完成"),
        reason("children_open", count=6, numbers="1、2、3、4、5"),
    )
    asked = consent.Asked("postpone", 0, 10, "x", 20, granted=2)
    assert codes(consent.refuse_asking(asked, SHIPPED)) == (
        reason("postponed_often", count=2, most=2),
    )
    assert consent.refuse_objecting(DAY, 4 * DAY, "x", SHIPPED) is None
    assert codes(consent.refuse_objecting(DAY, 4 * DAY + 1, "x", SHIPPED)) == (
        reason("object_too_late", days=3),
    )
    assert codes(consent.refuse_lead("", ())) == (reason("one_lead"),)
    assert consent.consenter("drop", 0, ("a", "b", "c"), "") == "b"


def test_progress_from_nought_and_falling_by_one() -> None:
    same = results.Report(0, "x", 0, before=0)
    assert results.refuse_report(same) is None
    assert codes(results.refuse_report(results.Report(4, "x", 0, before=5))) == (
        reason("progress_back", points=1),
    )


KNOWN = Known(frozenset({"供水科"}), {})


def row(level: str, code: str, **more: str) -> list[str]:
    cells = {"级别": level, "编号": code, "名称": f"名称{code}", **more}
    return [cells.get(column, "") for column in COLUMNS]


TARGET = row("目标", "1", 权重="100")
GOOD = {"类型": "发展型", "目标值": "46", "牵头部门": "供水科", "权重": "100"}


def faults(*rows: list[str]) -> tuple[Fault, ...]:
    return read([list(COLUMNS), *rows], KNOWN).faults


def indicator(code: str = "1.1", **more: str) -> list[str]:
    return row("指标", code, **{**GOOD, **more})


def test_a_table_that_is_none() -> None:
    assert read([], KNOWN) == ((), (Fault(0, "empty"),))
    assert read([["级别"]], KNOWN) == ((), (Fault(1, "columns", "、".join(COLUMNS)),))
    blank = [[""]] * MOST_ROWS
    assert read([list(COLUMNS), *blank], KNOWN) == ((), (Fault(0, "empty"),))
    many = read([list(COLUMNS), *blank, [""]], KNOWN)
    assert many == ((), (Fault(0, "many", str(MOST_ROWS)),))


@pytest.mark.parametrize(
    ("more", "wrong"),
    [
        ({}, ()),
        ({"目标值": "999,999,999,999"}, ()),
        ({"目标值": "1000000000000"}, (Fault(3, "aim"), Fault(3, "number", "1000000000000"))),
        ({"目标值": "一二三四五六七八九十一二三四五六七八九十一"}, None),
        ({"目标值": "-1"}, (Fault(3, "aim"), Fault(3, "number", "-1"))),
        ({"名称": "名"}, ()),
        ({"名称": "名" * 200}, ()),
        ({"名称": "名" * 201}, (Fault(3, "name"),)),
        ({"牵头部门": "没有的科室" * 5}, (Fault(3, "unit", ("没有的科室" * 5)[:20]),)),
        ({"分管领导": "没有的领导" * 5}, (Fault(3, "leader", ("没有的领导" * 5)[:20]),)),
        ({"类型": ""}, (Fault(3, "sort", "发展型、控制型、定性、约束性"),)),
        ({"一季度": "5", "二季度": "5", "四季度": "46"}, ()),
        ({"一季度": "6", "二季度": "5"}, (Fault(3, "quarters_down"),)),
        ({"类型": "控制型", "一季度": "50", "二季度": "50", "四季度": "46"}, ()),
        ({"四季度": "45"}, (Fault(3, "quarters_end", "46"),)),
        ({"名称": "=" + "x" * 30}, (Fault(3, "formula", "=" + "x" * 19),)),
        ({"名称": "Xa"}, ()),
    ],
)
def test_a_row_up_to_its_limits(more: dict[str, str], wrong: tuple[Fault, ...] | None) -> None:
    found = faults(TARGET, indicator(**more))
    if wrong is None:
        assert found == (Fault(3, "aim"), Fault(3, "number", more["目标值"][:20]))
    else:
        assert found == wrong


def test_codes_twice_too_long_and_out_of_place() -> None:
    assert faults(row("目标", "1" * 20, 权重="100"), indicator()) == ()
    assert Fault(2, "code") in faults(row("目标", "1" * 21, 权重="100"), indicator())
    assert Fault(4, "twice", "1.1") in faults(TARGET, indicator(), indicator())
    assert Fault(3, "orphan") in faults(TARGET, row("措施", "1.1.1"))
    assert Fault(2, "orphan") in faults(indicator(), TARGET)
    second = row("目标", "2", 权重="0")
    lost = row("措施", "2.1")
    assert Fault(5, "orphan") in faults(TARGET, indicator(), second, lost)


def test_weights_that_do_not_add_up() -> None:
    assert faults(row("目标", "1", 权重="99"), indicator(权重="99")) == (
        Fault(0, "sum", "99，应为 100"),
    )
    bare = faults(row("目标", "1"), indicator())
    assert Fault(0, "sum", "0，应为 100") in bare
    assert Fault(2, "sum", "99，应为 100") in faults(TARGET, indicator(权重="99"))


def test_every_cell_of_a_row_is_kept() -> None:
    said = {
        **{"单位": "公" * 20, "基数": "1", "一季度": "2", "四季度": "46"},
        **{"口径与数据来源": "口" * 500, "依据": "据" * 200},
    }
    _, one = read([list(COLUMNS), TARGET, indicator(**said)], KNOWN).nodes
    assert (one.row, one.level, one.code, one.name, one.parent) == (3, 2, "1.1", "名称1.1", "1")
    assert (one.weight, one.sort, one.unit) == (D(100), Sort.UP, said["单位"])
    assert (one.base, one.aim, one.quarters) == (D(1), D(46), (D(2), None, None, D(46)))
    assert (one.definition, one.ground) == (said["口径与数据来源"], said["依据"])
    longer = {name: f"{said[name]}x" for name in ("单位", "口径与数据来源", "依据")}
    _, cut = read([list(COLUMNS), TARGET, indicator(**{**said, **longer})], KNOWN).nodes
    assert (cut.unit, cut.definition, cut.ground) == (one.unit, one.definition, one.ground)


def test_a_fault_is_a_sentence_in_both_languages() -> None:
    assert set(FAULTS) > {"unit"}
    assert Fault(1, "unit", "x").told == Sentence("没有叫“x”的部门", "there is no section called x")
    assert targets.HUNDRED == 100


def test_points_by_hand_up_to_the_weight_and_round_numbers_without_a_point() -> None:
    assert scores.score(replace(UP, by_hand=D(10))).points == 10
    how = scores.score(replace(UP, weight=D("10.00"), aim=D("100.0"))).how.zh
    assert how == "10 × 95 ÷ 100 = 9.50"


def test_reminders_are_whole_minutes_and_a_last_report_is_none_apart() -> None:
    assert all(isinstance(one.at, int) for one in reminders(0, 8333, SHIPPED))
    own = SHIPPED.amended({"remind_last": 2}, since=SHIPPED.since, source="x")
    assert next_reminder(0, 8400, 8400, 7560, own) is None
    assert next_reminder(0, 8400, 8399, 7560, own) == (7979, "report")

"""`zhongshu flow check --people`: how few can finish a process, and whose absence blocks it."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from zhongshu.config.cli import main
from zhongshu.kernel import duties
from zhongshu.kernel.duties.from_flow import change, incompatible
from zhongshu.kernel.duties.from_flow import checkup as checkups
from zhongshu.kernel.duties.from_flow.absences import Absences
from zhongshu.kernel.duties.report.checkup import marks

PEOPLE = """
[people]
wang = { unit = "water" }
zhang = { unit = "water", rank = 2 }
chen = { unit = "finance", rank = 2 }
zhao = { rank = 3, unit = "bureau" }
wu = { rank = 4, unit = "bureau" }
huang = { unit = "office" }
sun = { unit = "office", rank = 2 }
zhou = { unit = "office" }
[posts]
finance_head = ["chen"]
records_clerk = ["huang"]
office_head = ["sun"]
director = ["wu"]
legal_officer = ["zhou"]
personnel_head = ["sun"]
supervision = ["zhou"]
overseer = ["zhou", "wu"]
[units]
water = { head = "zhang", leader = "zhao", parent = "bureau" }
finance = { head = "chen", leader = "zhao", parent = "bureau" }
office = { head = "sun", leader = "zhao", parent = "bureau" }
bureau = { head = "wu" }
"""
ALONE = """
format = 1
id = "alone"
name = "一个人的流程"
version = 1
min_deciders = 0
[[nodes]]
id = "draft"
name = "起草"
kind = "draft"
next = "pay"
[[nodes]]
id = "pay"
name = "付款"
kind = "task"
seats = [{ post = "finance_head" }]
next = "end"
[[nodes]]
id = "end"
name = "办结"
kind = "end"
"""


def run(folder: Path, text: str, *options: str, people: str = PEOPLE) -> Result:
    flow, who = folder / "flow.toml", folder / "people.toml"
    flow.write_text(text, encoding="utf-8")
    who.write_text(people, encoding="utf-8")
    return CliRunner().invoke(main, ["flow", "check", str(flow), "--people", str(who), *options])


@pytest.fixture
def request_flow() -> str:
    return files("zhongshu.config").joinpath("flows", "request.toml").read_text(encoding="utf-8")


def test_fewest_people_and_absences_are_told(tmp_path: Path, request_flow: str) -> None:
    result = run(tmp_path, request_flow)
    assert result.exit_code == 0, result.output
    assert "最少 4 人可以办完" in result.output
    assert "无人可办，sun兜底科室负责人审核" in result.output
    assert "zhao不在，有 16 条路线办不下去" in result.output
    assert "没有人能办完" in result.output, "nobody is in charge of the bureau's own people"
    english = run(tmp_path, request_flow, "--lang", "en", "--absent", "2").output
    assert "4 people can finish it" in english
    assert "without zhao 16 routes are blocked" in english
    assert "with everybody there 16 routes are blocked" in english


def test_somebody_alone_is_refused_with_the_story(tmp_path: Path) -> None:
    result = run(tmp_path, ALONE)
    assert result.exit_code == 1
    assert "一人办完，不能发布" in result.output
    assert "chen起草；chen付款。" in result.output


def test_nobody_at_all_is_refused(tmp_path: Path) -> None:
    empty = PEOPLE.replace('finance_head = ["chen"]', "")
    result = run(tmp_path, ALONE.replace("finance_head", "director"), people=empty)
    assert result.exit_code == 1
    gone = PEOPLE.replace("wu = { rank = 4,", "wu = { gone = true, rank = 4,")
    result = run(tmp_path, ALONE.replace("finance_head", "director"), people=gone)
    assert result.exit_code == 1


def test_too_many_ways_are_not_called_safe(tmp_path: Path) -> None:
    branches = "".join(
        f'[[nodes]]\nid = "b{i}"\nname = "会签{i}"\nkind = "decide"\nrule = {{ count = 1 }}\n'
        'seats = [{ post = "finance_head" }, { post = "office_head" }, { post = "director" }]\n'
        'next = "join"\n'
        for i in range(9)
    )
    edges = ", ".join(f'{{ to = "b{i}" }}' for i in range(9))
    text = (
        ALONE.replace('next = "pay"', 'next = "split"')
        + f'[[nodes]]\nid = "split"\nname = "并行"\nkind = "split"\nnext = [{edges}]\n'
        + branches
        + '[[nodes]]\nid = "join"\nname = "汇合"\nkind = "join"\nsplit = "split"\nnext = "pay"\n'
    )
    result = run(tmp_path, text)
    assert result.exit_code == 1, result.output
    assert "未能判定" in result.output
    asked = ("--appoint", "chen:finance_head")
    report = json.loads(run(tmp_path, text, "--json", *asked, people=DUTIES).output)
    assert report["duties"]["decided"] is False
    assert report["incompatible"]["steps"] == []
    assert "granted" not in report


def test_programs_get_json(tmp_path: Path, request_flow: str) -> None:
    report = json.loads(run(tmp_path, request_flow, "--json").output)
    assert report["refused"] is False
    water = next(one for one in report["duties"] if one["unit"] == "water")
    assert water["fewest"] == 4
    assert {"route", "absent"} == water["blocked"][0].keys()
    assert water["groups"][0]["en"]
    plain = run(tmp_path, "format = 2", "--json")
    assert plain.exit_code == 1
    assert "duties" not in json.loads(plain.output)


def test_the_drawing_marks_the_weak_places(tmp_path: Path, request_flow: str) -> None:
    run(tmp_path, request_flow)
    target = tmp_path / "weak.svg"
    options = ["--people", str(tmp_path / "people.toml"), "-o", str(target)]
    result = CliRunner().invoke(main, ["flow", "draw", str(tmp_path / "flow.toml"), *options])
    assert result.exit_code == 0, result.output
    svg = target.read_text(encoding="utf-8")
    assert "离不开chen" in svg
    assert "离不开zhao" in svg


def test_a_search_that_was_cut_off_is_not_called_safe(
    tmp_path: Path, request_flow: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Absences, "fewest", lambda _: duties.Undecided(1))
    result = run(tmp_path, request_flow)
    assert result.exit_code == 1
    assert "未能判定，不能视为安全" in result.output
    assert marks("more than 4096 ways", {}) == {}


NAMED = (
    PEOPLE.replace("wang = {", 'wang = { name = "王小满",')
    .replace("chen = {", 'chen = { name = "陈立",')
    .replace("zhao = {", 'zhao = { name = "赵国安",')
    .replace("sun = {", 'sun = { name = "孙洁",')
)
DUTIES = (
    NAMED
    + """
[duties]
finance_head = ["记账"]
office_head = ["CSH"]
director = ["REC", "BKP"]
"""
)
PAYING = ALONE.replace("finance_head", 'finance_head", duty = "CSH')


def test_people_are_called_by_their_names(tmp_path: Path, request_flow: str) -> None:
    told = run(tmp_path, request_flow, people=NAMED).output
    assert "王小满拟写签报；无人可办，孙洁兜底科室负责人审核；赵国安分管领导审批" in told
    assert "赵国安不在，有 16 条路线办不下去" in told
    assert "zhao不在" not in told
    report = json.loads(run(tmp_path, request_flow, "--json", people=NAMED).output)
    assert report["names"]["zhao"] == "赵国安"
    assert ["zhao"] in [block["absent"] for one in report["duties"] for block in one["blocked"]]
    target = tmp_path / "weak.svg"
    options = ["--people", str(tmp_path / "people.toml"), "-o", str(target)]
    CliRunner().invoke(main, ["flow", "draw", str(tmp_path / "flow.toml"), *options])
    assert "离不开赵国安" in target.read_text(encoding="utf-8")


def test_cures_of_an_absence_are_told(tmp_path: Path, request_flow: str) -> None:
    told = run(tmp_path, request_flow, people=NAMED).output
    cure = "补救：“分管领导审批”加上huang、孙洁、王小满、zhang中任1人，或再来一人，就能办成。"
    assert cure in told
    english = run(tmp_path, request_flow, "--lang", "en", people=NAMED).output
    assert "cure: Possible if any 1 of huang, 孙洁, 王小满 and zhang, or a newcomer" in english
    report = json.loads(run(tmp_path, request_flow, "--json", people=NAMED).output)
    water = next(one for one in report["duties"] if one["unit"] == "water")
    zhao = next(cure for cure in water["cures"] if cure["absent"] == ["zhao"])
    assert zhao["route"] == ["archive", "leader", "section_head"] or "leader" in zhao["route"]
    assert zhao["remedies"] == [
        {
            "step": "leader.0",
            "people": ["huang", "sun", "wang", "zhang"],
            "anybody": True,
            "told": {
                "zh": cure.removeprefix("补救："),
                "en": "Possible if any 1 of huang, 孙洁, 王小满 and zhang, or a newcomer may do "
                "this too: 分管领导审批.",
            },
        }
    ]


def test_cures_of_a_lone_finisher_are_told(tmp_path: Path) -> None:
    told = run(tmp_path, ALONE, people=NAMED).output
    assert '补救：conflicts 写入 ["draft", "pay"]，则最少 2 人' in told
    english = run(tmp_path, ALONE, "--lang", "en", people=NAMED).output
    assert "one person can finish it (alone" in english
    assert 'cure: conflicts with ["draft", "pay"]; then 2 people at least' in english
    report = json.loads(run(tmp_path, ALONE, "--json", people=NAMED).output)
    (one,) = report["duties"]
    assert one["apart"] == [{"conflicts": ["draft", "pay"], "fewest": 2, "remedies": []}]
    two = ALONE.replace('next = "end"', 'next = "book"').replace(
        '[[nodes]]\nid = "end"',
        '[[nodes]]\nid = "book"\nname = "记账"\nkind = "task"\nnext = "end"\n'
        'seats = [{ post = "finance_head" }]\n[[nodes]]\nid = "end"',
    )
    told = run(tmp_path, two, people=NAMED).output
    assert 'conflicts 写入 ["pay", "book"]，并且\n    补救：“付款”加上huang等7人中任1人' in told
    (one,) = json.loads(run(tmp_path, two, "--json", people=NAMED).output)["duties"]
    assert [len(apart["remedies"]) for apart in one["apart"]] == [0, 0, 2]
    assert 'conflicts with ["pay", "book"]; and' in run(tmp_path, two, "--lang", "en").output


def test_cures_that_are_not_decided_say_so(
    tmp_path: Path, request_flow: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_ = duties.Undecided(1)
    monkeypatch.setattr(checkups, "remedies", lambda *_: open_)
    monkeypatch.setattr(checkups, "kept_apart", lambda *_: open_)
    assert "补救：未能判定" in run(tmp_path, request_flow).output
    report = json.loads(run(tmp_path, ALONE, "--json").output)
    assert report["duties"][0]["apart"] is None
    assert report["duties"][0]["cures"][0]["remedies"] is None
    assert run(tmp_path, ALONE, "--lang", "en").output.count("cure: not decided") == 2


def test_incompatible_duties_of_posts_and_steps(tmp_path: Path) -> None:
    result = run(tmp_path, PAYING, people=DUTIES)
    assert result.exit_code == 1
    law = "中华人民共和国会计法第三十五条；会计基础工作规范第十二条"
    static = "不相容岗位  陈立：出纳付款 [finance_head]，又记账 [finance_head]；不得由一人兼任"
    assert f"{static}（法定：{law}）" in result.output
    assert "“申请经办”与“出纳付款”可由一人兼办（draft，pay.0）" in result.output
    assert "  陈立起草；陈立付款。" in result.output
    english = run(tmp_path, PAYING, "--lang", "en", people=DUTIES).output
    assert "cashier [finance_head], and bookkeeping [finance_head]; never held" in english
    assert f"(by law: {law})" in english
    assert "warning  one person can do both request and handling and cashier" in english
    report = json.loads(run(tmp_path, PAYING, "--json", people=DUTIES).output)["incompatible"]
    assert report["since"] == "2024-07-01"
    assert report["posts"][0] == {
        "duties": ["CSH", "BKP"],
        "grade": "S",
        "source": law,
        "by_law": True,
        "holder": "chen",
        "held": [
            {"duty": "CSH", "post": "finance_head", "standing_in_for": ""},
            {"duty": "BKP", "post": "finance_head", "standing_in_for": ""},
        ],
    }
    (step,) = report["steps"]
    assert (step["duties"], step["refused"]) == (["APP", "CSH"], False)
    assert step["story"]["zh"] == "陈立起草；陈立付款。"


def test_what_a_law_keeps_apart_is_refused(tmp_path: Path) -> None:
    booking = ALONE.replace("min_deciders = 0", "min_deciders = 1").replace(
        'next = "pay"', 'next = "sign"'
    ) + (
        '[[nodes]]\nid = "sign"\nname = "审批"\nkind = "decide"\nnext = "pay"\n'
        'seats = [{ post = "director" }]\n'
    )
    duties_ = NAMED + '[duties]\nfinance_head = ["BKP"]\n'
    result = run(tmp_path, booking, people=duties_)
    assert result.exit_code == 1
    assert (
        "错误  “申请经办”与“记账”可由一人兼办（draft，pay.0），而不得由一人兼任（法定："
        in result.output
    )
    assert "error  one person" in run(tmp_path, booking, "--lang", "en", people=duties_).output
    kept = booking.replace("[[nodes]]", 'conflicts = [["draft", "pay"]]\n[[nodes]]', 1)
    calm = run(tmp_path, kept, people=duties_)
    assert calm.exit_code == 0, calm.output
    assert "兼办" not in calm.output


def test_the_matrix_is_that_of_the_day(tmp_path: Path) -> None:
    assert run(tmp_path, PAYING, "--on", "2025-01-01", "--json").exit_code == 1
    early = run(tmp_path, PAYING, "--on", "2020-01-01")
    assert early.exit_code == 2
    assert "2020-01-01" in early.output


def test_a_duty_that_is_none_is_named(tmp_path: Path) -> None:
    result = run(tmp_path, ALONE, people=PEOPLE + '[duties]\nfinance_head = ["cook"]\n')
    assert result.exit_code == 2
    assert "duties: cook?" in result.output


def test_whether_one_person_can_do_both_may_not_be_decided(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(incompatible, "find_plan", lambda *_: duties.Undecided(1))
    told = run(tmp_path, PAYING, people=NAMED).output
    assert "提醒  “申请经办”与“出纳付款”：能否由一人兼办，未能判定" in told
    english = run(tmp_path, PAYING, "--lang", "en", people=NAMED).output
    assert "request and handling and cashier: whether one person can do both is not" in english
    steps = json.loads(run(tmp_path, PAYING, "--json").output)["incompatible"]["steps"]
    assert [step["story"] for step in steps] == [None]


def test_a_stand_in_before_it_is_granted(tmp_path: Path, request_flow: str) -> None:
    asked = ("--grant-stand-in", "zhao:sun", "--appoint", "wang:records_clerk")
    result = run(tmp_path, request_flow, *asked, people=NAMED)
    assert result.exit_code == 0
    head, told = result.output.split("如果孙洁代理赵国安，王小满任records_clerk：\n")
    assert "最少 4 人可以办完" in head
    assert "拟稿单位 water：\n  最少 4 人可以办完，变为最少 3 人可以办完\n" in told
    assert "  赵国安不在时，16 条路线不再办不下去，如：" in told
    english = run(tmp_path, request_flow, *asked, "--lang", "en", people=NAMED).output
    assert "if 孙洁 stands in for 赵国安, 王小满 holds records_clerk:" in english
    assert "finished by 4 people before, by 3 people after" in english
    assert "without 赵国安 16 routes are no longer blocked, such as" in english
    report = json.loads(run(tmp_path, request_flow, *asked, "--json", people=NAMED).output)
    granted = report["granted"]
    assert granted["stand_ins"] == [["zhao", "sun"]]
    assert granted["appointments"] == [["wang", "records_clerk"]]
    water = next(one for one in granted["after"] if one["unit"] == "water")
    assert (water["fewest_before"], water["fewest"]) == (4, 3)
    assert {"zhao"} in [set(block["absent"]) for block in water["freed"]]
    assert water["fresh"] == []
    assert granted["incompatible"] == {"posts": [], "steps": []}


def test_a_stand_in_inherits_incompatible_duties(tmp_path: Path) -> None:
    asked = ("--grant-stand-in", "chen:wu")
    told = run(tmp_path, PAYING, *asked, people=DUTIES).output.split("如果wu代理陈立：\n")[1]
    assert "不相容岗位  wu：代理陈立出纳付款 [finance_head]，又稽核对账 [director]" in told
    english = run(tmp_path, PAYING, *asked, "--lang", "en", people=DUTIES).output
    assert "incompatible  wu: cashier [finance_head] for 陈立, and" in english
    report = json.loads(run(tmp_path, PAYING, *asked, "--json", people=DUTIES).output)
    found = report["granted"]["incompatible"]["posts"]
    assert {"duty": "CSH", "post": "finance_head", "standing_in_for": "chen"} in [
        held for one in found for held in one["held"]
    ]


def test_what_changes_nothing_and_what_makes_it_worse(tmp_path: Path) -> None:
    same = run(tmp_path, ALONE, "--appoint", "chen:finance_head", people=NAMED)
    assert same.exit_code == 1
    assert same.output.endswith("如果陈立任finance_head：\n  没有变化\n")
    vacant = NAMED.replace('finance_head = ["chen"]', "finance_head = []")
    worse = run(tmp_path, ALONE, "--appoint", "chen:finance_head", people=vacant)
    assert worse.exit_code == 1
    assert (
        "没有人能办完，变为最少 1 人可以办完\n  陈立起草；陈立付款。\n  一人办完，不能发布"
        in worse.output
    )
    assert "人都在时，1 条路线不再办不下去" in worse.output
    english = run(tmp_path, ALONE, "--appoint", "chen:finance_head", "--lang", "en", people=vacant)
    assert "with everybody there one route is no longer blocked, such as 付款" in english.output
    assert "alone: not to be published" in english.output


def test_the_verdict_is_on_the_bureau_as_it_would_be(tmp_path: Path) -> None:
    two = ALONE.replace("min_deciders = 0", 'min_deciders = 0\nconflicts = [["draft", "pay"]]')
    vacant = NAMED.replace('finance_head = ["chen"]', "finance_head = []")
    assert run(tmp_path, two, people=vacant).exit_code == 1
    result = run(tmp_path, two, "--appoint", "chen:finance_head", people=vacant)
    assert result.exit_code == 0, result.output
    assert "没有人能办完，变为最少 2 人可以办完" in result.output


def test_a_change_that_is_not_decided_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(change, "_opened", lambda *_: iter([None]))
    result = run(tmp_path, ALONE, "--appoint", "chen:finance_head")
    assert "  未能判定，不能视为安全" in result.output.split("如果")[1]
    english = run(tmp_path, ALONE, "--appoint", "chen:finance_head", "--lang", "en").output
    assert "  not decided; not to be called safe" in english


def test_now_blocked_is_told_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    block = checkups.Block(frozenset({"pay"}), ("wu",))
    monkeypatch.setattr(change, "_opened", lambda *_: iter([block]))
    told = run(tmp_path, ALONE, "--appoint", "chen:finance_head").output
    assert "wu不在时，1 条路线变得办不下去，如：付款" in told


@pytest.mark.parametrize(
    ("option", "value", "told"),
    [
        ("--grant-stand-in", "zhao", "zhao"),
        ("--grant-stand-in", "zhao:", "zhao:"),
        ("--grant-stand-in", "zhao:nobody", "nobody"),
        ("--appoint", "ghost:finance_head", "ghost"),
        ("--appoint", "zhao:emperor", "emperor"),
    ],
)
def test_who_or_what_is_unknown_is_a_mistake(
    tmp_path: Path, option: str, value: str, told: str
) -> None:
    result = run(tmp_path, ALONE, option, value)
    assert result.exit_code == 2
    assert told in result.output


def test_trying_out_needs_people(tmp_path: Path) -> None:
    flow = tmp_path / "flow.toml"
    flow.write_text(ALONE, encoding="utf-8")
    result = CliRunner().invoke(main, ["flow", "check", str(flow), "--appoint", "a:b"])
    assert result.exit_code == 2
    assert "--people" in result.output

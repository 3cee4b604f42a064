"""What is proposed rests on facts: the source's last papers, its table, the words, the places."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.office.town import Stopped, Town
from zhongshu.apps.documents import names, places, weighing
from zhongshu.apps.documents.actions import registering
from zhongshu.apps.documents.queries import sources
from zhongshu.kernel.flow.codec import load_case
from zhongshu.kernel.papers.layout import Box, Layout, Line, Page
from zhongshu.kernel.papers.reading import Place
from zhongshu.kernel.triage import Mark
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.matters import actions as matters
from zhongshu.office.matters import asking
from zhongshu.office.matters.models import Matter, Todo

from .conftest import entry


@pytest.mark.parametrize(
    ("number", "same"),
    [
        ("临水所请〔2026〕21号", "临水所请[2026]第021号"),
        ("临水所请〔2026〕21号", "临水所请（2026）21 号"),
        ("临水所请〔2026〕21号", "临水所请【２０２６】２１号"),
        ("A-2026/XY", "a-2026 / xy"),
    ],
)
def test_a_number_is_the_same_however_it_is_written(number: str, same: str) -> None:
    assert names.number_key(number) == names.number_key(same)


def test_another_number_is_another() -> None:
    one = names.number_key("临水所请〔2026〕21号")
    assert one != names.number_key("临水所请〔2026〕27号")
    assert one != names.number_key("临水所函〔2026〕21号")
    assert one != names.number_key("临水所请〔2025〕21号")
    assert names.number_key("") == ""


def test_a_title_is_the_same_with_other_punctuation_and_of_the_same_source() -> None:
    one = names.title_key("水务所", "关于“泵车”的请示")
    assert one == names.title_key("水务所", "关于「泵车」的请示 ")
    assert one != names.title_key("水厂", "关于“泵车”的请示")
    assert names.title_key("水务所", "，。") == ""


def registered(by: Actor, n: int, **changed: object) -> Matter:
    told = entry(title=f"关于第{n}件事的请示", document_no=f"水〔2026〕{n}号", **changed)
    return registering.register(key=f"{n:032x}", entry=told, by=by)


def test_the_register_is_that_of_the_last_paper(clerk: Actor, office: Town) -> None:
    asked = {"seen_by": clerk}
    assert sources.register(source="", **asked) == ("", "low")
    assert sources.register(source="云泽市人民政府", **asked) == ("superior", "mid")
    assert sources.register(source="水资源科", **asked) == ("lower", "high")
    assert sources.register(source="某某同志", **asked) == ("other", "low")
    registered(clerk, 1, source="某某同志", register="petition")
    assert sources.register(source="某某同志", **asked) == ("petition", "high")


def led(office: Town, matter: Matter, unit: str) -> None:
    """Reviewed, and proposed to be led by a unit."""
    for name, verb, changes in (
        ("许初", "approve", {}),
        ("何主任", "done", {"handling": "批办", "lead_unit": unit, "advice": "请办理"}),
    ):
        by = office.actor(name)
        todo = Todo.objects.get(matter=matter, person=office.people[name])
        said = said_at(matter, todo, changes)
        matters.act(key=matter.key, command=asking.command(verb, said), by=by)


def said_at(matter: Matter, todo: Todo, changes: dict[str, str]) -> asking.Said:
    case = load_case(Matter.objects.get(pk=matter.pk).case.text)
    slot = next(s for act in case.acts.values() for s in act.slots if s.id == todo.slot)
    return asking.Said(
        slot=slot.id, rev=slot.rev, seen=case.content.digest, opinion="同意", changes=changes
    )


def test_who_led_such_papers_before_is_counted(clerk: Actor, office: Town, time: Stopped) -> None:
    asked = {"source": "临溪区水务所", "sort": "请示", "seen_by": clerk}
    assert sources.lead(**asked) is None
    for n, unit in enumerate(("water", "finance", "water", ""), 1):
        matter = registered(clerk, n)
        if unit:
            led(office, matter, unit)
    assert sources.lead(**asked) == ("water", "水资源科", 2, 3)
    assert sources.lead(**asked | {"sort": "函"}) is None
    assert sources.lead(**asked | {"sort": ""}) == ("water", "水资源科", 2, 3)
    assert sources.lead(**asked | {"seen_by": office.actor("外人")}) is None
    time.at += timedelta(days=366)
    assert sources.lead(**asked) is None


def asked(**changed: object) -> weighing.Asked:
    told = {
        "register": "lower", "source": "临溪区水务所", "title": "关于巡检的报告",
        "mark": Mark.NORMAL, "wanted_by": None, "received_at": clock.now(), "found": (),
    }  # fmt: skip
    return weighing.Asked(**(told | changed))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changed", "weight", "why"),
    [
        ({}, 1, "一般事项"),
        ({"source": "云泽市财政局"}, 2, "平级单位来文（云泽市财政局）"),
        ({"register": "superior", "source": "某某协会"}, 3, "上级机关来文（某某协会）"),
        ({"source": "云泽市人民政府"}, 5, "党委政府交办（云泽市人民政府）"),
        ({"title": "关于取水口险情的报告"}, 8, "涉及安全（险情）"),
        ({"register": "instruction"}, 8, "局长批示（领导批示件）"),
        ({"title": "关于拨付120万元的请示"}, 5, "金额一百万元以上（1,200,000.00 元）"),
        ({"found": weighing.found_in("", "行政复议答复通知书")}, 5, "法定职责（行政复议）"),
    ],
)
def test_weight_with_its_reason(changed: dict[str, object], weight: int, why: str) -> None:
    proposed = weighing.propose(asked(**changed))
    assert (proposed.weight, proposed.why) == (weight, why)


def test_a_written_day_wins(time: Stopped) -> None:
    by_mark = weighing.propose(asked(mark=Mark.PRESSING))
    written = weighing.propose(asked(mark=Mark.PRESSING, wanted_by=date(2026, 12, 18)))
    assert (by_mark.by_date, clock.local(by_mark.due_at).day) == (False, 26)
    assert (written.by_date, clock.local(written.due_at).day) == (True, 18)


def test_a_unit_has_a_table_of_its_own(settings: Settings, tmp_path: Path) -> None:
    settings.HOME = tmp_path
    (tmp_path / "signs.toml").write_text(
        'since = 2026-01-01\nsource = "示办〔2026〕1号"\n[[words]]\nfact = "red_line"\n'
        'any = ["巡检"]\nstrength = "unit"\n',
        "utf-8",
    )
    weighing.table.cache_clear()
    proposed = weighing.propose(asked(source="云泽市人民政府"))
    assert (proposed.weight, proposed.why) == (8, "触及红线（巡检）")


PAGE = Page(
    (
        Line("临水所请〔2026〕21号", Box(30, 80, 90, 86)),
        Line("签发人：梅若川", Box(140, 80, 182, 86)),
        Line("关于申请调配移动式", Box(60, 100, 150, 108)),
        Line("应急泵车的请示", Box(70, 112, 140, 120)),
        Line("请于2026年12月10日前报送", Box(30, 150, 130, 156)),
        Line("没有排版"),
    ),
    210.0,
    297.0,
)
WHOLE = Box(30, 80, 182, 86)


@pytest.mark.parametrize(
    ("row", "value", "box"),
    [
        (WHOLE, "临水所请〔2026〕21号", Box(30, 80, 90, 86)),
        (WHOLE, "梅若川", Box(164, 80, 182, 86)),
        (Box(30, 150, 130, 156), "2026-12-10", Box(46.67, 150, 105.0, 156)),
        (Box(60, 100, 150, 108), "关于申请调配移动式应急泵车的请示", Box(60, 100, 150, 120)),
        (WHOLE, "不在纸上", WHOLE),
        (WHOLE, "", WHOLE),
    ],
)
def test_a_place_is_no_larger_than_what_was_read(row: Box, value: str, box: Box) -> None:
    found = places.narrowed(Layout("pdf", (PAGE,)), Place(1, row), value)
    assert found is not None
    assert [round(side, 2) for side in found] == list(box)


def test_what_was_never_laid_out_has_no_place() -> None:
    assert places.narrowed(Layout("txt", (PAGE,)), Place(1), "梅若川") is None

"""What sections have in hand: counts by the gate, order by triage, names with each row."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.test import Client

from tests.office.matters.test_act import approve, opened, submit
from tests.office.town import Town
from zhongshu.office.matters import queue

Sit = Callable[[str], Client]
HERE = "/section/"


def test_a_head_sees_his_section_and_who_has_what(town: Town, sit: Sit) -> None:
    mine = opened(town, title="购置流量计的签报")
    submit(town, mine)
    other = opened(town, by="外人", title="财务科自己的签报")
    submit(town, other, by="外人")
    page = sit("张科").get(HERE).content.decode()
    assert "购置流量计的签报" in page
    assert "在 张科 处" in page
    assert "财务科自己的签报" not in page
    assert "共 1 件在办" in page


def test_a_leader_sees_the_sections_he_leads(town: Town, sit: Sit) -> None:
    for by, title in (("王小满", "水资源科的签报"), ("外人", "财务科的签报")):
        matter = opened(town, by=by, title=title)
        submit(town, matter, by=by)
    leader = sit("赵副")
    page = leader.get(HERE).content.decode()
    assert set(re.findall(r'href="/section/\?unit=(\w+)"', page)) >= {"water", "finance"}
    assert "财务科的签报" in leader.get(f"{HERE}?unit=finance").content.decode()
    assert "共 2 件在办" in page


def test_who_answers_for_nobody_has_no_such_page(town: Town, sit: Sit) -> None:
    assert sit("王小满").get(HERE).status_code == 404
    assert "部门在办" not in sit("王小满").get("/").content.decode()
    assert "部门在办" in sit("张科").get("/").content.decode()
    assert sit("audit").get(HERE).status_code == 404


def test_the_order_is_that_of_the_desk(town: Town, sit: Sit) -> None:
    for number, (weight, urgency) in enumerate(((1, "normal"), (5, "normal"), (1, "flash"))):
        matter = opened(town, title=f"第{number}件", weight=weight, urgency=urgency)
        submit(town, matter)
    head = town.people["张科"]
    team = queue.team(persons=[head.pk], seen_by=town.actor("张科"))
    desk = queue.desk(seen_by=town.actor("张科"))
    assert [one.todo.pk for one in team] == [one.todo.pk for one in desk if not one.held]
    assert len(team) == 3


def test_a_row_is_gone_as_soon_as_it_is_done(town: Town, sit: Sit) -> None:
    matter = opened(town)
    submit(town, matter)
    approve(town, matter, "张科")
    assert "共 0 件在办" in sit("张科").get(HERE).content.decode()

"""The check-up in the browser: who may look, what it says, and what a change would come to."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.office.town import Town, flow
from zhongshu.apps.processes import examining
from zhongshu.office import clock
from zhongshu.office.actor import machine
from zhongshu.office.matters import processes
from zhongshu.office.matters.models import Process
from zhongshu.office.people import actions as people
from zhongshu.office.people import revision
from zhongshu.office.people.models import StandIn

from .conftest import Sit

ALONE = """
format = 1
id = "lone"
name = "一人到底"
version = 1
min_deciders = 0
[[nodes]]
id = "draft"
name = "起草"
kind = "draft"
next = "do"
[[nodes]]
id = "do"
name = "办理"
kind = "task"
seats = [{ post = "records_clerk", name = "文书" }]
next = "end"
[[nodes]]
id = "end"
name = "办结"
kind = "end"
"""


def read(answer: object) -> str:
    text = re.sub(r"<[^>]+>", " ", answer.content.decode())  # type: ignore[attr-defined]
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("system", 200),
        ("security", 200),
        ("audit", 200),
        ("李局", 200),
        ("张科", 200),
        ("王小满", 403),
        ("外人", 403),
    ],
)
def test_who_may_look(sit: Sit, who: str, status: int) -> None:
    client = sit(who)
    for address in (
        "/processes/checkup/",
        "/processes/request/checkup/",
        "/processes/request/1/checkup/",
        "/processes/request/checkup/report/",
    ):
        assert client.get(address).status_code == status, address
    if "system" not in who:
        on_rail = "流程体检" in read(client.get("/people/"))
        assert on_rail is (status == 200)


def test_the_overview_names_the_gravest_first(sit: Sit) -> None:
    processes.release(process=processes.propose(text=ALONE, by=machine("a")), by=machine("b"))
    page = read(sit("security").get("/processes/checkup/"))
    assert "1 个流程一人就能走完" in page
    assert page.index("一人到底") < page.index("内部签报")


def test_a_check_up_says_who_and_where(sit: Sit, town: Town) -> None:
    page = read(sit("security").get("/processes/request/checkup/"))
    assert "没有人能独自走完" in page
    assert "办完至少要 3 个人" in page
    assert "交办归档单点" in page
    assert "黄文不在就停" in page
    assert "最弱组合怎么走通" in page


def test_one_who_can_do_it_alone_is_told_as_a_story_and_cured(sit: Sit) -> None:
    processes.release(process=processes.propose(text=ALONE, by=machine("a")), by=machine("b"))
    page = read(sit("audit").get("/processes/lone/checkup/"))
    assert "黄文一人就能走完" in page
    assert "黄文起草；黄文办理。" in page
    assert "加一条“起草”与“办理”不同人，则最少 2 人" in page
    assert "“起草”与“办理”同件不同人 2" in page, "the table of changes tries it"


def test_a_head_is_told_posts_where_he_may_not_be_told_names(sit: Sit) -> None:
    whole = read(sit("security").get("/processes/request/checkup/"))
    head = read(sit("张科").get("/processes/request/checkup/"))
    assert "黄文" in whole
    assert "黄文" not in head
    assert "records_clerk不在就停" in head
    assert "张科" in head


def test_a_change_is_answered_and_nothing_is_changed(sit: Sit, town: Town) -> None:
    before = (StandIn.objects.count(), revision.mark())
    asked = {
        "try": "1",
        "principal": town.people["黄文"].key,
        "deputy": town.people["吴法"].key,
    }
    client = sit("security")
    page = read(client.get("/processes/request/checkup/", asked))
    assert "吴法作黄文的 B 角" in page
    assert "不再离不开一个人：交办归档。" in page
    part = client.get("/processes/request/checkup/", asked, headers={"HX-Target": "tried"})
    assert "<html" not in part.content.decode()
    assert "吴法作黄文的 B 角" in read(part)
    assert (StandIn.objects.count(), revision.mark()) == before


def test_what_could_not_be_released_says_so(sit: Sit, town: Town) -> None:
    processes.release(process=processes.propose(text=ALONE, by=machine("a")), by=machine("b"))
    client, clerk = sit("security"), town.post("records_clerk", "office").code
    asked = {"try": "1", "person": town.people["吴法"].key, "post": clerk}
    page = read(client.get("/processes/lone/checkup/", asked))
    assert "吴法任records_clerk" in page
    assert "一个人就能办完，或者没有人能办完，或者未能判定。" in page
    strict = client.get("/processes/lone/checkup/", {"try": "1", "least": "9"})
    assert 'data-tone="stop"' in strict.content.decode()


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"person": "x"}, "有 1 处要改"),
        ({"first": "draft"}, "这一项要一起选"),
        ({"first": "draft", "second": "draft"}, "两项不能相同"),
        ({"least": "many"}, "有 1 处要改"),
        ({}, "还没有选要改什么"),
    ],
)
def test_half_a_change_is_asked_for_the_rest(sit: Sit, asked: dict[str, str], says: str) -> None:
    answer = sit("security").get("/processes/request/checkup/", {"try": "1", **asked})
    assert answer.status_code == 200
    assert says in read(answer)


PAIR = """
format = 1
id = "pair"
name = "先审后批"
version = 1
conflicts = [["first", "second"]]
[[nodes]]
id = "draft"
name = "起草"
kind = "draft"
next = "first"
[[nodes]]
id = "first"
name = "审核"
kind = "decide"
seats = [{ post = "water_head" }]
next = "second"
[[nodes]]
id = "second"
name = "批准"
kind = "decide"
seats = [{ post = "deputy" }]
next = "end"
[[nodes]]
id = "end"
name = "办结"
kind = "end"
"""


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (PAIR, "在岗的人不能同时满足：“不相容：审核与批准”"),
        (
            PAIR.replace('[{ post = "deputy" }]', '[{ post = "deputy" }]\ndelegable = false'),
            "“批准”不由 B 角代办",
        ),
    ],
    ids=["rule", "not for stand-ins"],
)
def test_a_stand_in_who_does_not_help_is_named_with_the_reason(
    sit: Sit, town: Town, text: str, why: str
) -> None:
    processes.release(process=processes.propose(text=text, by=machine("a")), by=machine("b"))
    now = clock.now()
    StandIn.objects.create(
        principal=town.people["赵副"],
        deputy=town.people["张科"],
        start=now,
        end=now + timedelta(days=30),
    )
    revision.touch()
    page = read(sit("security").get("/processes/pair/checkup/"))
    assert "张科顶不上赵副" in page
    assert why in page
    assert not re.search(r"[0-9a-f]{24}", page), "a key is no name"


def test_too_many_ways_are_not_called_safe(sit: Sit) -> None:
    seats = ", ".join(f'{{ post = "p{n}" }}' for n in range(16))
    many = ALONE.replace('[{ post = "records_clerk", name = "文书" }]', f"[{seats}]").replace(
        'kind = "task"', 'kind = "task"\nrule = { count = 8 }'
    )
    processes.release(process=processes.propose(text=many, by=machine("a")), by=machine("b"))
    client = sit("security")
    assert "路线太多" in read(client.get("/processes/checkup/"))
    page = client.get("/processes/lone/checkup/?try=1&least=2")
    assert page.status_code == 200
    assert "不能视为安全" in read(page)


def test_it_is_looked_at_again_when_people_change_and_not_before(
    sit: Sit, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    known = examining.examine
    examining._found.clear()
    examining._rights.clear()  # what a test before found of the same bureau still holds
    monkeypatch.setattr(
        examining, "examine", lambda *args: looked.append(args[0].definition.id) or known(*args)
    )
    client = sit("security")
    client.get("/processes/checkup/")
    client.get("/processes/request/checkup/")
    assert looked == ["request"]
    people.appoint(
        person=town.people["王小满"], post=town.post("stoker", "water"), by=machine("tests")
    )
    client.get("/processes/request/checkup/")
    assert looked == ["request"], "a post that the process does not know changes nothing in it"
    people.appoint(
        person=town.people["吴法"],
        post=town.post("records_clerk", "office"),
        by=machine("tests"),
    )
    page = read(client.get("/processes/request/checkup/"))
    assert looked == ["request", "request"]
    assert "交办归档单点" not in page


def test_queries_do_not_grow_with_the_processes(sit: Sit) -> None:
    client = sit("security")
    client.get("/processes/checkup/")
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get("/processes/checkup/")
    for code in ("expense", "leave", "supplies"):
        flow(code)
    client.get("/processes/checkup/")
    with CaptureQueriesContext(connection) as many:
        client.get("/processes/checkup/")
    assert len(few) == len(many)


def test_what_is_not_there_is_not_found(sit: Sit) -> None:
    client = sit("security")
    assert client.get("/processes/nothing/checkup/").status_code == 404
    assert client.get("/processes/request/99/checkup/").status_code == 404
    Process.objects.update(state=Process.State.RETIRED)
    assert client.get("/processes/request/checkup/").status_code == 200
    assert "还没有发布的流程" in read(client.get("/processes/checkup/"))


def test_the_report_says_which_version_and_by_which_matrix(sit: Sit) -> None:
    page = read(sit("audit").get("/processes/request/checkup/report/"))
    digest = Process.objects.get(code="request").digest
    assert digest[:16] in page
    assert "2024年7月1日起的一版" in page
    assert "流程体检报告" in page


def test_in_english_nothing_is_chinese_but_names(sit: Sit) -> None:
    client = sit("security")
    client.cookies["django_language"] = "en"
    page = read(client.get("/processes/request/checkup/"))
    assert "Nobody can finish alone" in page
    assert "Who may take which step" in page

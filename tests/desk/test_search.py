"""The page of search: filters are links, hits are marked, nothing leaks, nothing breaks."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.desk.conftest import Sit
from tests.office.matters.test_act import opened, submit
from tests.office.town import Town
from zhongshu.office.matters import actions as matters
from zhongshu.office.matters.models import Matter

CANARY = "金丝雀"


def titled(town: Town, title: str, by: str = "王小满", grade: int = 1) -> Matter:
    opening = matters.Opening(kind="request", title=title, grade=grade)
    return matters.open_matter(opening=opening, by=town.actor(by))


def page(client: Client, asked: str, where: str = "/search/") -> str:
    answer = client.get(f"{where}?{asked}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_hit_shows_where_it_was_found(town: Town, sit: Sit) -> None:
    submit(town, opened(town))
    told = page(sit("李局"), "q=流量计")
    assert "<mark>流量计</mark>" in told
    assert "找到 1 件" in told
    assert '<input type="search"' in told
    assert 'value="流量计"' in told


def test_filters_are_addresses_that_keep_the_question(town: Town, sit: Sit) -> None:
    titled(town, "防汛 a&b")
    told = page(sit("李局"), f"q={quote('防汛 a&b')}&state=open")
    asked = f"q={quote('防汛')}+a%26b"
    assert f'href="/search/?{asked}"' in told
    assert f'href="/search/?{asked}&amp;state=closed"' in told
    assert f'href="/search/?{asked}&amp;state=open&amp;mine=1"' in told
    assert f'href="/search/?{asked}&amp;kind=request&amp;state=open"' in told
    back = page(sit("李局"), f"q={quote('防汛')}&kind=request&mine=1")
    assert f'href="/search/?q={quote("防汛")}&amp;mine=1"' in back
    assert "去掉筛选条件" in back


def test_an_empty_place_says_what_to_do(town: Town, sit: Sit) -> None:
    client = sit("李局")
    assert "想找什么" in page(client, "")
    assert "换个更短的词" in page(client, "q=没有这样的事")


def test_more_than_a_page_has_a_next_page(town: Town, sit: Sit) -> None:
    for number in range(23):
        titled(town, f"防汛{number}")
    client = sit("李局")
    first = page(client, "q=防汛")
    assert "找到 23 件" in first
    assert "from=20" in first
    second = page(client, "q=防汛&from=20")
    assert second.count("<mark>防汛</mark>") == 3
    assert "from=0" in second
    assert "from=40" not in second
    assert page(client, f"q=防汛&from={'9' * 40}")
    assert page(client, "q=防汛&from=-1")


def test_what_is_offered_is_a_short_list(town: Town, sit: Sit) -> None:
    matter = titled(town, "防汛预案")
    told = page(sit("李局"), "q=防汛预", "/search/suggest/")
    assert f'<a href="/m/{matter.key}/"><mark>防汛预</mark>案</a>' in told
    assert "<html" not in told
    assert page(sit("李局"), "", "/search/suggest/").strip() == ""


def test_a_canary_is_in_nobody_elses_page(town: Town, sit: Sit) -> None:
    matter = titled(town, CANARY, by="何主任", grade=2)
    for name in [*town.people, "system", "security", "audit"]:
        client = sit(name)
        for asked in (CANARY, CANARY[0], matter.number, "2026", "签报"):
            for where in ("/search/", "/search/suggest/"):
                told = page(client, f"q={quote(asked)}", where)
                own = told.replace(f'value="{CANARY}"', "").replace(f"<title>{CANARY}", "")
                leaked = f"{CANARY[1:]}" in own and "<mark>" in own
                leaked = leaked or matter.key in own
                assert leaked == (name in {"李局", "赵副", "何主任"}), (name, asked, where)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(
    st.text(max_size=40),
    st.text(max_size=8),
    st.sampled_from(["open", "closed", "x", ""]),
    st.sampled_from(["1", "", "true"]),
)
def test_whatever_is_typed_there_is_a_page(
    town: Town, sit: Sit, q: str, kind: str, state: str, mine: str
) -> None:
    client = sit("李局")
    for where in ("/search/", "/search/suggest/"):
        answer = client.get(where, {"q": q, "kind": kind, "state": state, "mine": mine})
        assert answer.status_code == 200


def test_hostile_titles_stay_text(town: Town, sit: Sit) -> None:
    titled(town, "<script>防汛</script>")
    told = page(sit("李局"), "q=防汛")
    assert "<script>" + "<mark>" not in told
    assert "&lt;script&gt;<mark>防汛</mark>&lt;/script&gt;" in told
    told = page(sit("李局"), "q=script")
    assert "&lt;<mark>script</mark>&gt;" in told


@pytest.mark.parametrize("where", ["/search/", "/search/suggest/", "/notices/"])
def test_only_for_who_is_signed_in(town: Town, where: str) -> None:
    answer = Client().get(where)
    assert answer.status_code == 302
    assert "/account/login/" in answer.headers["Location"]

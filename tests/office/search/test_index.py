"""The index says what a reader would: on this database, both ways of asking, and to nobody else."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.db import IntegrityError, connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.office.matters.test_act import approve, opened, slot, submit
from tests.office.search import naive
from tests.office.town import Town
from zhongshu.kernel.flow import Actor as Who
from zhongshu.kernel.flow import case as kernel
from zhongshu.kernel.flow import commands as c
from zhongshu.kernel.flow.codec import load_case
from zhongshu.office.actor import Actor
from zhongshu.office.matters import actions as matters
from zhongshu.office.matters import happenings
from zhongshu.office.matters.models import Matter
from zhongshu.office.notices import actions as notices
from zhongshu.office.search import actions, engine, places, queries, texts
from zhongshu.office.search.models import Document

Part = Document.Part
EACH = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
SYLLABLES = "水利防汛督办物资61a"
CANARY = "绝密鸟"


@pytest.fixture(params=("scan", "index"))
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Read the few texts there are, or ask the index, whatever the house's size."""
    monkeypatch.setattr(queries, "FEW", 1000 if request.param == "scan" else 0)
    return str(request.param)


def titled(town: Town, title: str, by: str = "王小满", grade: int = 1) -> Matter:
    opening = matters.Opening(kind="request", title=title, grade=grade)
    return matters.open_matter(opening=opening, by=town.actor(by))


def keys(town: Town, text: str, by: str = "李局", **more: object) -> list[int]:
    found = queries.search(text=text, seen_by=town.actor(by), **more)
    assert len(found.hits) == min(found.total, 20)
    return [hit.matter.pk for hit in found.hits]


def test_a_matter_is_found_as_soon_as_it_is_opened(town: Town, way: str) -> None:
    matter = titled(town, "关于购置流量计的请示")
    for question in ("流量计", "量", "购置 流量", "签报〔2026〕1号", "2026", matter.number):
        assert keys(town, question) == [matter.pk], question
    assert keys(town, "流量表") == []


def test_what_is_said_is_found_and_where_it_was_said(town: Town, way: str) -> None:
    matter = opened(town)
    submit(town, matter)
    fresh = Matter.objects.select_related("case").get(pk=matter.pk)
    seat, seen = slot(fresh, town.people["张科"].key)
    matters.act(
        key=matter.key,
        command=lambda who: c.Decide(who, seat.id, seat.rev, seen, "approve", "请尽快询价。"),
        by=town.actor("张科"),
    )
    hit = queries.search(text="询价", seen_by=town.actor("李局")).hits[0]
    assert (hit.matter.pk, hit.part) == (matter.pk, "意见")
    assert hit.words == (("请尽快", False), ("询价", True), ("。", False))
    assert keys(town, "流量计 询价") == [matter.pk]  # one in the title, one in an opinion
    assert keys(town, "询价 水库") == []


def test_the_form_is_found_as_it_last_was(town: Town, way: str) -> None:
    matter = titled(town, "请示")
    for subject in ("旧水泵", "新水泵"):
        if subject == "新水泵":
            seat, seen = slot(Matter.objects.get(pk=matter.pk), town.people["张科"].key)
            matters.act(
                key=matter.key,
                command=lambda who, s=seat, d=seen: c.SendBack(
                    who, s.id, s.rev, d, "draft", "重写"
                ),
                by=town.actor("张科"),
            )
        matters.act(
            key=matter.key,
            command=lambda who, s=subject: c.Submit(who, changes={"subject": s, "text": "x"}),
            by=town.actor("王小满"),
        )
    assert keys(town, "旧水泵") == []
    assert keys(town, "新水泵") == keys(town, "重写") == [matter.pk]


def test_the_number_comes_first_then_titles_then_the_rest_newest_first(
    town: Town, way: str
) -> None:
    number = titled(town, "甲")
    old_title = titled(town, f"再论{number.number}的执行")
    rest = titled(town, "乙")
    actions.index(matter=rest, part=Part.FILE, text=f"依据{number.number}办理", source="f")
    new_title = titled(town, f"落实{number.number}")
    assert keys(town, number.number) == [number.pk, new_title.pk, old_title.pk, rest.pk]


def test_whole_words_come_before_beginnings(town: Town, way: str) -> None:
    whole = titled(town, "第61号井")
    begins = titled(town, "第610号井")
    in_a_file = titled(town, "井")
    actions.index(matter=in_a_file, part=Part.FILE, text="61", source="f")
    assert keys(town, "61") == [whole.pk, begins.pk, in_a_file.pk]
    assert keys(town, "610") == [begins.pk]


def test_texts_of_apps_are_found_replaced_and_taken_away(town: Town, way: str) -> None:
    matter = titled(town, "附件甚多")
    actions.index(matter=matter, part=Part.FILE, text="河道清淤方案", source="f1")
    actions.index(matter=matter, part=Part.FILE, text="泵站" * 9000, source="f2")
    assert keys(town, "清淤") == keys(town, "站泵站") == [matter.pk]
    actions.index(matter=matter, part=Part.FILE, text="河道疏浚方案", source="f1")
    assert (keys(town, "清淤"), keys(town, "疏浚")) == ([], [matter.pk])
    actions.index(matter=matter, part=Part.FILE, text="", source="f2")
    assert keys(town, "泵站") == []
    hit = queries.search(text="疏浚", seen_by=town.actor("李局")).hits[0]
    assert hit.part == "附件"


def test_another_title_is_found_and_the_old_one_not(town: Town, way: str) -> None:
    matter = titled(town, "防汛")
    matter.title = "抗旱"
    matter.save()
    actions.retitle(matter=matter)
    assert (keys(town, "防汛"), keys(town, "抗旱")) == ([], [matter.pk])


@pytest.mark.parametrize("question", ["", "  ", "？！", "\ud800", "\x00", "《》"])
def test_a_question_that_says_nothing_is_not_asked(town: Town, way: str, question: str) -> None:
    titled(town, "防汛")
    found = queries.search(text=question, seen_by=town.actor("李局"))
    assert found == queries.Found((), 0, more=False, asked=False)
    assert queries.suggest(text=question, seen_by=town.actor("李局")) == ()


HOSTILE = st.one_of(
    st.text(max_size=60),
    st.text(st.sampled_from("\"'*&|!()<>:^{}\\-+ANDORTE水利a1 \x00\ud800"), max_size=60),
    st.sampled_from(
        ["NEAR(a b)", "a AND", "title:水", "''::tsquery", '"', "%s", "%", "水*", "-水"]
    ),
)


@EACH
@given(HOSTILE)
def test_nothing_typed_is_ever_an_error(town: Town, way: str, question: str) -> None:
    titled(town, "防汛")
    queries.search(text=question, seen_by=town.actor("李局"))
    queries.suggest(text=question, seen_by=town.actor("李局"))


@EACH
@given(
    st.lists(st.text(st.sampled_from(SYLLABLES + "，〔 "), min_size=1, max_size=14), max_size=6),
    st.lists(st.text(st.sampled_from(SYLLABLES), min_size=1, max_size=4), min_size=1, max_size=3),
    st.sampled_from([" ", "，"]),
)
def test_the_index_answers_as_a_reader_would(
    town: Town, way: str, texts: list[str], words: list[str], parted: str
) -> None:
    question = parted.join(words)
    matters_ = [titled(town, text) for text in texts]
    wanted = [
        matter.pk
        for matter in matters_
        if naive.holds(f"{matter.number}\n{matter.title}", question)
    ]
    surely = [
        matter.pk
        for matter in matters_
        if naive.holds(f"{matter.number}\n{matter.title}", question, whole=True)
    ]
    rest = [pk for pk in wanted if pk not in surely]
    assert keys(town, question) == surely[::-1] + rest[::-1]
    for matter in matters_:  # the next example begins with nothing
        actions._forget(actions._texts(matter))


def test_a_canary_sings_for_nobody_else(town: Town, way: str) -> None:
    titled(town, f"{CANARY}甲", by="何主任", grade=2)
    titled(town, f"{CANARY}乙", by="王小满")
    actions.index(
        matter=titled(town, "无关", by="何主任", grade=2), part=Part.FILE, text=CANARY, source="f"
    )
    sees = {"李局": 3, "赵副": 3, "何主任": 2, "王小满": 1, "张科": 1}
    for name in town.people:
        for question in (CANARY, CANARY[0], CANARY[:2], f"{CANARY} 甲", "2026", "签报〔2026〕1号"):
            found = queries.search(text=question, seen_by=town.actor(name))
            allowed = {hit.matter.pk for hit in found.hits}
            assert allowed <= set(
                queries.visible(seen_by=town.actor(name)).values_list("pk", flat=True)
            )
            assert found.total == len(allowed)
            offered = queries.suggest(text=question, seen_by=town.actor(name))
            assert {hit.matter.pk for hit in offered} <= allowed
        found = queries.search(text=CANARY, seen_by=town.actor(name))
        assert found.total == sees.get(name, 0), name
        assert CANARY in str(found.hits) or name not in sees
    nobody = queries.search(text=CANARY, seen_by=Actor("account:1", "audit"))
    assert nobody.total == 0


def test_filters_narrow_and_never_widen(town: Town, way: str) -> None:
    one, two = titled(town, "防汛一"), titled(town, "防汛二", by="陈立")
    Matter.objects.filter(pk=one.pk).update(closed_at=one.opened_at)
    assert keys(town, "防汛", state="open") == [two.pk]
    assert keys(town, "防汛", state="closed") == [one.pk]
    assert keys(town, "防汛", state="x") == [two.pk, one.pk]
    assert keys(town, "防汛", kind="request") == [two.pk, one.pk]
    assert keys(town, "防汛", kind="none") == []
    assert keys(town, "防汛", mine=True) == []
    assert keys(town, "防汛", by="陈立", mine=True) == [two.pk]


def test_more_than_a_hundred_are_said_to_be_more(
    town: Town, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "CAP", 5)
    pks = [titled(town, "防汛").pk for _ in range(7)][::-1]

    def page(limit: int, offset: int) -> tuple[list[int], int, bool]:
        found = queries.search(text="防汛", seen_by=town.actor("李局"), limit=limit, offset=offset)
        return [hit.matter.pk for hit in found.hits], found.total, found.more

    assert page(3, 0) == (pks[:3], 5, True)
    assert page(3, 3) == (pks[3:6], 6, True)
    assert page(3, 6) == (pks[6:], 7, False)
    assert page(3, 10**9)[0] == []


def test_many_texts_of_one_matter_are_one_hit(town: Town, way: str) -> None:
    old = titled(town, "旧")
    actions.index(matter=old, part=Part.FILE, text="水库", source="a")
    new = titled(town, "新")
    for number in range(300):
        actions.index(matter=new, part=Part.FILE, text="水库", source=str(number))
    assert keys(town, "水库") == [new.pk, old.pk]


def test_suggestions_are_few_and_by_title(town: Town, way: str) -> None:
    for number in range(12):
        titled(town, f"防汛{number}")
    actions.index(matter=titled(town, "别的"), part=Part.FILE, text="防汛", source="f")
    offered = queries.suggest(text="防", seen_by=town.actor("李局"))
    assert len(offered) == queries.SUGGESTED
    assert all(hit.title[0] == ("防", True) for hit in offered)


def test_made_anew_it_is_the_same(town: Town, way: str) -> None:
    matter = opened(town)
    submit(town, matter)
    approve(town, matter, "张科")
    actions.index(matter=matter, part=Part.FILE, text="清淤", source="f")
    before = list(Document.objects.order_by("id").values("id", "part", "source", "text"))
    Document.objects.filter(part=Part.OPINION).update(text="", spelling="")
    assert actions.rebuild() == len(before)
    assert list(Document.objects.order_by("id").values("id", "part", "source", "text")) == before
    for question in ("流量计", "同意", "清淤", "2026"):
        assert keys(town, question) == [matter.pk], question


def test_two_that_bring_texts_at_once_both_find_a_place(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    matter = titled(town, "附件")
    actions.index(matter=matter, part=Part.FILE, text="甲", source="a")
    place = actions._brought
    stale = iter([True, True, False])

    def slow(*args: object) -> Iterator[Document]:
        rows = place(*args)
        if next(stale):
            for row in rows:
                row.id -= 1  # somebody took it meanwhile
        return rows

    monkeypatch.setattr(actions, "_brought", slow)
    actions.index(matter=matter, part=Part.FILE, text="乙", source="b")
    assert keys(town, "甲") == keys(town, "乙") == [matter.pk]
    monkeypatch.setattr(actions, "TRIES", 1)
    stale = iter([True])
    with pytest.raises(IntegrityError):
        actions.index(matter=matter, part=Part.FILE, text="丙", source="c")


def test_what_was_asked_answered_and_remarked_is_found(town: Town, way: str) -> None:
    matter = opened(town)
    submit(town, matter)
    friend = town.people["陈立"].key

    def act(by: str, make: Callable[[Who, kernel.Slot, str], c.Command]) -> None:
        seat, seen = slot(Matter.objects.get(pk=matter.pk), town.people["张科"].key)
        matters.act(key=matter.key, command=lambda who: make(who, seat, seen), by=town.actor(by))

    act("张科", lambda who, s, seen: c.Consult(who, s.id, s.rev, friend, "资金可有着落？"))
    act("陈立", lambda who, s, seen: c.Answer(who, s.id, s.asks[0].id, "预备费列支"))
    act("张科", lambda who, s, seen: c.Circulate(who, (friend,), expects="opinion"))
    reading = next(iter(load_case(Matter.objects.get(pk=matter.pk).case.text).readings))
    act("陈立", lambda who, s, seen: c.Acknowledge(who, reading, opinion="阅悉无异议"))
    for said in ("资金可有着落", "预备费列支", "阅悉无异议"):
        assert keys(town, said) == [matter.pk], said


def test_words_stand_where_the_notes_say() -> None:
    seat = kernel.Slot(4, 0, "p", "open", via=(kernel.Via("transfer", "p", "请代办"),))
    acts = (kernel.Activation(1, "n", 1, "open", slots=(seat,)),)
    head = kernel.Head("k", "d", "p")

    def said(code: str, **about: str) -> list[str]:
        notes = (kernel.Note(code, tuple(about.items())),)
        who = kernel.Actor("p")
        event = kernel.Event(1, "x", who, 0, "", notes, head, None, acts, (), ())
        return list(texts.of_opinions(event))

    assert said("transferred", slot="4") == ["请代办"]
    assert said("override", opinion="情况紧急") == ["情况紧急"]
    assert said("approve", slot="4") == []
    assert said("urged", slot="4") == []


def test_a_step_that_changed_nothing_adds_nothing(town: Town) -> None:
    matter = titled(town, "甲")
    case = load_case(matter.case.text)
    step = happenings.Step(matter, town.actor("王小满"), kernel.Outcome(case, None, (), ()), ())
    before = Document.objects.count()
    actions.stepped(step)
    notices.stepped(step)
    assert Document.objects.count() == before
    assert str(Document.objects.order_by("id")[0]) == f"title {matter.pk}"


def test_places_say_whose_they_are() -> None:
    assert places.matter(places.key(7, places.TITLE)) == 7
    assert places.matter(places.key(7, places.BROUGHT[-1])) == 7
    assert places.opinion(1, 0) != places.opinion(0, places.A_STEP - 1)
    with pytest.raises(IndexError):
        places.opinion(1 << 21, 0)


def test_the_index_can_be_taken_away_and_made_again(transactional_db: None) -> None:
    with connection.schema_editor() as editor:
        engine.drop(None, editor)
        engine.create(None, editor)
    engine.clear()

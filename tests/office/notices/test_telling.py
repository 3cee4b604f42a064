"""Each note of the engine has a rule; sentences hold names and never words of a paper."""

from __future__ import annotations

import string
from datetime import UTC, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhongshu.kernel.flow.case import Activation, Actor, Event, Head, Note, Slot
from zhongshu.kernel.flow.definition import Definition, Node, NodeKind
from zhongshu.kernel.flow.step_words import NOTES, TERMS
from zhongshu.office.matters.models import Todo
from zhongshu.office.notices import quiet, telling
from zhongshu.office.notices.models import Notice
from zhongshu.office.notices.sentences import RULES, RUNGS, TODOS, Rule
from zhongshu.office.notices.ways.letter import one_line

NAMES = {"a": "张科", "b": "王小满", "c": "李局"}
KNOWN = {"by", "person", "before", "node", "state", "behalf"}


def test_every_note_of_the_engine_has_a_rule() -> None:
    assert set(RULES) == set(NOTES)


def test_every_kind_of_todo_and_every_rung_has_words() -> None:
    assert set(TODOS) == set(Todo.What.values)
    assert set(RUNGS) == set("12345")


def _words() -> list[str]:
    told = [part for rule in RULES.values() for part in (rule.zh, rule.en)]
    rest = [part for row in (*RUNGS.values(), *TODOS.values()) for part in row[1:]]
    return [*told, *rest]


def test_words_use_only_names_that_are_kept() -> None:
    used = {name for text in _words() for _, name, _, _ in string.Formatter().parse(text) if name}
    assert used <= KNOWN


@pytest.mark.parametrize("code", RULES)
def test_a_rule_that_tells_somebody_has_both_languages(code: str) -> None:
    rule = RULES[code]
    assert (rule.to != "nobody") == bool(rule.zh and rule.en)
    assert rule.level in Notice.Level.values
    assert isinstance(rule, Rule)


@pytest.mark.parametrize(
    ("words", "about", "zh", "en"),
    [
        ("urged", {"by": "a"}, "张科催办", "张科 urges"),
        ("urged", {"by": "system:clock"}, "系统催办", "the system urges"),
        ("urged", {"by": "gone"}, "有人催办", "somebody urges"),
        ("urged", {}, "有人催办", "somebody urges"),
        ("ended", {"state": "approved"}, "事项结束：已批准", "it has ended: approved"),
        ("reminded", {"rung": "3", "node": "审核"}, "审核已到期", "审核 is due"),
        ("reminded", {"node": "审核"}, "审核请按时办理", "please act on 审核 in time"),
        ("blocked", {}, "此步没有可办理的人", "nobody can act at this step"),
        (
            "todo.do",
            {"node": "审核", "by": "b", "why": "transferred", "before": "a", "behalf": "c"},
            "请办理：审核（张科转办给您，代李局）",
            "to do: 审核 (张科 passed it on to you, for 李局)",
        ),
    ],
)
def test_sentences(words: str, about: dict[str, str], zh: str, en: str) -> None:
    assert telling.sentence(words, about, NAMES, english=False) == zh
    assert telling.sentence(words, about, NAMES, english=True) == en


@given(
    st.sampled_from([*RULES, *(f"todo.{what}" for what in TODOS)]),
    st.dictionaries(st.sampled_from(sorted({*KNOWN, "why", "rung"})), st.text(max_size=9)),
    st.dictionaries(st.sampled_from("abc"), st.sampled_from(["{by}", "%s", "张{0}科", "<b>"])),
    st.booleans(),
)
def test_no_name_is_ever_taken_for_a_place_in_the_sentence(
    words: str, about: dict[str, str], names: dict[str, str], english: bool
) -> None:
    telling.sentence(words, about, names, english=english)


FLOW = Definition("f", "f", 1, (Node("n", "审核", NodeKind.DRAFT),))
SEAT = Activation(1, "n", 1, "open", slots=(Slot(4, 0, "holder", "open", holder="holder"),))


def step(*notes: Note) -> Event:
    head = Head("k", "d", "initiator", ("initiator", "drafter"))
    return Event(1, "x", Actor("actor"), 0, "", notes, head, None, (SEAT,), (), ())


def heard(*notes: Note, asked: tuple[telling.Asked, ...] = (), flash: bool = False) -> object:
    told = telling.told(FLOW, step(*notes), asked, by="actor", flash=flash)
    return [(one.person, one.words, one.level, dict(one.about)) for one in told]


@pytest.mark.parametrize("code", RULES)
def test_each_note_tells_whom_its_rule_says(code: str) -> None:
    about = (("person", "named"), ("slot", "4"), ("opinion", "机密"), ("node", "n"))
    found = heard(Note(code, about))
    whom = {"named": "named", "drafter": "drafter", "holder": "holder"}.get(RULES[code].to)
    rest = {"by": "actor", "person": "named", "node": "审核"}
    assert found == ([(whom, code, RULES[code].level, rest)] if whom else [])


def test_nobody_is_told_what_he_did_himself() -> None:
    assert heard(Note("urged", (("person", "actor"),))) == []


def test_who_is_asked_is_told_once_and_why() -> None:
    row = telling.Asked("heir", "do", "n", "")
    moved = Note("transferred", (("person", "heir"), ("before", "giver")))
    void = Note("voided", (("person", "heir"),))
    about = {"by": "actor", "node": "审核", "why": "transferred", "before": "giver"}
    assert heard(moved, void, asked=(row,)) == [("heir", "todo.do", 1, about)]
    assert heard(moved, asked=(row,), flash=True) == [("heir", "todo.do", 2, about)]


def test_of_two_reminders_at_once_the_last_is_told() -> None:
    rungs = [Note("reminded", (("person", "p"), ("rung", rung))) for rung in "345"]
    assert heard(*rungs) == [("p", "reminded", 2, {"by": "actor", "person": "p", "rung": "5"})]


def test_states_are_told_in_words() -> None:
    said = [telling.sentence("ended", {"state": one}, {}, english=False) for one in TERMS]
    assert len(set(said)) > 10


BEIJING = 8


@pytest.mark.parametrize(
    ("hours", "at", "then"),
    [
        ("20:00-07:30", (23, 10, 0), (23, 10, 0)),
        ("20:00-07:30", (23, 20, 0), (24, 7, 30)),
        ("20:00-07:30", (23, 23, 59), (24, 7, 30)),
        ("20:00-07:30", (23, 7, 29), (23, 7, 30)),
        ("20:00-07:30", (23, 7, 30), (23, 7, 30)),
        ("12:00-14:00", (23, 13, 0), (23, 14, 0)),
        ("12:00-14:00", (23, 14, 0), (23, 14, 0)),
        ("", (23, 3, 0), (23, 3, 0)),
    ],
)
def test_quiet_hours(hours: str, at: tuple[int, int, int], then: tuple[int, int, int]) -> None:
    def instant(day: int, hour: int, minute: int) -> datetime:
        local = datetime(2026, 11, day, hour, minute, tzinfo=quiet.clock.ZONE)
        return local.astimezone(UTC)

    assert quiet.after(quiet.read(hours), instant(*at)) == instant(*then)


FIRST = datetime(2000, 1, 1)  # noqa: DTZ001 - the strategy gives it its zone


@given(st.datetimes(timezones=st.just(UTC), min_value=FIRST), st.times(), st.times())
def test_after_quiet_is_not_quiet_and_not_before(at: datetime, start: time, end: time) -> None:
    hours = quiet.Quiet(start, end)
    then = quiet.after(hours, at)
    assert then >= at
    assert quiet.after(hours, then) == then


def test_hours_that_are_none_are_refused() -> None:
    with pytest.raises(ValueError):
        quiet.read("evening")


@given(st.text())
def test_a_line_is_one_line(text: str) -> None:
    assert len(one_line(text).splitlines()) <= 1

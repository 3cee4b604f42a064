"""A case kept as rows, step by step, is the case; its events are the same text either way."""

from __future__ import annotations

import pytest

from zhongshu.kernel.flow import Case, apply, codec
from zhongshu.kernel.flow import commands as c
from zhongshu.kernel.flow.commands import Actor

from .world import Play, node, process


class Shelf:
    """The rows of one case, as a database would hold them."""

    def __init__(self) -> None:
        self.head, self.content = "", ""
        self.rows: dict[int, tuple[str, str]] = {}

    def keep(self, play: Play) -> None:
        event = play.history[-1].event
        assert event is not None
        parts = codec.dump_parts(event)
        assert parts.event == codec.dump_event(event)
        assert codec.load_event(parts.event) == event
        self.head, self.content = parts.head, parts.content or self.content
        self.rows |= {number: (kind, text) for number, kind, text in parts.rows}
        for number in event.retired:
            self.rows.pop(number, None)

    def case(self) -> Case:
        """As this process reads it, and as another does, which has written none of it."""
        rows = [self.rows[number] for number in sorted(self.rows)]
        known = codec.load_parts(self.head, self.content, rows)
        codec._known.clear()
        fresh = codec.load_parts(self.head, self.content, rows)
        assert repr(fresh.acts) == repr(known.acts)
        assert fresh == known
        return fresh


def test_rows_written_step_by_step_give_the_case() -> None:
    play = Play(process(node("one", "two", "li", "zhang"), node("two", "end", "zhao")))
    shelf = Shelf()
    steps = (
        lambda: play.submit(a=1, b=2),
        lambda: play.yes("li"),
        lambda: play.do(c.Circulate(Actor("zhang"), ("chen",), "receipt")),
        lambda: play.yes("zhang"),
        lambda: play.do(play.back("zhao", "one")),
        lambda: play.yes("li"),
        lambda: play.yes("zhang"),
        lambda: play.yes("zhao"),
    )
    case = play.first
    for step in steps:
        many = len(play.history)
        step()
        assert len(play.history) == many + 1
        shelf.keep(play)
        event = play.history[-1].event
        assert event is not None
        case = apply(case, event)
        assert shelf.case() == play.case == case
    assert play.case.state == "approved"


def test_what_is_remembered_of_rows_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codec, "MOST_KNOWN", 2)
    play = Play(process(node("one", "two", "li"), node("two", "end", "zhao")))
    shelf = Shelf()
    for step in (lambda: play.submit(a=1), lambda: play.yes("li"), lambda: play.yes("zhao")):
        step()
        shelf.keep(play)
        assert len(codec._known) <= 2
        assert shelf.case() == play.case


@pytest.mark.parametrize("text", ["[]", "{}", "[2, 0, 0, 0, 0]", "[1, 0, 0, 0]"])
def test_another_format_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="format"):
        codec.load_case(text)


def test_a_case_called_by_another_knows_its_caller() -> None:
    play = Play(process(node("one", "end", "li")), parent=("7", 3), link=("6", "reopened"))
    shelf = Shelf()
    play.submit(a=1)
    shelf.keep(play)
    assert shelf.case() == play.case
    assert codec.load_case(codec.dump_case(play.case)) == play.case

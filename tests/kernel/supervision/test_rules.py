"""Editions of the rules: every number says where it comes from; none that makes no sense."""

from __future__ import annotations

from datetime import date

import pytest

from zhongshu.kernel.supervision.rules import SHIPPED

DAY = date(2026, 1, 1)


def test_every_number_names_its_source_and_none_claims_to_be_law() -> None:
    for figure in SHIPPED.figures:
        assert figure.source, figure.code
        assert figure.strength != "must", figure.code
    for rhythm in SHIPPED.rhythms:
        assert "自定" in rhythm.source, rhythm.code


def test_an_edition_changes_what_it_says_and_nothing_else() -> None:
    fresh = SHIPPED.amended(
        {"warn_lag": 10, "document.every": 10, "day": 420}, since=DAY, source="水督〔2026〕1号"
    )
    assert fresh.since == DAY
    assert fresh.number["warn_lag"] == 10
    changed = {f.code: f.source for f in fresh.figures if f.source == "水督〔2026〕1号"}
    assert changed == {"warn_lag": "水督〔2026〕1号"}
    assert fresh.rhythm["document"].every == 10
    assert fresh.rhythm["document"].source == "水督〔2026〕1号"
    assert fresh.rhythm["meeting"] == SHIPPED.rhythm["meeting"]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"speed": 1}, "no such figure: speed"),
        ({"warn_lag": -1}, "warn_lag lies between nought and 100"),
        ({"warn_left": 101}, "warn_left lies between nought and 100"),
        ({"day": 0}, "day lies between"),
        ({"document.first": 0}, "document has at least one working day"),
        ({"document.limit": 1001}, "document has at least one working day"),
        ({"warn_lag": 50}, "amber comes before red"),
        ({"good": 95}, "the grades stand in order"),
        ({"pass": 85}, "the grades stand in order"),
    ],
)
def test_what_makes_no_sense_is_refused(changes: dict[str, int], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        SHIPPED.amended(changes, since=DAY, source="示例")

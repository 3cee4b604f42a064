"""How the kernel says no: every reason, in order, with names that are text."""

from __future__ import annotations

from zhongshu.kernel.errors import Reason, Refused, reason


def test_a_reason_tells_its_names_as_text() -> None:
    assert reason("late", person="li", days=3) == Reason("late", (("person", "li"), ("days", "3")))


def test_a_refusal_gives_its_codes_most_telling_first() -> None:
    assert Refused((reason("late"), reason("closed"))).codes == ("late", "closed")

"""Due times from a mark or a written date."""

from datetime import date, datetime

import pytest

from zhongshu.kernel.triage import TIMES, Mark, Matter, due_of, line
from zhongshu.kernel.triage.urgency import NAMES
from zhongshu.kernel.worktime import ZONE, Calendar, Limit, mainland

CN = Calendar(mainland())
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)


def at(day: int, clock: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-{day:02}T{clock}").replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("mark", "due"),
    [
        (Mark.FLASH, at(23, "11:00")),
        (Mark.URGENT, at(24, "10:00")),
        (Mark.PRESSING, at(26, "17:30")),
        (Mark.NORMAL, datetime(2026, 12, 2, 17, 30, tzinfo=ZONE)),
    ],
)
def test_a_mark_sets_a_limit(mark: Mark, due: datetime) -> None:
    answer = due_of(CN, MONDAY, mark, medium="telegram")
    assert answer.at == due
    assert answer.minute == CN.minute(due)


def test_a_written_date_always_wins() -> None:
    answer = due_of(CN, MONDAY, Mark.URGENT, date(2026, 12, 18))
    assert answer.at == datetime(2026, 12, 18, 17, 30, tzinfo=ZONE)


def test_documents_know_no_flash() -> None:
    with pytest.raises(ValueError, match=r"^this medium does not know the mark$"):
        due_of(CN, MONDAY, Mark.FLASH)
    for mark in (Mark.URGENT, Mark.PRESSING, Mark.NORMAL):
        assert due_of(CN, MONDAY, mark) == due_of(CN, MONDAY, mark, medium="telegram")


def test_the_limits_are_a_proposal_and_a_bureau_has_its_own() -> None:
    assert "未核实" in TIMES.source
    own = type(TIMES)(
        date(2026, 1, 1), "示办〔2026〕1号", *(Limit(n, "minutes") for n in (10, 20, 30, 40))
    )
    times = [due_of(CN, MONDAY, mark, medium="telegram", times=own) for mark in Mark]
    assert [time.minute - CN.minute(MONDAY) for time in times] == [10, 20, 30, 40]


def test_every_mark_has_its_names() -> None:
    assert [NAMES[mark][0] for mark in Mark] == ["特提", "特急", "加急", "平件"]


def test_a_mark_alone_moves_nothing() -> None:
    marked = Matter(2, 3, 60, 5000, 0, Mark.URGENT)
    plain = Matter(1, 3, 60, 5000, 0)
    assert line([marked, plain], 0).matters == (plain, marked)

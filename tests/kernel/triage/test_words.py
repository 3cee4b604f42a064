"""One sentence of reason, twice."""

from datetime import datetime

import pytest

from zhongshu.kernel.triage import (
    Mark,
    Matter,
    Overload,
    Row,
    Sentence,
    guard_reason,
    overload_words,
    reason,
)
from zhongshu.kernel.worktime import ZONE, Calendar, mainland

DAY = 420
CN = Calendar(mainland())


def matter(weight: int, need: int, left: int, mark: Mark = Mark.NORMAL) -> Matter:
    return Matter(1, weight, need, 10_000 + left, 0, mark)


@pytest.mark.parametrize(
    ("one", "zh", "en"),
    [
        (
            matter(5, 60, 6 * DAY),
            "余期 6 天，分量 5，折合 1.2 天",
            "6 days left, weight 5, counts as 1.2 days",
        ),
        (
            matter(3, 30, 61),
            "余期 1 小时，分量 3，折合 20 分钟",
            "1 hour left, weight 3, counts as 20 minutes",
        ),
        (
            matter(1, 1, 59),
            "余期 59 分钟，分量 1，折合 59 分钟",
            "59 minutes left, weight 1, counts as 59 minutes",
        ),
        (
            matter(1, 1, 419),
            "余期 6.9 小时，分量 1，折合 6.9 小时",
            "6.9 hours left, weight 1, counts as 6.9 hours",
        ),
        (
            matter(1, 1, DAY),
            "余期 1 天，分量 1，折合 1 天",
            "1 day left, weight 1, counts as 1 day",
        ),
        (matter(2, 30, 120, Mark.URGENT), "特急，余 2 小时", "most urgent, 2 hours left"),
        (matter(2, 30, 1, Mark.FLASH), "特提，余 1 分钟", "flash, 1 minute left"),
        (matter(2, 300, 120, Mark.URGENT), "特急，余 2 小时", "most urgent, 2 hours left"),
        (matter(2, 30, DAY, Mark.URGENT), "特急，余 1 天", "most urgent, 1 day left"),
        (
            matter(2, 30, DAY + 2, Mark.URGENT),
            "余期 1 天，分量 2，折合 3.5 小时",
            "1 day left, weight 2, counts as 3.5 hours",
        ),
        (
            matter(2, 30, 120, Mark.PRESSING),
            "余期 2 小时，分量 2，折合 1 小时",
            "2 hours left, weight 2, counts as 1 hour",
        ),
        (
            matter(5, 181, 120),
            "须即动手，余 2 小时，尚需 3.1 小时，分量 5，折合 36 分钟",
            "begin now, 2 hours left, needs 3.1 hours, weight 5, counts as 36 minutes",
        ),
        (
            matter(5, 120, 120),
            "须即动手，余 2 小时，尚需 2 小时，分量 5，折合 24 分钟",
            "begin now, 2 hours left, needs 2 hours, weight 5, counts as 24 minutes",
        ),
        (
            matter(5, 120, 121),
            "余期 2 小时，分量 5，折合 24 分钟",
            "2 hours left, weight 5, counts as 24 minutes",
        ),
        (
            matter(5, 60, 0, Mark.URGENT),
            "特急，余 0 分钟",
            "most urgent, 0 minutes left",
        ),
        (
            matter(5, 61, -181),
            "已超期 3.1 小时，分量 5，尚需 1.1 小时，折合 12 分钟",
            "3.1 hours overdue, weight 5, needs 1.1 hours, counts as 12 minutes",
        ),
        (
            matter(1, 1, 1),
            "须即动手，余 1 分钟，尚需 1 分钟，分量 1，折合 1 分钟",
            "begin now, 1 minute left, needs 1 minute, weight 1, counts as 1 minute",
        ),
    ],
)
def test_the_reason_of_a_place(one: Matter, zh: str, en: str) -> None:
    assert reason(one, 10_000) == Sentence(zh, en)


def test_a_day_is_as_long_as_the_bureau_works() -> None:
    assert reason(matter(1, 1, 480), 10_000, 480).zh == "余期 1 天，分量 1，折合 1 天"
    assert reason(matter(2, 1, 440, Mark.URGENT), 10_000, 480).zh == "特急，余 7.3 小时"
    assert reason(matter(1, 900, 480), 10_000, 450).zh.startswith("须即动手，余 1 天，尚需 2 天")
    assert reason(matter(1, 450, -450), 10_000, 450).zh.startswith("已超期 1 天，分量 1，尚需 1 天")


def test_the_reason_of_the_guard() -> None:
    row = Row("instruction", 2, 8, "局长批示", "instructed by the director")
    big = Matter(1, 8, 60, 20_000, 0, row=row)
    assert guard_reason(big, 4 * DAY + 419) == Sentence(
        "局长批示的大事，4 个工作日无人动过",
        "a big matter (instructed by the director), untouched for 4 working days",
    )
    later = Matter(1, 8, 60, 20_000, 1000, row=row)
    assert guard_reason(later, 1000 + 5 * DAY).zh == "局长批示的大事，5 个工作日无人动过"
    assert guard_reason(big, 480, 480).en.endswith("untouched for 1 working day")


def test_the_words_of_an_overload() -> None:
    since = CN.minute(datetime(2026, 11, 27, 15, 30, tzinfo=ZONE))
    assert overload_words(Overload(391, since), CN) == Sentence(
        "活比时间多 6.6 小时，自 2026-11-27 15:30 起办不完",
        "6.6 hours more work than time, from 2026-11-27 15:30 on",
    )
    assert overload_words(Overload(6000, since), CN).zh.startswith("活比时间多 100 小时")


def test_a_sentence_parts_after_its_first_clause() -> None:
    told = reason(matter(5, 30, 600), 10_000, DAY)
    assert "，".join((told.first.zh, told.rest.zh)) == told.zh
    assert ", ".join((told.first.en, told.rest.en)) == told.en
    assert Sentence("一句", "one").rest == Sentence("", "")

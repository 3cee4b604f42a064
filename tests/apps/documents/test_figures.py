"""Figures: each is the number of rows behind it, and the sums agree with what they sum."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db.models import Count, Sum

from tests.office.town import Stopped, Town
from zhongshu.apps.documents import pacing
from zhongshu.apps.documents.models import Pace, Passage, Return
from zhongshu.apps.documents.queries import statistics
from zhongshu.apps.documents.queries.statistics import Span
from zhongshu.office import clock
from zhongshu.office.people import revision

from .bureau import paper, seated
from .many import year
from .pressing import act, proposal, verb

NOW = Span(202611, 202611)


def test_every_number_leads_to_as_many_rows(works: Town, time: Stopped) -> None:
    year(works, 300)
    Return.objects.create(
        matter_id=Passage.objects.latest("pk").matter_id,
        reasons=["R14"],
        by=works.people["林知夏"],
        at=clock.now(),
    )
    client = seated(works, "林知夏")
    page = client.get("/documents/statistics/").content.decode()
    found = statistics.figures(span=NOW, seen_by=works.actor("林知夏"))
    told = {
        "state=open": found.total.open,
        "state=late": found.total.late,
        "state=closed": found.total.closed,
        "age=0-3": found.ages[0][2],
        "age=31": found.ages[-1][2],
        "state=returned": 1,
    }
    for asked, number in told.items():
        links = re.findall(rf'href="(/documents/ledger/[^"]*{asked}(?:&amp;[^"]*)?)"', page)
        assert links, asked
        assert rows(client, unescape(links[0])) == number, asked


def rows(client: object, where: str) -> int:
    """How many rows the ledger has behind an address, over all its pages."""
    number, page = 0, where
    while page:
        text = client.get(page).content.decode()  # type: ignore[attr-defined]
        number += text.count('data-label="编号"')
        onward = re.search(r'href="(\?[^"]*before=\d+)" rel="next"', text)
        page = f"/documents/ledger/{unescape(onward[1])}" if onward else ""
    return number


def test_who_sees_all_and_who_counts_his_own_agree(works: Town) -> None:
    year(works, 200)
    wide = statistics.figures(span=NOW, seen_by=works.actor("林知夏"))
    post = works.post("records_clerk", "office")
    post.sight = "own"
    post.save()
    for passage in Passage.objects.all():
        passage.matter.participants.get_or_create(
            person=works.people["林知夏"], defaults={"since": clock.now()}
        )
    revision.touch()
    narrow = statistics.figures(span=NOW, seen_by=works.actor("林知夏"))
    assert narrow.stages == wide.stages
    assert narrow.sections == wide.sections
    assert sum(one.number for one in wide.stages) > 50


def test_sums_follow_each_step_also_one_taken_back(works: Town, time: Stopped) -> None:
    matter = paper(works)
    assert act(seated(works, "方以宁"), matter, "approve", opinion="受理。") == 302
    time.at += timedelta(hours=1)
    assert act(seated(works, "许怀瑾"), matter, "done", **proposal(f_lead_unit="supply")) == 302
    assert verb(seated(works, "许怀瑾"), matter, "take_back") == 302
    time.at += timedelta(hours=1)
    assert act(seated(works, "许怀瑾"), matter, "done", **proposal(f_lead_unit="drain")) == 302
    kept = Passage.objects.filter(node="propose")
    assert kept.count() >= 1
    counted = Passage.objects.values("node", "span").annotate(n=Count("pk"))
    summed = Pace.objects.values("node", "span").annotate(n=Sum("number")).filter(n__gt=0)
    assert {tuple(row.values()) for row in counted} == {tuple(row.values()) for row in summed}


def test_nobody_counts_what_he_may_not_see(works: Town) -> None:
    year(works, 60)
    works.person("新来的", "drain")
    found = statistics.figures(span=NOW, seen_by=works.actor("新来的"))
    assert found.total == (0, 0, 0, 0, 0, 0)
    assert (found.stages, found.sections, found.returns) == ([], [], [])


@pytest.mark.parametrize(
    ("minutes", "span"), [(0, 0), (1, 15), (15, 15), (120, 120), (121, 150), (420, 420), (421, 480)]
)
def test_spans_are_rounded_up(minutes: int, span: int) -> None:
    assert pacing.rounded(minutes) == span


@pytest.mark.parametrize(
    ("counted", "middle"),
    [
        ([], 0),
        ([(30, 1)], 30),
        ([(60, 1), (15, 1)], 38),
        ([(15, 2), (60, 1)], 15),
        ([(480, 1), (15, 1), (60, 1)], 60),
    ],
)
def test_the_middle(counted: list[tuple[int, int]], middle: int) -> None:
    assert pacing.median(counted) == middle


def test_months_follow_one_another() -> None:
    assert statistics.following(202612) == 202701
    assert Span(202602, 202602).days[1].isoformat() == "2026-02-28"

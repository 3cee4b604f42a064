"""S21 for documents: hostile words in title, source and opinions stay words on every page."""

from __future__ import annotations

import pytest

from tests.apps.documents.bureau import paper, seated, water_works
from tests.apps.documents.pressing import act, proposal
from tests.office.town import Stopped, Town

from .test_s21_crawl import HOSTILE, Marks


@pytest.fixture
def works(db: None, time: Stopped) -> Town:
    return water_works()


def test_nothing_hostile_runs_on_the_pages_of_documents(works: Town) -> None:
    matter = paper(works, title=HOSTILE, source=HOSTILE[:100], number=HOSTILE[:70])
    assert act(seated(works, "方以宁"), matter, "approve", opinion=HOSTILE) == 302
    typed = proposal(f_lead_unit="supply", opinion=HOSTILE)
    assert act(seated(works, "许怀瑾"), matter, "done", **typed) == 302
    clerk = seated(works, "林知夏")
    clerk.post("/documents/phrases/", {"text": HOSTILE[:60]})
    clerk.post("/documents/ledger/filters/", {"name": HOSTILE[:40], "query": "register=superior"})
    pages = (
        f"/documents/incoming/{matter.key}/",
        "/documents/ledger/",
        f"/documents/ledger/?q={HOSTILE}&source={HOSTILE}&holder={HOSTILE}",
        "/documents/ledger/print/",
        "/documents/statistics/",
        "/documents/phrases/",
        "/section/",
    )
    for path in pages:
        answer = clerk.get(path)
        assert answer.status_code == 200, path
        marks = Marks()
        marks.feed(answer.content.decode())
        assert marks.found == [], path
    assert clerk.get(f"/documents/incoming/{matter.key}/slip.pdf").status_code == 200

"""The whole way through the pages: a file is dropped, registered, handled, answered and filed."""

from __future__ import annotations

import re

from tests.office.town import Town
from zhongshu.apps.documents.models import Arrival, Incoming, Return
from zhongshu.config.town.letters import pdf
from zhongshu.office.matters.models import Matter

from .bureau import seated
from .conftest import LETTER, drop
from .pressing import act, proposal, seen
from .test_pages import TRAY, fields, text, upload


def registered(works: Town) -> Matter:
    """The usual letter, dropped as a file and registered as it was read."""
    clerk = seated(works, "林知夏")
    where = upload(clerk, ("来文.pdf", pdf(LETTER))).url  # type: ignore[attr-defined]
    answer = clerk.post(where, fields(text(clerk.get(where))) | {"enter": "1"})
    assert answer.status_code == 302, text(answer)[:2000]
    return Incoming.objects.get().matter


def test_from_the_file_to_the_archive(works: Town) -> None:
    matter = registered(works)
    page = seen(seated(works, "方以宁"), matter)
    assert LETTER.number in page
    leaf = re.search(r'href="(/documents/incoming/[^"]*/file/[^"]*)"[^>]*>来文.pdf', page)
    assert leaf
    pictures = text(seated(works, "方以宁").get(leaf[1]))
    assert re.search(r'<img src="/files/[0-9a-f]{32}/1/\d+\.png"', pictures)
    assert act(seated(works, "方以宁"), matter, "approve", opinion="受理。") == 302
    typed = proposal(f_lead_unit="drain", f_handle_by="2026-12-08", f_needs_reply="on")
    assert act(seated(works, "许怀瑾"), matter, "done", **typed) == 302
    assert act(seated(works, "沈砚秋"), matter, "instruct", opinion="速办。") == 302
    assert act(seated(works, "苏青禾"), matter, "done", opinion="已调配泵车 2 台。") == 302
    assert act(seated(works, "贺清川"), matter, "approve", opinion="到位。") == 302
    reply = {"f_reply_no": "云水函〔2026〕12号", "f_answer_to": LETTER.source}
    assert act(seated(works, "林知夏"), matter, "done", **reply) == 302
    assert act(seated(works, "邵立言"), matter, "done", f_retention="30年") == 302
    record = Incoming.objects.get()
    assert (record.open, record.answered_no) == (False, "云水函〔2026〕12号")
    clerk = seated(works, "林知夏")
    for asked in (LETTER.number, "移动式应急泵车", "已调配泵车"):
        assert matter.number in text(clerk.get("/documents/ledger/", {"q": asked})), asked


def test_the_same_letter_again_is_not_registered_twice(works: Town) -> None:
    matter = registered(works)
    again = drop(works.actor("林知夏"))
    clerk = seated(works, "林知夏")
    page = text(clerk.get(f"{TRAY}{again.key}/"))
    assert matter.number in page
    refused = clerk.post(f"{TRAY}{again.key}/", fields(page) | {"enter": "1"})
    assert refused.status_code == 422
    assert Matter.objects.count() == 1
    assert Arrival.objects.filter(state="registered").count() == 1


def test_found_wanting_at_review_it_goes_back_to_its_source(works: Town) -> None:
    matter = registered(works)
    reviewer = seated(works, "方以宁")
    page = seen(reviewer, matter)
    assert f"/documents/return/{matter.key}/" in page
    back = {"reasons": ["R14"], "text": "附件与清单不符。", "fix": "请补附件。"}
    assert reviewer.post(f"/documents/return/{matter.key}/", back).status_code == 302
    assert Return.objects.get().matter == matter
    clerk = seated(works, "林知夏")
    assert matter.number in text(clerk.get("/documents/ledger/?state=returned"))
    figures = text(clerk.get("/documents/statistics/"))
    assert LETTER.source in figures

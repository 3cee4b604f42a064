"""Filing: archive numbers without gaps or repeats, from codes that are dated data."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.office.town import Stopped, Town
from zhongshu.apps.documents import archiving
from zhongshu.apps.documents.actions import filing
from zhongshu.apps.documents.models import ArchiveScheme, Incoming, Phrase
from zhongshu.office.journal.models import Entry
from zhongshu.office.matters.models import Matter
from zhongshu.office.matters.selfcheck import selfcheck
from zhongshu.office.refusal import Refusal

from .bureau import paper, seated
from .pressing import act, forms, proposal, seen

HERE = "/documents/archive/"
TYPED = {
    "since": "2026-11-23",
    "fonds": "J001",
    "category": "WS",
    "approval": "",
    "units": "办公室 BGS\n供水科 GSK",
    "periods": "上级来文 任何 永久 表第3条\n任何 任何 10年 一般事务",
}


def read(works: Town, **told: object) -> Matter:
    """A document for information that has been read, and waits to be filed."""
    matter = paper(works, purpose="information", **told)
    assert act(seated(works, "方以宁"), matter, "approve", opinion="受理。") == 302
    typed = proposal(f_handling="阅知", f_readers=[works.people["苏青禾"].key])
    assert act(seated(works, "许怀瑾"), matter, "done", **typed) == 302
    assert act(seated(works, "苏青禾"), matter, "done") == 302
    return matter


def filed(works: Town, matter: Matter, period: str) -> str:
    assert act(seated(works, "邵立言"), matter, "done", f_retention=period) == 302
    return Incoming.objects.get(matter=matter).archive_no


def test_codes_are_set_by_who_keeps_the_archive(works: Town) -> None:
    assert seated(works, "林知夏").get(HERE).status_code == 404
    archivist = seated(works, "邵立言")
    assert archivist.post(HERE, TYPED).status_code == 302
    scheme = ArchiveScheme.objects.get()
    assert scheme.units == {"office": "BGS", "supply": "GSK"}
    assert scheme.periods[0]["register"] == "superior"
    assert Entry.objects.filter(verb="documents.scheme").count() == 1
    assert "未写批准文号" in archivist.get(HERE).content.decode()


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("units", "没有这个科 X"),
        ("units", "办公室 BGS\n供水科 BGS"),
        ("periods", "上级来文 批办 五年 随便"),
        ("periods", "随便"),
        ("fonds", "全宗一"),
        ("since", "明天"),
    ],
)
def test_codes_that_make_no_sense_keep_what_was_typed(works: Town, field: str, typed: str) -> None:
    answer = seated(works, "邵立言").post(HERE, TYPED | {field: typed})
    assert answer.status_code == 422
    assert typed.splitlines()[0] in answer.content.decode()
    assert not ArchiveScheme.objects.exists()


def test_numbers_follow_one_another_in_each_series(works: Town) -> None:
    seated(works, "邵立言").post(HERE, TYPED)
    given = [filed(works, read(works), period) for period in ("永久", "30年", "永久")]
    assert given == [
        "J001-WS·2026-Y-BGS-0001",
        "J001-WS·2026-D30-BGS-0001",
        "J001-WS·2026-Y-BGS-0002",
    ]
    assert Entry.objects.filter(verb="documents.file").count() == 3


def test_the_period_is_proposed_with_its_reason_and_chosen_by_a_person(works: Town) -> None:
    seated(works, "邵立言").post(HERE, TYPED)
    matter = read(works)
    page = seen(seated(works, "邵立言"), matter)
    form = next(one for one in forms(page, "/act/") if "f_retention" in one)
    assert 'value="永久"' in form.split("checked")[0].rsplit("<input", 1)[1]
    assert "表第3条" in form
    assert "J001-WS·2026-Y-BGS-0001" in page
    assert filed(works, matter, "10年") == "J001-WS·2026-D10-BGS-0001"


def test_a_refused_filing_takes_no_number(works: Town) -> None:
    seated(works, "邵立言").post(HERE, TYPED)
    matter = read(works)
    assert act(seated(works, "邵立言"), matter, "done") == 422
    assert act(seated(works, "邵立言"), matter, "done", f_retention="五年") == 422
    assert filed(works, matter, "永久") == "J001-WS·2026-Y-BGS-0001"


def test_filed_without_codes_it_is_numbered_later(works: Town) -> None:
    matter = read(works)
    assert filed(works, matter, "永久") == ""
    archivist = seated(works, "邵立言")
    where = f"/documents/incoming/{matter.key}/number/"
    assert archivist.post(where).status_code == 302
    assert Incoming.objects.get(matter=matter).archive_no == ""
    archivist.post(HERE, TYPED)
    assert "编档号" in seen(archivist, matter)
    assert archivist.post(where).status_code == 302
    assert Incoming.objects.get(matter=matter).archive_no == "J001-WS·2026-Y-BGS-0001"
    with pytest.raises(Refusal):
        filing.number_later(key=matter.key, by=works.actor("林知夏"))


def test_new_codes_leave_old_numbers_alone(works: Town, time: Stopped) -> None:
    archivist = seated(works, "邵立言")
    archivist.post(HERE, TYPED)
    first = filed(works, read(works), "永久")
    time.at += timedelta(days=1)
    new = TYPED | {"since": "2026-11-24", "fonds": "J777"}
    assert seated(works, "邵立言").post(HERE, new).status_code == 302
    second = filed(works, read(works), "永久")
    assert (first, second) == ("J001-WS·2026-Y-BGS-0001", "J777-WS·2026-Y-BGS-0001")
    assert archiving.scheme_on(date(2026, 11, 23)).fonds == "J001"  # type: ignore[union-attr]
    assert archiving.scheme_on(date(2026, 11, 22)) is None


def test_phrases_are_ones_own_and_the_offices(works: Town) -> None:
    where = "/documents/phrases/"
    assert seated(works, "许怀瑾").post(where, {"text": "请抓紧。", "of_office": "on"}).status_code
    clerk = seated(works, "方以宁")
    clerk.post(where, {"text": "符合要求。", "node": "review", "of_office": "on"})
    assert set(Phrase.objects.values_list("text", "person__name")) == {
        ("请抓紧。", None),
        ("符合要求。", "方以宁"),  # only the head speaks for the office
    }
    page = seen(clerk, paper(works))
    assert page.index("符合要求。") < page.index("内容齐全，格式规范，予以受理。")
    assert "请抓紧。" in page
    clerk.post(f"{where}{Phrase.objects.get(person=None).pk}/delete/")
    assert Phrase.objects.count() == 2
    clerk.post(f"{where}{Phrase.objects.exclude(person=None).get().pk}/delete/")
    assert Phrase.objects.count() == 1


def test_a_recount_takes_archive_numbers_for_no_matters(works: Town) -> None:
    assert seated(works, "邵立言").post(HERE, TYPED).status_code == 302
    assert filed(works, read(works), "永久")
    assert [fault for fault in selfcheck() if fault.code == "series"] == []

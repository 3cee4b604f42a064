"""Where is it: found by what one remembers, seen by nobody who may not, the same in every form."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.db import connection
from python_calamine import CalamineWorkbook

from tests.office.town import Stopped, Town
from zhongshu.apps.documents.models import SavedFilter
from zhongshu.apps.documents.queries import ledger
from zhongshu.apps.documents.queries.ledger import Question
from zhongshu.office.journal.models import Entry

from .bureau import paper, seated
from .many import year
from .pressing import act, proposal

HERE = "/documents/ledger/"


def titles(town: Town, who: str, **asked: str) -> list[str]:
    found = ledger.page(asked=Question(**asked), seen_by=town.actor(who))
    return [row.incoming.matter.title for row in found.rows]


@pytest.fixture
def three(works: Town) -> Town:
    """One for action that is being handled, one for information, one from a lower unit."""
    first = paper(works, title="关于防冻保供的通知")
    assert act(seated(works, "方以宁"), first, "approve", opinion="予以受理。") == 302
    assert act(seated(works, "许怀瑾"), first, "done", **proposal(f_lead_unit="supply")) == 302
    words = "请供水科把联络员名单报市里。"
    assert act(seated(works, "沈砚秋"), first, "instruct", opinion=words) == 302
    paper(works, title="关于表彰的通报", purpose="information", number="云办〔2026〕7号")
    told = {"source": "白鹭区水务所", "register": "lower", "number": "白水所请〔2026〕9号"}
    paper(works, title="关于改造资金的请示", **told)
    return works


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "云政办发〔2026〕61号"}, "关于防冻保供的通知"),
        ({"q": "白水所请[2026]9 号"}, "关于改造资金的请示"),
        ({"q": "上收〔2026〕1号"}, "关于防冻保供的通知"),
        ({"q": "联络员名单"}, "关于防冻保供的通知"),
        ({"q": "表彰"}, "关于表彰的通报"),
        ({"source": "白鹭区水务所"}, "关于改造资金的请示"),
        ({"holder": "程远帆"}, "关于防冻保供的通知"),
        ({"register": "lower"}, "关于改造资金的请示"),
        ({"purpose": "information"}, "关于表彰的通报"),
        ({"lead": "supply"}, "关于防冻保供的通知"),
        ({"node": "instruct", "month": "202611-202611"}, "关于防冻保供的通知"),
    ],
)
def test_found_by_what_one_remembers(three: Town, asked: dict[str, str], found: str) -> None:
    assert titles(three, "林知夏", **asked) == [found]


def test_dates_states_and_ages(three: Town, time: Stopped) -> None:
    assert len(titles(three, "林知夏", since="2026-11-23", until="2026-11-23")) == 3
    assert titles(three, "林知夏", until="2026-11-22") == []
    assert len(titles(three, "林知夏", state="open", age="0-3")) == 3
    assert titles(three, "林知夏", state="closed") == []
    assert titles(three, "林知夏", age="4-7") == []


def test_nobody_finds_what_he_may_not_see(three: Town) -> None:
    assert titles(three, "周明朗") == []
    assert titles(three, "程远帆") == ["关于防冻保供的通知"]  # it came to him
    page = seated(three, "周明朗").get(f"{HERE}?q=白水所请〔2026〕9号").content.decode()
    assert "改造资金" not in page
    assert "白鹭区水务所" not in page  # nor among the sources to choose from


def test_leafing_reaches_every_row_once(works: Town) -> None:
    year(works, 90)
    seen, before = [], 0
    for _ in range(5):
        found = ledger.page(asked=Question(), seen_by=works.actor("林知夏"), before=before)
        seen += [row.incoming.pk for row in found.rows]
        before = found.after
        if not before:
            break
    assert len(seen) == len(set(seen)) == 90
    assert seen == sorted(seen, reverse=True)


def test_what_cannot_be_read_is_not_asked(three: Town) -> None:
    client = seated(three, "林知夏")
    for asked in ("since=soon&until=2026-13-40", "register=x&state=y", "before=9" * 9, "age=-1"):
        assert client.get(f"{HERE}?{asked}").status_code == 200
    assert client.get(f"{HERE}?q=%00%ff&holder=%00").status_code == 200


def test_exported_cells_are_never_formulas(three: Town) -> None:
    paper(three, title="=HYPERLINK(1)", source="+cmd|calc", number="@SUM(1)")
    client = seated(three, "林知夏")
    answer = client.post(f"{HERE}export/", {"query": "register=superior"})
    book = CalamineWorkbook.from_filelike(BytesIO(answer.content))
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[1][5] == "=HYPERLINK(1)"
    assert rows[1][3] == "+cmd|calc"
    assert b"<f>" not in answer.content
    kept = Entry.objects.filter(verb="documents.export")
    assert kept.count() == 1
    assert len(rows) == 6  # heads, three documents, a blank line, where it comes from
    assert "林知夏" in rows[-1][0]


def test_the_print_is_the_same_rows(three: Town) -> None:
    page = seated(three, "林知夏").get(f"{HERE}print/?register=lower").content.decode()
    assert "关于改造资金的请示" in page
    assert "关于表彰的通报" not in page


def test_a_question_is_kept_by_its_owner_alone(three: Town) -> None:
    clerk, other = seated(three, "林知夏"), seated(three, "许怀瑾")
    answer = clerk.post(f"{HERE}filters/", {"name": "下级来文", "query": "register=lower&x=1"})
    assert answer.status_code == 302
    kept = SavedFilter.objects.get()
    assert kept.query == "register=lower"
    assert "下级来文" in clerk.get(HERE).content.decode()
    assert "常用查询" not in other.get(HERE).content.decode()
    other.post(f"{HERE}filters/{kept.pk}/delete/")
    assert SavedFilter.objects.count() == 1
    clerk.post(f"{HERE}filters/{kept.pk}/delete/")
    assert SavedFilter.objects.count() == 0


QUESTIONS = (
    Question(),
    Question(state="open"),
    Question(state="late"),
    Question(state="filed"),
    Question(state="returned"),
    Question(source="云泽市第3单位"),
    Question(holder="程远帆"),
    Question(since="2026-03-01", until="2026-03-09"),
    Question(register="lower", purpose="information"),
    Question(node="lead", unit="supply", month="202610-202611"),
)


@pytest.mark.parametrize("who", ["林知夏", "程远帆"])
@pytest.mark.parametrize("asked", QUESTIONS, ids=lambda one: "-".join(one.asked) or "all")
def test_no_question_walks_the_table(works: Town, who: str, asked: Question) -> None:
    year(works, 600)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        if connection.vendor == "postgresql":
            cursor.execute("SET enable_seqscan = off")  # so small a table would be read whole
    found, _ = ledger.documents(asked=asked, seen_by=works.actor(who))
    plan = found.select_related("matter")[:41].explain()
    for line in plan.splitlines():
        walked = "SCAN " in line and "INDEX" not in line and "PRIMARY KEY" not in line
        assert not walked or "SUBQUERY" in line, plan
        assert "Seq Scan on documents_incoming" not in line, plan
    assert "TEMP B-TREE FOR ORDER BY" not in plan or asked.asked, plan

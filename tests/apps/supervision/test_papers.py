"""Bulletins and yearly results taken away: set in type and as spreadsheets; the same gate."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest
from django.test import Client
from pytest_django import Settings

from tests.apps.targets.test_targets import rows
from tests.desk.conftest import Sit
from tests.office.town import Stopped, Town
from zhongshu.apps.supervision import actions
from zhongshu.apps.supervision.models import Bulletin
from zhongshu.apps.targets import actions as targets

from .conftest import task
from .hands import deliver, press


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> None:
    settings.FILES_ROOT, settings.FILES_SPARE = tmp_path / "files", 0


def pdf(client: Client, address: str) -> str:
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer["Cache-Control"] == "private, no-store"
    document = pypdfium2.PdfDocument(answer.content)
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    return "".join(text.split())


def sheet(client: Client, address: str) -> str:
    book = zipfile.ZipFile(io.BytesIO(client.get(address).content))
    return "".join(book.read(one).decode() for one in book.namelist())


@pytest.fixture
def issued(town: Town, time: Stopped) -> list[str]:
    """Two bulletins: one task late when it was accepted, one red, one that assisted."""
    office = town.actor("督办员")
    made = [
        actions.establish(new=task(title=title, lead=lead, assists=assists), by=office)
        for title, lead, assists in (
            ("金丝雀甲 #eval(sys)", "supply", ()),
            ("金丝雀乙", "works", ("water",)),
        )
    ]
    for one in made:
        press(town, "何主任", one, "approve")
    actions.issue(by=office)
    time.at = datetime(2026, 12, 21, 2, 0, tzinfo=UTC)
    press(town, "水资源科长", made[1], "done")
    deliver(town, "工程科长", made[1])
    press(town, "副主任", made[1], "approve")
    marks = {"water": ("较好", "")}
    actions.mark_assistants(key=made[1].key, said=marks, by=office)
    actions.issue(by=office)
    return list(Bulletin.objects.order_by("pk").values_list("key", flat=True))


def test_a_bulletin_on_paper_says_what_the_page_says(
    sit: Sit, town: Town, issued: list[str]
) -> None:
    office, second = sit("督办员"), f"/supervision/bulletins/{issued[1]}/"
    told = "本期在办1件，新交办0件，办结1件（逾期办结1件），经批准延缓撤并0件，超期或滞后1件。"
    page = office.get(second).content.decode()
    paper, book = pdf(office, f"{second}pdf/"), sheet(office, f"{second}export/")
    assert told in "".join(page.split())
    assert told in paper
    for word in ("督办简报", "2026年第2期", "金丝雀甲#eval(sys)", "变差", "供水科", "督办员"):
        assert word in paper, word
    for word in ("金丝雀甲 #eval(sys)", "变差", "按分管领导"):
        assert word in book, word
        assert word in page, word
    assert "逾期办结" in page
    assert "没有可比的" in pdf(office, f"/supervision/bulletins/{issued[0]}/pdf/")


def test_the_year_on_paper_by_section_leader_and_source(
    sit: Sit, town: Town, issued: list[str]
) -> None:
    chief = sit("李局")
    for by, word in (("section", "供水科"), ("leader", "钱副"), ("source", "本级领导批示")):
        page = chief.get(f"/supervision/year/?by={by}").content.decode()
        assert word in page
        assert "上年同期" in page
        assert word in pdf(chief, f"/supervision/year/pdf/?by={by}")
        assert word in sheet(chief, f"/supervision/year/export/?by={by}")
    paper = pdf(chief, "/supervision/year/pdf/")
    assert "到期2件，按期0件，逾期办结1件，超期未办1件" in paper
    assert "配合评价" in paper
    assert "水资源科11" in paper


def test_nobody_reads_on_paper_what_he_may_not_see(sit: Sit, town: Town, issued: list[str]) -> None:
    outsider, second = sit("外人"), f"/supervision/bulletins/{issued[1]}/"
    for text in (
        pdf(outsider, f"{second}pdf/"),
        sheet(outsider, f"{second}export/"),
        pdf(outsider, "/supervision/year/pdf/"),
    ):
        assert "金丝雀" not in text
        assert "水资源科" not in text
    for office in ("system", "security", "audit"):
        assert sit(office).get(f"{second}pdf/").status_code == 403
    assert sit("督办员").get("/supervision/bulletins/nothing/pdf/").status_code == 404
    assert sit("督办员").get("/supervision/bulletins/nothing/export/").status_code == 404


def test_the_score_of_a_year_on_paper(sit: Sit, town: Town) -> None:
    chief = sit("李局")
    assert chief.get("/targets/score/pdf/?year=2026").status_code == 404
    plan = targets.propose(year=2026, rows=rows(), basis="议定", by=town.actor("督办员"))
    targets.decide(key=plan.key, approved=True, words="", by=town.actor("李局"))
    paper = pdf(chief, "/targets/score/pdf/?year=2026")
    assert "管网漏损率" in paper
    assert "还没有结果，暂计0" in paper
    assert "暂定，不定等次" in paper

"""A request from the empty form to the first hand: kept, sent, pressed twice, refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.desk.conftest import Sit
from tests.office.files import good
from tests.office.town import Town, names
from zhongshu.apps.requests.apps import KINDS
from zhongshu.office.files.models import File
from zhongshu.office.handling import views as handling
from zhongshu.office.journal.models import Entry
from zhongshu.office.matters import queries
from zhongshu.office.matters.models import Draft, Matter

NEW = "/requests/request/new/"


def paper() -> SimpleUploadedFile:
    return SimpleUploadedFile("购置流量计.pdf", good.pdf())


def press(client: Client, button: str, once: str = "a" * 32, **more: object) -> object:
    sent = {"once": once, "title": "购置流量计", "urgency": "normal", "f_subject": "购置流量计"}
    return client.post(NEW, sent | more | {button: "1"})


def holders(town: Town, matter: Matter) -> set[str]:
    called = names(town)
    return {called[row.person.key] for row in matter.todos.select_related("person")}


def test_the_kinds_that_can_be_asked_for(sit: Sit) -> None:
    page = sit("王小满").get("/requests/").content.decode()
    assert all(kind.name in page for kind in KINDS)
    assert sit("王小满").get("/requests/nothing/new/").status_code == 404
    assert sit("system").get("/requests/").status_code == 403


def test_the_form_says_what_way_it_will_go(sit: Sit) -> None:
    page = sit("王小满").get(NEW).content.decode()
    assert "要经过" in page
    assert "科室负责人审核" in page


def test_half_done_it_is_kept_and_nobody_else_has_it(sit: Sit, town: Town, folder: Path) -> None:
    answer = press(sit("王小满"), "keep")
    matter = Matter.objects.get()
    assert answer["Location"] == matter.address
    assert (matter.state, matter.number, holders(town, matter)) == (
        "draft",
        "签报〔2026〕1号",
        {"王小满"},
    )
    assert Draft.objects.get().form["subject"] == "购置流量计"
    assert sit("外人").get(matter.address).status_code == 404


def test_sent_it_lies_with_the_head_of_the_section(sit: Sit, town: Town, folder: Path) -> None:
    press(sit("王小满"), "submit", **{"f_text": paper()})
    matter = Matter.objects.get()
    assert (matter.state, holders(town, matter)) == ("running", {"张科"})
    assert File.objects.get().subject == f"matter:{matter.key}"
    assert matter.due_at is not None
    assert "购置流量计" in sit("张科").get(matter.address).content.decode()


def test_without_what_is_needed_nothing_is_sent_and_what_was_typed_stays(
    sit: Sit, folder: Path
) -> None:
    answer = press(sit("王小满"), "submit", **{"f_subject": "写好的事由"})
    assert answer.status_code == 422
    assert "写好的事由" in answer.content.decode()
    assert not Matter.objects.exists()
    missing = press(sit("王小满"), "keep", title="")
    assert missing.status_code == 422


def test_two_presses_are_one_request_with_one_file(sit: Sit, folder: Path) -> None:
    client = sit("王小满")
    first = press(client, "submit", **{"f_text": paper()})
    again = press(client, "submit", **{"f_text": paper()})
    assert first["Location"] == again["Location"]
    assert Matter.objects.count() == File.objects.count() == 1
    press(client, "submit", once="b" * 32, **{"f_text": paper()})
    assert Matter.objects.count() == File.objects.count() == 2, "another form is another request"


def test_two_presses_in_one_instant_attach_once(
    sit: Sit, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither sees what the other has written when it looks."""
    monkeypatch.setattr(queries, "opened_with", lambda **_: None)
    monkeypatch.setattr(handling.filed, "of", lambda *_, **__: File.objects.none())
    client = sit("王小满")
    press(client, "keep", **{"f_text": paper()})
    press(client, "keep", **{"f_text": paper()})
    assert Matter.objects.count() == File.objects.count() == 1
    assert Entry.objects.filter(verb="file.add").count() == 1


def test_an_administrator_makes_none(sit: Sit) -> None:
    assert press(sit("security"), "keep").status_code == 403
    assert not Matter.objects.exists()

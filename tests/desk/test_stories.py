"""Through the pages: a request is written, sent, returned, sent again, approved, filed."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.office.files import good
from tests.office.town import Town
from zhongshu.office.files.models import File
from zhongshu.office.matters.models import Event, Matter
from zhongshu.office.notices.models import Notice

Signed = Callable[[str], Client]


@pytest.fixture
def signed(town: Town) -> Signed:
    def open_(name: str) -> Client:
        client = Client()
        client.force_login(town.people[name].account)
        return client

    return open_


def form_of(page: str) -> dict[str, str]:
    """The hidden fields of a form, as a browser would send them back."""
    return dict(re.findall(r'<input type="hidden" name="([a-z]+)" value="([^"]*)"', page))


def press(client: Client, matter: Matter, verb: str, **typed: object) -> int:
    """Open the form of a verb from the page of the matter, fill it in, press the button."""
    page = client.get(f"/m/{matter.key}/").content.decode()
    links = re.findall(rf'href="(/act/{matter.key}/{verb}/\d+/)"', page)
    if not links:
        return 0
    form = form_of(client.get(links[0]).content.decode())
    return client.post(links[0], {**form, **typed}).status_code


def written(client: Client, **more: object) -> Matter:
    page = client.get("/requests/request/new/").content.decode()
    typed = {
        **form_of(page),
        "title": "关于购置流量计的签报",
        "urgency": "normal",
        "f_subject": "购置流量计",
        "f_text": SimpleUploadedFile("签报.pdf", good.pdf(), "application/pdf"),
        "submit": "1",
        **more,
    }
    answer = client.post("/requests/request/new/", typed)
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return Matter.objects.latest("pk")


def test_from_draft_to_the_files(signed: Signed) -> None:
    matter = written(signed("王小满"))
    assert matter.state == "running"
    head, leader, clerk = signed("张科"), signed("赵副"), signed("黄文")
    assert "关于购置流量计的签报" in head.get("/").content.decode()
    assert press(head, matter, "approve", opinion="同意，请赵局审定。") == 302
    assert press(leader, matter, "approve", opinion="同意。") == 302
    matter.refresh_from_db()
    assert press(clerk, matter, "done", opinion="已交办归档。") == 302
    matter.refresh_from_db()
    assert matter.state == "approved"
    assert "同意，请赵局审定。" in clerk.get(f"/m/{matter.key}/").content.decode()


def test_returned_and_sent_again(signed: Signed) -> None:
    matter, head = written(signed("王小满")), signed("张科")
    assert press(head, matter, "send_back", to="draft", opinion="请补充报价。") == 302
    drafter = signed("王小满")
    assert "请补充报价。" in drafter.get(f"/m/{matter.key}/").content.decode()
    assert press(drafter, matter, "submit", f_subject="购置流量计，附三家报价") == 302
    matter.refresh_from_db()
    assert matter.state == "running"
    assert "附三家报价" in head.get(f"/m/{matter.key}/").content.decode()


def test_what_was_typed_survives_a_refusal(signed: Signed) -> None:
    client = signed("王小满")
    page = client.get("/requests/request/new/").content.decode()
    typed = {**form_of(page), "title": "没写完的签报", "urgency": "normal", "f_subject": "要紧的话"}
    answer = client.post("/requests/request/new/", {**typed, "submit": "1"})
    assert answer.status_code == 422
    assert "要紧的话" in answer.content.decode()
    assert client.post("/requests/request/new/", {**typed, "keep": "1"}).status_code == 302
    matter = Matter.objects.latest("pk")
    assert matter.state == "draft"
    draft = client.get(f"/act/{matter.key}/submit/0/").content.decode()
    assert "要紧的话" in draft


def test_the_button_pressed_twice_acts_once(signed: Signed) -> None:
    matter, head = written(signed("王小满")), signed("张科")
    page = head.get(f"/m/{matter.key}/").content.decode()
    link = re.findall(rf'href="(/act/{matter.key}/approve/\d+/)"', page)[0]
    form = form_of(head.get(link).content.decode()) | {"opinion": "同意。"}
    assert head.post(link, form).status_code == 302
    assert head.post(link, form).status_code == 302
    assert Event.objects.filter(matter=matter).count() == 2


def test_who_is_late_is_told_and_keeps_his_words(signed: Signed) -> None:
    matter, head = written(signed("王小满")), signed("张科")
    page = head.get(f"/m/{matter.key}/").content.decode()
    link = re.findall(rf'href="(/act/{matter.key}/approve/\d+/)"', page)[0]
    form = form_of(head.get(link).content.decode())
    press(signed("王小满"), matter, "recall")
    late = head.post(link, {**form, "opinion": "我仔细看过的意见"})
    assert late.status_code == 409
    assert "我仔细看过的意见" in late.content.decode()


def test_an_opinion_is_asked_for_and_given(signed: Signed, town: Town) -> None:
    matter, head = written(signed("王小满")), signed("张科")
    asked = town.people["吴法"].key
    assert press(head, matter, "consult", to=asked, opinion="合同要审吗？") == 302
    lawyer = signed("吴法")
    assert "答复" in lawyer.get("/").content.decode()
    assert press(lawyer, matter, "answer", opinion="不用。") == 302


def test_a_file_that_is_not_taken_is_told_and_loses_no_word(signed: Signed) -> None:
    client = signed("王小满")
    page = client.get("/requests/request/new/").content.decode()
    typed = {
        **form_of(page),
        "title": "关于附件的签报",
        "urgency": "normal",
        "f_subject": "附件",
        "f_text": SimpleUploadedFile("签报.pdf", b"<html>", "application/pdf"),
        "submit": "1",
    }
    answer = client.post("/requests/request/new/", typed, follow=True)
    assert answer.status_code in {200, 422}
    assert "关于附件的签报" in answer.content.decode()
    assert 'role="alert"' in answer.content.decode()


def post(client: Client, matter: Matter, what: str, **typed: str) -> str:
    """What the page says after something beside the flow was done."""
    return client.post(f"/act/{matter.key}/{what}/", typed, follow=True).content.decode()


def test_remarks_tags_links_and_watching_through_the_page(signed: Signed) -> None:
    matter, other = written(signed("王小满")), written(signed("王小满"))
    head = signed("张科")
    once = form_of(head.get(f"/m/{matter.key}/").content.decode())["once"]
    for _ in range(2):
        page = post(head, matter, "comment", once=once, text="型号见附表。<b>")
    assert page.count("型号见附表。&lt;b&gt;") == 1
    assert "汛前检查" in post(head, matter, "tag", name="汛前检查")
    assert other.number in post(head, matter, "link", other=other.number)
    assert 'name="stop"' in post(head, matter, "watch")
    assert matter.title in head.get("/watched/").content.decode()
    assert matter.number in head.get("/matters/?tag=汛前检查").content.decode()
    assert "汛前检查" not in post(head, matter, "untag", name="汛前检查")
    assert other.number not in post(head, matter, "unlink", other=other.key)
    assert 'name="stop"' not in post(head, matter, "watch", stop="1")
    assert "还没有关注的事项" in head.get("/watched/").content.decode()


def test_what_is_refused_beside_the_flow_keeps_what_was_typed(signed: Signed) -> None:
    matter, head = written(signed("王小满")), signed("张科")
    wrong = head.post(f"/act/{matter.key}/link/", {"other": "签报〔2026〕77号"})
    assert wrong.status_code == 422
    assert "签报〔2026〕77号" in wrong.content.decode()
    assert "没有这个编号的事项" in wrong.content.decode()
    long = head.post(f"/act/{matter.key}/comment/", {"once": "x", "text": "长" * 2001})
    assert long.status_code == 422
    assert "长" * 2001 in long.content.decode()
    assert signed("外人").post(f"/act/{matter.key}/comment/", {"text": "x"}).status_code == 404


def test_a_new_request_sent_twice_is_one_matter_with_one_file(signed: Signed) -> None:
    client = signed("王小满")
    page = client.get("/requests/request/new/").content.decode()
    answers = []
    for _ in range(2):
        typed = {
            **form_of(page),
            "title": "关于两次提交的签报",
            "urgency": "normal",
            "f_subject": "两次",
            "f_text": SimpleUploadedFile("签报.pdf", good.pdf(), "application/pdf"),
            "submit": "1",
        }
        answers.append(client.post("/requests/request/new/", typed))
    matter = Matter.objects.get(title="关于两次提交的签报")
    assert [(one.status_code, one.headers["Location"]) for one in answers] == [
        (302, matter.address)
    ] * 2
    assert File.objects.filter(subject=f"matter:{matter.key}").count() == 1
    assert Event.objects.filter(matter=matter).count() == 1


def test_a_draft_kept_twice_has_its_file_once(signed: Signed) -> None:
    client = signed("王小满")
    page = client.get("/requests/request/new/").content.decode()
    for _ in range(2):
        typed = {
            **form_of(page),
            "title": "关于存两次的签报",
            "urgency": "normal",
            "f_text": SimpleUploadedFile("签报.pdf", good.pdf(), "application/pdf"),
            "keep": "1",
        }
        assert client.post("/requests/request/new/", typed).status_code == 302
    matter = Matter.objects.get(title="关于存两次的签报")
    assert File.objects.filter(subject=f"matter:{matter.key}").count() == 1


def test_looking_at_a_matter_marks_its_notices_read_and_a_look_alone_does_not(
    signed: Signed, town: Town
) -> None:
    matter, head = written(signed("王小满")), signed("张科")
    mine = Notice.objects.filter(person=town.people["张科"], read_at__isnull=True)
    page = head.get(f"/m/{matter.key}/").content.decode()
    assert mine.count() == 1
    seen = re.findall(r'hx-post="(/notices/seen/[0-9a-f]+/)"', page)[0]
    assert signed("外人").post(seen).status_code == 204
    assert mine.count() == 1
    assert head.post(seen).status_code == 204
    assert mine.count() == 0


def test_the_desk_counts_each_thing_once(signed: Signed) -> None:
    written(signed("王小满"))
    head = signed("张科")
    head.get("/")
    with CaptureQueriesContext(connection) as asked:
        head.get("/")
    counts = [
        one["sql"] for one in asked if "COUNT(" in one["sql"] and "matters_todo" in one["sql"]
    ]
    assert len(counts) == len(set(counts)) == 2

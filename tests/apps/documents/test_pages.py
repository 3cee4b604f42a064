"""Through the pages: dropped, looked at, refused for people, registered, returned, printed."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.office.files import good
from zhongshu.apps.documents import reading
from zhongshu.apps.documents.actions import arriving
from zhongshu.apps.documents.models import Arrival, Incoming, Return
from zhongshu.config.town.letters import pdf
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.matters.models import Matter

from .conftest import LETTER, Sit, drop

TRAY = "/documents/tray/"


def upload(client: Client, *files: tuple[str, bytes], **more: str) -> object:
    papers = [SimpleUploadedFile(name, raw) for name, raw in files]
    return client.post(f"{TRAY}add/", {"papers": papers, "batch": clock.token(), **more})


def fields(page: str) -> dict[str, object]:
    """The form of the split view as a browser would send it."""
    form = page[page.index('<form method="post" id="entry"') :]
    form = form[: form.index("</form>")]
    sent: dict[str, object] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        named = dict(re.findall(r'([a-z-]+)="([^"]*)"', tag))
        if named.get("type") not in {"checkbox"} and "name" in named:
            sent[named["name"]] = named.get("value", "")
    for name, inside in re.findall(r'<select name="([a-z_]+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'<option value="([^"]*)"[^>]* selected', inside)
        sent[name] = chosen[1] if chosen else ""
    return sent


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined, no-any-return]


def test_one_file_leads_to_its_page_with_what_was_read(sit: Sit) -> None:
    client = sit("黄文")
    answer = upload(client, ("来文.pdf", pdf(LETTER)))
    arrival = Arrival.objects.get()
    assert answer.url == f"{TRAY}{arrival.key}/"  # type: ignore[attr-defined]
    page = text(client.get(answer.url))  # type: ignore[attr-defined]
    sent = fields(page)
    assert sent["title"] == LETTER.title
    assert sent["dated"] == "2026年11月20日"
    assert (sent["register"], sent["sort"], sent["received_at"]) == (
        "lower", "请示", "2026-11-23 09:00",
    )  # fmt: skip
    assert page.count('<g data-zone="') == 8
    assert 'data-zone="document_no"' in page
    assert re.search(r'<img src="/files/[0-9a-f]{32}/1/960.png"', page)


def test_a_clean_paper_is_registered_as_it_stands(sit: Sit, clerk: Actor) -> None:
    client, arrival = sit("黄文"), drop(clerk)
    sent = fields(text(client.get(f"{TRAY}{arrival.key}/")))
    answer = client.post(
        f"{TRAY}{arrival.key}/", sent | {"checks": ["ours", "rules"], "enter": "1"}
    )
    record = Incoming.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == record.matter.address
    assert record.checks == ["ours", "rules"]
    again = client.post(f"{TRAY}{arrival.key}/", sent | {"enter": "1"})
    assert again["Location"] == record.matter.address
    assert Matter.objects.count() == 1
    done = client.get(f"{TRAY}{arrival.key}/")
    assert record.matter.address in text(done)


def test_the_doubtful_fields_come_first(
    sit: Sit, clerk: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrival = drop(clerk)
    told = arrival.reading
    for name, sure in {"dated": 0.3, "title": 0.85}.items():
        told["fields"][name]["sure"] = sure
    for name in set(told["fields"]) - {"dated", "title"}:
        told["fields"][name]["sure"] = 0.99
    Arrival.objects.update(reading=told)
    page = text(sit("黄文").get(f"{TRAY}{arrival.key}/"))
    names = re.findall(r'id="id_([a-z_]+)"', page[page.index('id="entry"') :])
    assert names[:2] == ["dated", "title"]
    assert "读出 8 项，6 项有把握，2 项请你核对" in page
    sure = re.findall(r'data-sure="(\w+)"[^>]*><label for="id_(\w+)"', page)
    assert sure[:2] == [("low", "dated"), ("mid", "title")]


def test_what_was_typed_survives_every_refusal(sit: Sit, clerk: Actor) -> None:
    client, arrival = sit("黄文"), drop(clerk)
    sent = fields(text(client.get(f"{TRAY}{arrival.key}/")))
    for wrong, said in (
        ({"title": ""}, "有 1 处要改"),
        ({"received_at": "2027-01-01 09:00"}, "收到时间在将来"),
        ({"dated": "上周五"}, "上周五"),
        ({"wanted_by": "1926-12-10"}, "年份不对"),
        ({"weight": "8"}, "要写明理由"),
        ({"urgency": "flash"}, "只用于电报"),
        ({"title": "机密★10年 关于某事"}, "国家秘密"),
    ):
        typed = sent | {"source": "改过的单位", "contact": "改过的联系人", "enter": "1"} | wrong
        answer = client.post(f"{TRAY}{arrival.key}/", typed)
        assert answer.status_code == 422, wrong
        page = text(answer)
        assert said in page, wrong
        assert "改过的单位" in page
        assert "改过的联系人" in page
    assert not Matter.objects.exists()


def test_two_clerks_at_one_paper(sit: Sit, clerk: Actor) -> None:
    arrival, other = drop(clerk), sit("林知夏")
    sent = fields(text(other.get(f"{TRAY}{arrival.key}/")))
    sit("黄文").post(f"{TRAY}{arrival.key}/", sent | {"enter": "1"})
    late = other.post(f"{TRAY}{arrival.key}/", sent | {"enter": "1", "contact": "我写的"})
    assert late.status_code == 409
    assert "黄文" in text(late)
    assert "我写的" in text(late)
    assert "黄文" in text(other.get(f"{TRAY}{arrival.key}/"))


def test_a_batch_says_what_became_of_each_file(sit: Sit) -> None:
    client = sit("黄文")
    answer = upload(
        client,
        ("一.pdf", pdf(LETTER)),
        ("旧.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600),
        ("密.pdf", good.pdf(["机密★20年\n市水利局文件"])),
    )
    page = text(answer)
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert "请另存为 .docx" in page
    assert "没有保存" in page
    assert page.count("没有收") >= 2
    assert [one.name for one in Arrival.objects.all()] == ["一.pdf"]


def test_progress_is_told_until_all_is_read(sit: Sit) -> None:
    client = sit("黄文")
    answer = upload(client, ("一.pdf", pdf(LETTER)), ("二.pdf", pdf(LETTER)))
    page = text(client.get(answer.url))  # type: ignore[attr-defined]
    assert "读了 0 / 2" in page
    batch = Arrival.objects.first().batch  # type: ignore[union-attr]
    where = f"{TRAY}progress/{batch}/"
    assert where in page
    for n, arrival in enumerate(Arrival.objects.all(), 1):
        arriving.read(key=arrival.key)
        told = client.get(where)
        assert f"读了 {n} / 2" in text(told)
        assert ("HX-Refresh" in told) == (n == 2)
        assert ("hx-get" in text(told)) == (n < 2)


def test_one_part_of_a_batch_is_answered_by_its_row(sit: Sit) -> None:
    client = sit("黄文")
    kept = upload(client, ("一.pdf", pdf(LETTER)), part="1")
    refused = upload(client, ("一.txt", pdf(LETTER)), part="1")
    assert (kept.status_code, refused.status_code) == (200, 200)  # type: ignore[attr-defined]
    assert "收下了" in text(kept)
    assert "后缀" in text(refused)
    assert Arrival.objects.get().state == Arrival.State.WAITING


def test_too_many_or_none(sit: Sit) -> None:
    client = sit("黄文")
    assert "请先选文件" in text(upload(client))
    many = [(f"{n}.txt", b"x") for n in range(51)]
    assert "一次最多 50 个文件" in text(upload(client, *many))
    assert not Arrival.objects.exists()


def test_paper_alone(sit: Sit) -> None:
    client = sit("黄文")
    sent = fields(text(client.get(f"{TRAY}paper/")))
    assert (sent["medium"], sent["keeper"]) == ("paper", "黄文")
    typed = sent | {"title": "关于会议的电话通知", "source": "云泽市财政局", "enter": "1"}
    assert client.post(f"{TRAY}paper/", typed).status_code == 302
    assert client.post(f"{TRAY}paper/", typed).status_code == 302
    record = Incoming.objects.get()
    assert record.medium == "paper"
    assert client.post(f"{TRAY}paper/", typed | {"once": "../../etc"}).status_code == 302
    assert Incoming.objects.count() == 2


def test_kept_and_gone_on_with_by_another(sit: Sit, clerk: Actor) -> None:
    first, second = (
        drop(clerk),
        drop(clerk, LETTER._replace(number="水〔2026〕9号", title="另一件请示")),
    )
    client = sit("黄文")
    sent = fields(text(client.get(f"{TRAY}{first.key}/"))) | {"contact": "写了一半"}
    answer = client.post(f"{TRAY}{first.key}/", sent | {"after": "1"})
    assert answer["Location"] == f"{TRAY}{second.key}/"
    assert (
        client.post(f"{TRAY}{second.key}/", sent | {"before": "1"})["Location"]
        == f"{TRAY}{first.key}/"
    )
    assert "写了一半" in text(sit("林知夏").get(f"{TRAY}{first.key}/"))
    assert client.post(f"{TRAY}{first.key}/", sent | {"keep": "1"}).status_code == 302


def test_registered_and_on_to_the_next(sit: Sit, clerk: Actor) -> None:
    first = drop(clerk)
    second = drop(clerk, LETTER._replace(number="水〔2026〕9号", title="另一件请示", text=("短",)))
    client = sit("黄文")
    sent = fields(text(client.get(f"{TRAY}{first.key}/")))
    assert (
        client.post(f"{TRAY}{first.key}/", sent | {"next": "1"})["Location"]
        == f"{TRAY}{second.key}/"
    )
    sent = fields(text(client.get(f"{TRAY}{second.key}/")))
    assert client.post(f"{TRAY}{second.key}/", sent | {"next": "1"})["Location"] == TRAY


def test_a_double_is_answered_on_the_page(sit: Sit, clerk: Actor) -> None:
    client, first, second = sit("黄文"), drop(clerk), drop(clerk)
    page = text(client.get(f"{TRAY}{second.key}/"))
    assert "可能重复：来文.pdf，文件相同、文号相同、标题相同、文字几乎相同" in page
    refused = client.post(f"{TRAY}{second.key}/", fields(page) | {"enter": "1"})
    assert "是不是同一件" in text(refused) or "是同一件" in text(refused)
    assert refused.status_code == 422
    client.post(f"{TRAY}{second.key}/apart/", {"of": first.key, "why": "更正后重发"})
    page = text(client.get(f"{TRAY}{second.key}/"))
    assert "不是同一件：更正后重发" in page
    third = drop(clerk)
    answer = client.post(f"{TRAY}{third.key}/same/", {"of": first.key})
    assert answer["Location"] == TRAY
    assert "不再登记" in text(client.get(TRAY))


def test_the_proposal_follows_what_is_typed(sit: Sit, clerk: Actor) -> None:
    client, arrival = sit("黄文"), drop(clerk)
    sent = fields(text(client.get(f"{TRAY}{arrival.key}/")))
    told = text(client.post(f"{TRAY}{arrival.key}/propose/", sent | {"title": "关于险情的请示"}))
    assert "涉及安全（险情）" in told
    assert "12 月 10 日" in told
    assert "来文写明" in told
    unwritten = client.post(
        f"{TRAY}{arrival.key}/propose/", sent | {"wanted_by": "", "urgency": "urgent"}
    )
    assert "按紧急程度" in text(unwritten)
    assert "就有分量和时限的建议" in text(
        client.post(f"{TRAY}{arrival.key}/propose/", sent | {"received_at": "昨天"})
    )


def test_returned_at_registration_with_a_slip(sit: Sit, clerk: Actor) -> None:
    client, arrival = sit("黄文"), drop(clerk)
    sent = fields(text(client.get(f"{TRAY}{arrival.key}/")))
    asked = client.post(f"{TRAY}{arrival.key}/", sent | {"return": "1"})
    assert asked["Location"] == f"{TRAY}{arrival.key}/return/"
    assert "R20" in text(client.get(asked["Location"]))
    wrong = client.post(asked["Location"], {"reasons": ["R99"], "fix": "写过的话"})
    assert wrong.status_code == 422
    assert "要写明原因" in text(wrong)
    assert "写过的话" in text(wrong)
    answer = client.post(asked["Location"], {"reasons": ["R14"], "fix": "请补附清单"})
    back = Return.objects.get()
    assert answer["Location"] == f"/documents/returned/{back.key}/"
    slip = text(client.get(answer["Location"]))
    assert all(
        word in slip for word in ("附件缺少", "请补附清单", LETTER.number, "下收〔2026〕1号")
    )
    assert 'data-size="a5"' in text(client.get(f"{answer['Location']}?size=a5"))
    again = client.get(f"{TRAY}{arrival.key}/")
    assert "已退回" in text(again)


def test_a_return_needs_what_a_registration_needs(sit: Sit, clerk: Actor) -> None:
    client = sit("黄文")
    key = clock.token()
    arriving.keep(key=key, typed={"title": ""}, by=clerk)
    answer = client.get(f"{TRAY}{key}/return/")
    assert answer["Location"] == f"{TRAY}{key}/"


def test_returned_at_review(sit: Sit, clerk: Actor) -> None:
    arrival = drop(clerk)
    sent = fields(text(sit("黄文").get(f"{TRAY}{arrival.key}/")))
    sit("黄文").post(f"{TRAY}{arrival.key}/", sent | {"enter": "1"})
    matter = Matter.objects.get()
    where = f"/documents/return/{matter.key}/"
    reviewer = sit("许初")
    assert LETTER.title in text(reviewer.get(where))
    assert sit("外人").get(where).status_code == 404
    refused = sit("黄文").post(where, {"reasons": ["R01"]})
    assert refused.status_code == 422
    assert reviewer.post(where, {"reasons": ["R01"]}).status_code == 302
    matter.refresh_from_db()
    assert matter.state == "rejected"


def test_the_tray_is_for_the_records_office(sit: Sit, clerk: Actor) -> None:
    arrival = drop(clerk)
    for name in ("王小满", "李局", "何主任"):
        client = sit(name)
        for where in (TRAY, f"{TRAY}{arrival.key}/", f"{TRAY}{'f' * 32}/", f"{TRAY}paper/"):
            assert client.get(where).status_code == 403
        assert "收文登记" not in text(client.get("/"))
        assert upload(client, ("来文.pdf", pdf(LETTER))).status_code == 403  # type: ignore[attr-defined]
    assert sit("许初").get(TRAY).status_code == 200
    assert sit("黄文").get(f"{TRAY}{'f' * 32}/").status_code == 404


def test_kinds_without_pictures_show_their_words(sit: Sit, clerk: Actor) -> None:
    came = arriving.Came(
        "通知.docx", [good.docx(["关于水源保护的通知", "请各科室做好水源保护工作。"])]
    )
    arrival = arriving.receive(came=came, batch=clock.token(), by=clerk, soon=True)
    page = text(sit("黄文").get(f"{TRAY}{arrival.key}/"))
    assert "请各科室做好水源保护工作" in page
    assert "<img" not in page


def test_a_doubt_is_shown_and_may_be_destroyed(sit: Sit, clerk: Actor) -> None:
    arrival = drop(clerk)
    Arrival.objects.update(reading={**arrival.reading, "doubt": True})
    client = sit("黄文")
    page = text(client.get(f"{TRAY}{arrival.key}/"))
    assert "立即销毁" in page
    assert 'name="vouched"' in page
    assert client.post(f"{TRAY}{arrival.key}/destroy/")["Location"] == TRAY
    assert not Arrival.objects.exists()


def test_the_page_asks_a_fixed_number_of_questions(sit: Sit, clerk: Actor) -> None:
    client, arrival = sit("黄文"), drop(clerk)
    client.get(f"{TRAY}{arrival.key}/")
    counted = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            client.get(f"{TRAY}{arrival.key}/")
        counted.append(len(asked))
        for n in range(5):
            drop(clerk, LETTER._replace(number=f"水〔2026〕{n + 1}号", title=f"第{n}件"))
    assert counted[0] == counted[1]


def test_shown_as_it_was_read() -> None:
    told = {"fields": {"a": {"value": "x", "sure": 0.95, "page": 1, "box": [1, 2, 3, 4]},
                       "b": {"value": "y", "sure": 0.8, "page": 2, "box": None},
                       "c": {"value": "z", "sure": 0.79, "page": 1, "box": None}}}  # fmt: skip
    assert reading.shown(told, "a") == ("x", "high", 1, (1, 2, 3, 4))
    assert [reading.shown(told, name).sure for name in "bcd"] == ["mid", "low", ""]
    assert reading.signs({}) == ()

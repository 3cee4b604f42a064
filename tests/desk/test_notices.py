"""The page of notices: one's own, read by hand, and what could not go out."""

from __future__ import annotations

import pytest

from tests.desk.conftest import Sit
from tests.office.matters.test_act import opened, submit
from tests.office.town import MONDAY, Town
from zhongshu.office.notices.models import Delivery, Notice


def test_one_reads_what_one_was_told(town: Town, sit: Sit) -> None:
    matter = opened(town)
    submit(town, matter)
    page = sit("张科").get("/notices/").content.decode()
    assert "请办理：" in page
    assert matter.title in page
    assert matter.number in page
    assert "未读 1 条" in page
    assert matter.title not in sit("外人").get("/notices/").content.decode()


def test_marking_one_goes_round_it_with_a_pen(town: Town, sit: Sit) -> None:
    submit(town, opened(town))
    pk = Notice.objects.get().pk
    client = sit("张科")
    part = client.post(f"/notices/{pk}/read/", headers={"HX-Request": "true"})
    assert "data-read" in part.content.decode()
    assert "<html" not in part.content.decode()
    assert Notice.objects.get().read_at is not None
    assert client.post(f"/notices/{pk}/read/").headers["Location"] == "/notices/"
    assert "都已读过" in client.get("/notices/").content.decode()
    assert "没有未读的通知" in client.get("/notices/?show=unread").content.decode()


def test_nobody_marks_what_is_anothers(town: Town, sit: Sit) -> None:
    submit(town, opened(town))
    pk = Notice.objects.get().pk
    for other in (pk, pk + 1, 10**18):
        assert sit("外人").post(f"/notices/{other}/read/").status_code == 404
    assert Notice.objects.get().read_at is None


def test_all_at_once_up_to_what_was_shown(town: Town, sit: Sit) -> None:
    submit(town, opened(town))
    first = Notice.objects.get().pk
    submit(town, opened(town))
    client = sit("张科")
    client.post("/notices/read/", {"up_to": str(first)})
    assert Notice.objects.filter(read_at=None).count() == 1
    client.post("/notices/read/", {"up_to": "9" * 30})
    client.post("/notices/read/", {"up_to": "²"})
    assert Notice.objects.filter(read_at=None).count() == 1


def test_looking_changes_nothing(town: Town, sit: Sit) -> None:
    submit(town, opened(town))
    client = sit("张科")
    client.get("/notices/")
    assert Notice.objects.get().read_at is None
    pk = Notice.objects.get().pk
    for address in (f"/notices/{pk}/read/", "/notices/read/"):
        assert client.get(address).status_code == 405


def test_older_ones_are_a_page_further(town: Town, sit: Sit) -> None:
    person = town.people["张科"]
    Notice.objects.bulk_create(
        [Notice(person=person, words="urged", level=2, at=MONDAY) for _ in range(1040)]
    )
    client = sit("张科")
    page = client.get("/notices/").content.decode()
    assert page.count("有人催办") >= 30
    assert "紧要" in page
    assert "99+" in page
    newest = Notice.objects.order_by("-pk")[0].pk
    assert f'value="{newest}"' in page  # with no commas in it
    assert f"?before={newest - 29}" in page
    older = client.get(f"/notices/?before={newest - 29}&show=unread")
    assert f"?before={newest - 59}&amp;show=unread" in older.content.decode()


def test_hostile_names_stay_text(town: Town, sit: Sit) -> None:
    town.people["王小满"].name = "<script>alert(1)</script>"
    town.people["王小满"].save()
    matter = opened(town)
    matter.title = "<img src=x>"
    matter.save()
    submit(town, matter)
    page = sit("张科").get("/notices/").content.decode()
    assert "<script>alert" not in page
    assert "<img src=x>" not in page
    assert "&lt;img src=x&gt;" in page


@pytest.mark.parametrize("name", ["张科", "security", "audit"])
def test_what_could_not_go_out_is_for_who_keeps_the_system(town: Town, sit: Sit, name: str) -> None:
    assert sit(name).get("/notices/outbox/").status_code == 404


def test_it_says_ways_and_reasons_and_no_matter(town: Town, sit: Sit) -> None:
    assert "没有放弃投递的通知" in sit("system").get("/notices/outbox/").content.decode()
    matter = opened(town)
    submit(town, matter)
    Delivery.objects.create(
        notice=Notice.objects.get(), channel="mail", given_up_at=MONDAY, error="答复 550"
    )
    page = sit("system").get("/notices/outbox/").content.decode()
    assert "答复 550" in page
    assert matter.number not in page
    assert matter.title not in page
    person = sit("张科").get("/notices/").content.decode()
    assert "邮件未送达" in person

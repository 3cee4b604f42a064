"""F08, F09 as they show on pages: a clock that was put back, and a house out of an older backup."""

from __future__ import annotations

from datetime import timedelta

from tests.office.matters.test_act import opened
from tests.office.town import Stopped, Town
from zhongshu.config import restored
from zhongshu.kernel.journal.verify import Head
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.journal import actions as journal
from zhongshu.office.journal import queries as journals
from zhongshu.office.people.actions.accounts import activate_account, link_of
from zhongshu.office.people.models import Account

from .conftest import Sit


def test_f08_the_journal_says_where_the_clock_went_back(
    sit: Sit, town: Town, time: Stopped
) -> None:
    first = opened(town, title="先开的")
    time.at -= timedelta(hours=3)
    later = opened(town, title="钟拨回后开的")
    time.at += timedelta(hours=4)
    opened(town, title="钟校正后开的")
    journal.seal()
    page = sit("李局").get("/journal/?verb=matter.open").content.decode()
    assert page.count("时钟倒退") == 1
    line = journals.about(subject=f"matter:{later.key}")[0]
    before = journals.about(subject=f"matter:{first.key}")[0]
    assert (line.place, line.at < before.at) == (before.place + 1, True), "places go by the act"
    assert "先后以序号为准" in sit("李局").get(f"/journal/{line.key}/").content.decode()


def test_f08_a_one_time_link_does_not_last_longer_because_the_clock_went_back(
    town: Town, time: Stopped
) -> None:
    account = Account.objects.get(username="外人")
    account.set_unusable_password()
    account.is_active = False
    account.save()
    token = activate_account(account=account, by=Actor("account:99", "security"))
    time.at -= timedelta(minutes=4)
    assert link_of(token=token) is not None, "a clock may be put right"
    time.at -= timedelta(hours=20)
    assert link_of(token=token) is None


def test_f09_after_an_older_state_used_numbers_are_passed_over_and_the_gap_can_be_read(
    sit: Sit, town: Town
) -> None:
    Account.objects.create(username="system", office="system", is_active=True)
    auditor = sit("audit")
    opened(town)
    journal.seal()
    here = journals.front_of(journals.current()).head
    assert here is not None
    there = Head(here.alg, here.journal, "0" * 64, here.size + 7)
    gap = restored.Gap(here, there, {"request/2026": (1, 5)})
    by = [Actor(f"account:{one.pk}", one.office) for one in Account.objects.exclude(office="")]
    restored.settle(gap, by)
    sent = {"once": clock.token(), "title": "恢复后的第一件", "urgency": "normal", "keep": "1"}
    assert sit("王小满").post("/requests/request/new/", sent).status_code == 302
    page = sit("王小满").get("/matters/").content.decode()
    assert "签报〔2026〕6号" in page
    assert "签报〔2026〕2号" not in page
    told = auditor.get("/journal/").content.decode()
    assert "确认恢复备份" in told
    assert "跳号" in told
    skip = next(one for one in journals.about(subject="series:request"))
    assert "&quot;last&quot;:&quot;5&quot;" in auditor.get(f"/journal/{skip.key}/").content.decode()

"""The journal through its pages: each reads as far as the table of powers lets him, a receipt
proves itself, an export is what an outsider's verifier accepts."""

from __future__ import annotations

import html
import re
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest
from django.test import Client

from tests.office.matters.test_act import opened, submit
from tests.office.people.conftest import GOOD
from tests.office.town import Town
from zhongshu.kernel.journal.verify import head_code
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.journal import actions as journal
from zhongshu.office.journal import queries
from zhongshu.office.journal.models import Entry
from zhongshu.office.matters.models import Matter
from zhongshu.office.people import queries as people
from zhongshu.office.people.models import Account

from .conftest import Sit

TITLE = "只有经手人知道的题目"


@pytest.fixture
def matter(town: Town) -> Matter:
    made = submit(town, opened(town, title=TITLE)).matter
    journal.seal()
    return made


def seen(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


def plain(page: str) -> str:
    """A page without what is different each time."""
    main = page.partition("<main")[2]
    return re.sub(r"[A-Za-z0-9]{64}", "", main)


def rows(page: str) -> int:
    return page.count("<tr>") - 1 if "<tr>" in page else 0


def of(matter: Matter, verb: str) -> Entry:
    return Entry.objects.get(subject=f"matter:{matter.key}", verb=verb)


def receipt(client: Client, entry: Entry) -> bytes:
    answer = client.get(f"/journal/{entry.key}/?as=file")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    return answer.content


def test_the_auditor_reads_every_act_and_no_title(sit: Sit, matter: Matter) -> None:
    page = seen(sit("audit"), "/journal/")
    assert rows(page) == Entry.objects.count()
    assert matter.number in page
    assert TITLE not in page
    assert TITLE not in seen(sit("audit"), f"/journal/{of(matter, 'matter.open').key}/")


def test_the_security_administrator_reads_acts_of_users_only(sit: Sit, matter: Matter) -> None:
    sit("audit")  # an administrator who has acted: what he does is not for his colleague
    auditor = Account.objects.get(username="audit")
    alien = journal.record(
        verb="journal.export", subject="journal:x", by=Actor(f"account:{auditor.pk}", "audit")
    )
    page = seen(sit("security"), "/journal/")
    assert "开立" in page
    assert matter.number in page
    assert TITLE not in page
    for hidden in (alien, *Entry.objects.filter(person__startswith="system:")):
        assert f"/journal/{hidden.key}/" not in page
        assert sit("security").get(f"/journal/{hidden.key}/").status_code == 404
    assert f"/journal/{alien.key}/" in seen(sit("audit"), "/journal/")


def test_the_system_administrator_has_no_such_page(sit: Sit, matter: Matter) -> None:
    for path in ("/journal/", "/journal/heads/", "/journal/check/"):
        assert sit("system").get(path).status_code == 404


def test_somebody_reads_his_own_acts_and_those_on_his_matters(sit: Sit, matter: Matter) -> None:
    drafter, head, stranger = sit("王小满"), sit("张科"), sit("外人")
    assert rows(seen(drafter, "/journal/")) == 2
    assert rows(seen(head, "/journal/")) == 0
    assert rows(seen(head, f"/journal/?matter={matter.number}")) == 2
    assert TITLE in seen(head, f"/journal/?matter={matter.number}")
    assert rows(seen(stranger, f"/journal/?matter={matter.number}")) == 0
    assert stranger.get(f"/journal/{of(matter, 'matter.open').key}/").status_code == 404


def test_who_is_not_there_and_what_may_not_be_seen_look_the_same(sit: Sit, matter: Matter) -> None:
    stranger = sit("外人")
    hidden = seen(stranger, f"/journal/?matter={matter.number}")
    absent = seen(stranger, "/journal/?matter=签报〔2026〕9号")
    assert plain(hidden).replace(matter.number, "签报〔2026〕9号") == plain(absent)


def test_whoever_surveys_the_bureau_searches_it_within_his_clearance(
    sit: Sit, town: Town, matter: Matter
) -> None:
    director = sit("李局")
    assert f"/journal/{of(matter, 'flow.submit').key}/" in seen(director, "/journal/")
    town.people["李局"].clearance = 0
    town.people["李局"].save()
    secret = of(matter, "flow.submit")
    people.forget()
    assert f"/journal/{secret.key}/" not in seen(director, "/journal/")


@pytest.mark.parametrize(
    ("asked", "verbs"),
    [
        ("who=王小满", {"matter.open", "flow.submit"}),
        ("who=N0005", {"matter.open", "flow.submit"}),
        ("verb=flow.submit", {"flow.submit"}),
        ("who=王小满&verb=matter.open", {"matter.open"}),
        ("who=陈立", set()),
    ],
)
def test_the_auditor_finds_by_person_and_verb(
    sit: Sit, matter: Matter, asked: str, verbs: set[str]
) -> None:
    page = seen(sit("audit"), f"/journal/?{asked}")
    keys = re.findall(r'href="/journal/([0-9a-f]{32})/"', page)
    assert set(Entry.objects.filter(key__in=keys).values_list("verb", flat=True)) == verbs


def test_nobody_of_that_name_is_said_at_the_field(sit: Sit, matter: Matter) -> None:
    assert "没有这个人" in seen(sit("audit"), "/journal/?who=查无此人")


def test_a_day_that_is_none_and_a_place_that_is_none_are_no_errors(
    sit: Sit, matter: Matter
) -> None:
    for asked in ("day=2026-13-40", "after=x", "after=" + "9" * 30, "verb=' or 1=1"):
        assert sit("audit").get(f"/journal/?{asked}").status_code == 200


def test_a_receipt_is_sound_and_ours(sit: Sit, matter: Matter) -> None:
    line = receipt(sit("王小满"), of(matter, "flow.submit"))
    told = sit("张科").post("/journal/check/", {"receipt": line.decode()})
    assert "回执成立，本库的日志也这么写" in told.content.decode()


def test_a_receipt_that_was_touched_is_told(sit: Sit, matter: Matter) -> None:
    line = receipt(sit("王小满"), of(matter, "flow.submit")).decode()
    told = sit("张科").post("/journal/check/", {"receipt": line.replace("submit", "cancel")})
    assert "这张回执不成立" in told.content.decode()


def test_a_journal_that_was_touched_after_is_told(sit: Sit, matter: Matter) -> None:
    entry = of(matter, "flow.submit")
    line = receipt(sit("王小满"), entry).decode()
    Entry.objects.filter(pk=entry.pk).update(spelt=bytes(entry.spelt).replace(b"submit", b"cancel"))
    told = sit("张科").post("/journal/check/", {"receipt": line})
    assert "被动过" in told.content.decode()


@pytest.mark.parametrize(
    "typed", ["", "x", "{}", "\ud800".encode("utf-8", "replace"), "9" * 200_000]
)
def test_what_is_no_receipt_is_never_an_error(sit: Sit, matter: Matter, typed: object) -> None:
    assert sit("张科").post("/journal/check/", {"receipt": typed}).status_code in {200, 422}


def test_heads_on_screen_and_on_paper(sit: Sit, matter: Matter) -> None:
    kept = journal.publish_head(at=clock.now(), where="elsewhere")
    code = head_code(queries.tree_head(kept))
    for path in ("/journal/heads/", "/journal/heads/?as=paper"):
        page = seen(sit("audit"), path)
        assert code in page
        assert str(kept.size) in page
    assert code in seen(sit("王小满"), "/journal/heads/")


def taken(client: Client) -> bytes:
    """The export, after saying again who one is."""
    account = Account.objects.get(username="audit")
    account.set_password(GOOD)
    account.save()
    client.force_login(account)
    asked = client.post("/journal/export/")
    assert asked.headers["Location"].startswith("/account/confirm/")
    answer = client.post(asked.headers["Location"], {"password": GOOD})
    assert answer.status_code == 200, answer
    return b"".join(answer.streaming_content)


def test_an_export_is_accepted_by_the_verifier_alone_and_is_an_act(
    sit: Sit, matter: Matter, tmp_path: Path
) -> None:
    head = queries.front_of(queries.current()).head
    assert head is not None
    out = taken(sit("audit"))
    script = tmp_path / "verify.py"
    script.write_bytes(files("zhongshu.kernel.journal").joinpath("verify.py").read_bytes())
    run = subprocess.run(
        [sys.executable, "-I", str(script), f"{head.size}:{head_code(head)}"],
        input=out,
        capture_output=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout.decode() + run.stderr.decode()
    assert Entry.objects.latest("pk").verb == "journal.export"


@pytest.mark.parametrize("who", ["system", "security", "王小满", "李局"])
def test_nobody_else_takes_an_export(sit: Sit, matter: Matter, who: str) -> None:
    assert sit(who).post("/journal/export/").status_code == 403


def test_the_sheet_lists_every_act_with_its_receipt(sit: Sit, matter: Matter) -> None:
    page = html.unescape(seen(sit("张科"), f"/m/{matter.key}/"))
    for verb in ("matter.open", "flow.submit"):
        assert f"/journal/{of(matter, verb).key}/" in page

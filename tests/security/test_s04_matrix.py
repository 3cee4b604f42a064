"""S04, S05: every route of the map against everybody's relation to one matter.

`ROUTES` says of each address what guards it, `PEOPLE` who sees the matter and who does not. A new
route without a row is red. What somebody may not see answers as what does not exist, byte for byte,
and no word of it appears to him anywhere; a control run without the gate must fail at both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

import pytest
from django.test import Client

from tests.office.files import good
from tests.office.matters.test_act import opened, slot, submit
from tests.office.town import Town
from zhongshu.kernel.flow import commands as c
from zhongshu.office.files import actions as files
from zhongshu.office.files.limits import WIDTHS
from zhongshu.office.journal import actions as journal
from zhongshu.office.journal import queries as journals
from zhongshu.office.journal.models import Entry
from zhongshu.office.matters import accompany, actions, queries
from zhongshu.office.matters.models import Matter
from zhongshu.office.notices.models import Notice
from zhongshu.office.people import powers, revision
from zhongshu.office.people.models import Account

from .conftest import Browser, Route, routes
from .test_s01_default_deny import OPEN, address

MATTER = "matter"  # the gate of matters
OWN = "own"  # one's own pages, and what everybody signed in may see
TASKS = "tasks"  # gates of supervision, targets, needs; their canaries stand in tests/apps
INCOMING = "incoming"  # the gate of matters, and then an incoming document, which this one is not
RECORDS = "records"  # the records office's; tests/security/test_s05_arrivals.py

ROUTES: dict[str, str] = {
    **dict.fromkeys(OPEN, "open"),
    **dict.fromkeys(
        (
            "account_change_password",
            "account_reauthenticate",
            "desk:home",
            "desk:journal",
            "desk:journal_check",
            "desk:journal_heads",
            "desk:matters",
            "desk:notice_read",
            "desk:notices",
            "desk:notices_read",
            "desk:notices_seen",
            "desk:outbox",
            "desk:reading",
            "desk:search",
            "desk:section",
            "desk:suggest",
            "desk:watched",
            "mfa_activate_totp",
            "mfa_add_webauthn",
            "mfa_deactivate_totp",
            "mfa_edit_webauthn",
            "mfa_generate_recovery_codes",
            "mfa_index",
            "mfa_list_webauthn",
            "mfa_reauthenticate",
            "mfa_reauthenticate_webauthn",
            "mfa_remove_webauthn",
            "mfa_view_recovery_codes",
            "people:directory",
            "people:end_leave",
            "people:end_session",
            "people:end_sessions",
            "people:end_stand_in",
            "people:leave",
            "people:me",
            "people:person",
            "people:stand_in",
            "people:totp_picture",
            "requests:index",
            "requests:new",
            "ui:gallery",
        ),
        OWN,
    ),
    **dict.fromkeys(
        (
            "desk:journal_entry",
            "desk:matter",
            "files:download",
            "files:page",
            "handling:act",
            "handling:comment",
            "handling:link",
            "handling:tag",
            "handling:unlink",
            "handling:untag",
            "handling:watch",
        ),
        MATTER,
    ),
    **dict.fromkeys(
        (
            "documents:act",
            "documents:circulate",
            "documents:document",
            "documents:leaves",
            "documents:number",
            "documents:slip",
            "documents:told",
        ),
        INCOMING,
    ),
    **dict.fromkeys(
        (
            "documents:add",
            "documents:apart",
            "documents:archive",
            "documents:destroy",
            "documents:filter_drop",
            "documents:filter_keep",
            "documents:ledger",
            "documents:ledger_export",
            "documents:ledger_print",
            "documents:paper",
            "documents:phrase_drop",
            "documents:phrases",
            "documents:progress",
            "documents:propose",
            "documents:register",
            "documents:return",
            "documents:return_slip",
            "documents:same",
            "documents:send_back",
            "documents:statistics",
            "documents:tray",
        ),
        RECORDS,
    ),
    **dict.fromkeys(
        (
            "needs:ask",
            "needs:call_back",
            "needs:grant",
            "needs:need",
            "needs:shortage",
            "supervision:answer_for",
            "supervision:apply",
            "supervision:approve_rules",
            "supervision:bulletin",
            "supervision:bulletin_exported",
            "supervision:bulletin_pdf",
            "supervision:bulletin_printed",
            "supervision:chase",
            "supervision:chase_many",
            "supervision:decide",
            "supervision:from_matter",
            "supervision:issue",
            "supervision:marks",
            "supervision:notice",
            "supervision:open_recurring",
            "supervision:report",
            "supervision:split",
            "supervision:task",
            "targets:adjust",
            "targets:decide",
            "targets:indicator",
            "targets:judge",
            "targets:verify",
            "targets:version",
        ),
        TASKS,
    ),
    **dict.fromkeys(
        (
            "desk:ledgers",
            "desk:register",
            "needs:needs",
            "needs:new_need",
            "needs:new_shortage",
            "needs:shortages",
            "processes:check",
            "processes:check_version",
            "processes:diagram",
            "processes:drawing",
            "processes:history",
            "processes:index",
            "processes:move",
            "processes:move_again",
            "processes:move_carry",
            "processes:move_drop",
            "processes:move_plan",
            "processes:overview",
            "processes:powers",
            "processes:powers_sheet",
            "processes:report",
            "processes:show",
            "processes:text",
            "processes:version",
            "supervision:bulletins",
            "supervision:ledger",
            "supervision:ledger_exported",
            "supervision:ledger_printed",
            "supervision:new",
            "supervision:recurring",
            "supervision:rules",
            "supervision:year",
            "supervision:year_exported",
            "supervision:year_pdf",
            "supervision:year_printed",
            "targets:propose",
            "targets:responsibility",
            "targets:score",
            "targets:score_exported",
            "targets:score_pdf",
            "targets:score_printed",
            "targets:table",
            "targets:tree",
            "targets:wall",
        ),
        OWN,
    ),
    "desk:journal_export": "power journal.export",
    "people:accounts": "sight accounts",
    "people:activate": "power account.activate",
    "people:add_account": "power account.create",
    "people:add_person": "power organisation.change",
    "people:add_post": "power organisation.change",
    "people:add_unit": "power organisation.change",
    "people:appoint": "power role.grant",
    "people:change_person": "power organisation.change",
    "people:change_post": "power organisation.change",
    "people:change_unit": "power organisation.change",
    "people:confirm_identity": "power account.activate",
    "people:drop_identity": "power account.suspend",
    "people:end_appointment": "power role.grant",
    "people:identities": "sight accounts",
    "people:import": "sight imports",
    "people:imports": "sight imports",
    "people:propose_identity": "power account.create",
    "people:leave_for_good": "power organisation.change",
    "people:move": "power organisation.change",
    "people:propose_import": "power organisation.change",
    "people:release_import": "power organisation.release",
    "people:seat_unit": "power role.grant",
    "people:set_clearance": "power clearance.set",
    "people:set_sight": "power role.grant",
    "people:suspend": "power account.suspend",
    "people:template_csv": "sight imports",
    "people:template_xlsx": "sight imports",
    "people:undo_import": "power organisation.release",
    "processes:begin": "power process.propose",
    "processes:drop": "power process.propose",
    "processes:release": "power process.release",
    "processes:retire": "power process.propose",
    "processes:retire_confirm": "power process.release",
    "processes:part": "power process.propose",
    "processes:propose": "power process.propose",
    "processes:sketch": "power process.propose",
    "processes:sketch_compare": "power process.propose",
    "processes:sketch_drawing": "power process.propose",
    "processes:sketch_file": "power process.propose",
    "processes:sketch_history": "power process.propose",
    "processes:sketch_text": "power process.propose",
}

# Relation to the matter: who, and whether it is his to see.
PEOPLE: dict[str, bool] = {
    "王小满": True,  # drafts it
    "张科": True,  # has handled it
    "赵副": True,  # holds it
    "吴法": True,  # was asked to read it
    "李局": True,  # sees the whole bureau
    "周同": False,  # sits in the same unit
    "陈立": False,  # heads another unit
    "外人": False,  # nothing to do with it
    "低密": False,  # sees the whole bureau, but not of this class
    "孙看": False,  # followed it while he saw it
    "system": False,
    "security": False,
    "audit": False,
}
CANARY = "金丝雀七三三"
WORDS = {
    "title": f"关于{CANARY}题的签报",
    "opinion": f"{CANARY}意见",
    "remark": f"{CANARY}留言",
    "tag": f"{CANARY}标签",
    "file": f"{CANARY}附件.txt",
    "text": f"{CANARY}正文",
    "other": f"{CANARY}另一件",
}
GIVEN_AWAY = {"desk:journal_heads"}  # how long the journal is; printed for everybody to keep
FINE = {200, 302, 405, 409, 422}


class Scene(NamedTuple):
    """The matter, and the keys by which its parts are addressed."""

    matter: Matter
    entry: str
    file: str
    paper: str


@pytest.fixture
def bureau(town: Town, settings: Any, tmp_path: Path) -> Town:
    settings.FILES_ROOT, settings.FILES_SPARE = tmp_path / "files", 0
    town.unit("survey", "督查室")
    town.person("周同", "water")
    town.person("低密", "survey", "survey_low", clearance=0)
    town.person("孙看", "survey", "survey_was", clearance=2)
    for code in ("survey_low", "survey_was"):
        post = town.post(code, "survey")
        post.sight = "bureau"
        post.save()
    for office in ("system", "security", "audit"):
        Account.objects.create(username=office, office=office, is_active=True)
    revision.touch()
    return town


def scene(town: Town) -> Scene:
    """A matter with everything on it, under way."""
    matter = opened(town, title=WORDS["title"])
    about, by = f"matter:{matter.key}", town.actor("王小满")
    text = files.add(name=WORDS["file"], stream=[WORDS["text"].encode()], subject=about, by=by)
    paper = files.add(name="附图.pdf", stream=[good.pdf()], subject=about, by=by)
    other = opened(town, by="赵副", title=WORDS["other"])
    submit(town, matter)
    accompany.comment(key=matter.key, text=WORDS["remark"], by=town.actor("张科"))
    accompany.tag(key=matter.key, name=WORDS["tag"], by=town.actor("张科"))
    accompany.link(key=matter.key, other=other.number, by=town.actor("李局"))
    accompany.watch(key=matter.key, by=town.actor("孙看"))
    fresh = Matter.objects.select_related("case").get(pk=matter.pk)
    seat, seen = slot(fresh, town.people["张科"].key)
    reader = town.people["吴法"].key
    actions.act(
        key=matter.key, command=lambda who: c.Circulate(who, (reader,)), by=town.actor("张科")
    )
    actions.act(
        key=matter.key,
        command=lambda who: c.Decide(who, seat.id, seat.rev, seen, "approve", WORDS["opinion"]),
        by=town.actor("张科"),
    )
    was = town.post("survey_was", "survey")
    was.sight = "own"
    was.save()
    revision.touch()
    journal.seal()
    entry = Entry.objects.filter(subject=f"matter:{matter.key}").latest("pk")
    return Scene(matter, entry.key, text.key, paper.key)


@pytest.fixture
def there(bureau: Town) -> Scene:
    return scene(bureau)


def address_in(route: Route, here: Scene | None) -> str:
    """The route with the matter's own keys in it; of something that is not there for None."""
    part = {"desk:journal_entry": 1, "files:download": 2, "files:page": 3}.get(route.name, 0)
    keys = (here.matter.key, here.entry, here.file, here.paper) if here else ("f" * 32,) * 4
    path = address(route).replace("0" * 32, keys[part])
    path = path.replace("/x/", "/approve/") if route.name == "handling:act" else path
    return path.replace("/1/1.png", f"/1/{min(WIDTHS)}.png")


def answer(client: Client, method: str, path: str) -> tuple[int, str]:
    """Status and body, without what is different each time and without the address itself."""
    got = getattr(client, method)(path, {"once": "x", "text": "x", "name": "x", "other": "x"})
    body = b"".join(got.streaming_content) if got.streaming else got.content
    text = body.decode(errors="replace")
    return got.status_code, re.sub(r"[0-9a-f]{32}|[A-Za-z0-9]{64}", "", text)


def guarded(kind: str) -> list[Route]:
    return [route for route in routes() if ROUTES.get(route.name, "") == kind]


def wrong_cells(client: Client, here: Scene, *, sees: bool) -> Iterator[tuple[str, str, int]]:
    """Every route and method whose answer is not as the table says."""
    for route in [*guarded(MATTER), *([] if sees else guarded(INCOMING))]:
        for method in ("get", "post"):
            status, body = answer(client, method, address_in(route, here))
            absent = answer(client, method, address_in(route, None))
            if sees:
                if status not in FINE:
                    yield route.name, method, status
            elif (status, body) != absent:
                yield route.name, method, status


def crawl(client: Client, here: Scene) -> Iterator[tuple[str, str]]:
    """Every word of the matter that this person gets anywhere, and where."""
    found = {word for name, word in WORDS.items() if name != "text"} | {WORDS["text"]}
    for route in routes():
        path = address_in(route, here)
        if "logout" in path:
            continue
        got = client.get(f"{path}?q={CANARY[:3]}&matter={here.matter.number}&show=all")
        body = b"".join(got.streaming_content) if got.streaming else got.content
        text = body.decode(errors="replace") + unquote(repr(got.headers))
        yield from ((route.name, word) for word in found if word in text)


def test_every_route_has_a_row() -> None:
    assert {route.name for route in routes()} - ROUTES.keys() == set()


def test_no_row_is_left_over() -> None:
    known = {route.name for route in routes()}
    assert {name for name in ROUTES if name not in known and name not in OPEN} == set()


@pytest.mark.parametrize("name", PEOPLE)
def test_the_gate_of_matters_for_each_relation(
    browser: Browser, there: Scene, bureau: Town, name: str
) -> None:
    sees = PEOPLE[name]
    if name == "audit":  # reads acts, and of a matter its number; never what stands in it
        pages = [one for one in guarded(MATTER) if one.name != "desk:journal_entry"]
        assert len(pages) == len(guarded(MATTER)) - 1
    wrong = list(wrong_cells(browser(name), there, sees=sees))
    entry_pages = {"audit", "security"}
    assert [
        one for one in wrong if not (one[0] == "desk:journal_entry" and name in entry_pages)
    ] == []
    if name in bureau.people:
        who = bureau.actor(name)
        assert queries.visible(seen_by=who).filter(pk=there.matter.pk).exists() == sees


@pytest.mark.parametrize("name", [name for name, sees in PEOPLE.items() if not sees])
def test_no_word_of_it_appears_to_whoever_may_not_see_it(
    browser: Browser, there: Scene, bureau: Town, name: str
) -> None:
    assert list(crawl(browser(name), there)) == []
    if name in bureau.people:
        assert not Notice.objects.filter(person=bureau.people[name], matter=there.matter).exists()


def test_for_a_stranger_the_house_is_as_if_it_were_not_there(
    browser: Browser, bureau: Town
) -> None:
    """No count, list, feed or page is another one because of it."""
    client = browser("外人")

    def every_page() -> dict[str, tuple[int, str]]:
        return {
            route.name: answer(client, "get", address_in(route, None))
            for route in routes()
            if "logout" not in route.name
        }

    every_page()
    before = every_page()
    scene(bureau)
    after = every_page()
    assert {name for name in before if before[name] != after[name]} <= GIVEN_AWAY


def test_what_leaves_the_house_names_nothing_of_it(there: Scene) -> None:
    out = b"".join(journals.export(journal=journals.current())).decode()
    assert there.matter.number in out
    assert [word for word in WORDS.values() if word in out] == []


@pytest.mark.parametrize("name", ["外人", "李局", "system", "security", "audit"])
def test_each_power_and_sight_is_one_office_alone(
    browser: Browser, bureau: Town, name: str
) -> None:
    client, account = browser(name), Account.objects.get(username=name)
    for route in routes():
        kind, _, what = ROUTES.get(route.name, "").partition(" ")
        if kind not in {"power", "sight"}:
            continue
        holds = (powers.has if kind == "power" else powers.sees)(account, what)
        for method in ("get", "post"):
            status, _ = answer(client, method, address(route))
            assert status < 500, (route.name, method)
            if not holds:
                assert status in {403, 404, 405}, (route.name, method, status)


@pytest.fixture
def without_a_gate(monkeypatch: pytest.MonkeyPatch) -> None:
    """Control: the gate lets everybody see everything."""

    def visible(**_: object) -> Any:
        return Matter.objects.all()

    for module in ("queries", "accompany", "papers"):
        monkeypatch.setattr(f"zhongshu.office.matters.{module}.visible", visible)


def test_control_without_the_gate_the_matrix_fails(
    browser: Browser, there: Scene, without_a_gate: None
) -> None:
    wrong = {name for name, _, _ in wrong_cells(browser("外人"), there, sees=False)}
    assert {"desk:matter", "files:download", "handling:comment"} <= wrong


def test_control_without_the_gate_the_crawl_finds_every_word(
    browser: Browser, there: Scene, without_a_gate: None
) -> None:
    assert {word for _, word in crawl(browser("外人"), there)} == set(WORDS.values())


def test_whoever_may_see_it_finds_every_word(browser: Browser, there: Scene) -> None:
    assert {word for _, word in crawl(browser("李局"), there)} == set(WORDS.values())

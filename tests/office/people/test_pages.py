"""The pages of people: who gets which, what they do, and what they do not show."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.office.matters.test_act import opened
from tests.office.town import MONDAY, Stopped, Town
from zhongshu.office.matters.models import Process
from zhongshu.office.matters.processes import definition
from zhongshu.office.people import above, actions, queries
from zhongshu.office.people.models import (
    Account,
    Appointment,
    Import,
    Leave,
    Person,
    Post,
    StandIn,
    Unit,
)
from zhongshu.office.people.urls import urlpatterns

from .conftest import Signed
from .test_import import GOOD
from .test_organisation import BY

ANONYMOUS = {"first_use", "first_password"}
SYSTEM, SECURITY, AUDIT, PERSON = "system", "security", "audit", "张科"
EVERYBODY = {SYSTEM, SECURITY, AUDIT, PERSON}

# Who gets an answer other than "not yours". A page without a line here is a red test.
MATRIX: dict[str, set[str]] = {
    "directory": EVERYBODY,
    "person": EVERYBODY,
    "me": EVERYBODY,
    "totp_picture": EVERYBODY,
    "end_session": EVERYBODY,
    "end_sessions": EVERYBODY,
    "first_use": EVERYBODY,
    "first_password": EVERYBODY,
    "leave": {PERSON},
    "end_leave": {PERSON},
    "stand_in": {PERSON},
    "end_stand_in": {PERSON},
    "accounts": {SYSTEM, SECURITY, AUDIT},
    "add_account": {SYSTEM},
    "activate": {SECURITY},
    "suspend": {SYSTEM},
    "identities": {SYSTEM, SECURITY, AUDIT},
    "propose_identity": {SYSTEM},
    "confirm_identity": {SECURITY},
    "drop_identity": {SYSTEM},
    "imports": {SYSTEM, SECURITY, AUDIT},
    "template_csv": {SYSTEM, SECURITY, AUDIT},
    "template_xlsx": {SYSTEM, SECURITY, AUDIT},
    "import": {SYSTEM, SECURITY, AUDIT},
    "propose_import": {SYSTEM},
    "release_import": {SECURITY},
    "undo_import": {SECURITY},
    "add_unit": {SYSTEM},
    "change_unit": {SYSTEM},
    "seat_unit": {SYSTEM},
    "add_post": {SYSTEM},
    "add_person": {SYSTEM},
    "change_post": {SYSTEM},
    "set_sight": {SECURITY},
    "change_person": {SYSTEM},
    "move": {SYSTEM},
    "appoint": {SECURITY},
    "end_appointment": {SECURITY},
    "set_clearance": {SECURITY},
    "leave_for_good": {SYSTEM},
}
NAMES = [pattern.name or "" for pattern in urlpatterns]


def address(name: str, town: Town) -> str:
    """The address of a page, with something that exists."""
    arguments = {
        "key": Import.objects.get().key if "import" in name else town.people["王小满"].key,
        "code": "water_head" if name in {"change_post", "set_sight"} else "water",
        "pk": Account.objects.get(username="外人").pk,
        "token": "nothing",
    }
    pattern = next(one for one in urlpatterns if one.name == name)
    kwargs = {key: arguments[key] for key in pattern.pattern.converters}
    return reverse(f"people:{name}", kwargs=kwargs)


def ask(client: Client, where: str) -> int:
    """The status of a page that is asked for, by POST where it takes nothing else."""
    answer = client.get(where)
    return client.post(where).status_code if answer.status_code == 405 else answer.status_code


@pytest.fixture
def proposed(town: Town) -> Import:
    """A table that waits."""
    return actions.propose_import(name="x.csv", rows=GOOD, by=BY)


def test_the_matrix_has_every_page() -> None:
    assert sorted(NAMES) == sorted(MATRIX)


@pytest.mark.parametrize("who", [SYSTEM, SECURITY, AUDIT, PERSON])
def test_the_matrix(signed: Signed, town: Town, proposed: Import, who: str) -> None:
    client = signed(who, again=True)
    client.raise_request_exception = True
    got = {name: ask(client, address(name, town)) for name in NAMES if name != "suspend"}
    refused = {name for name, status in got.items() if status == 403}
    assert refused == {name for name in got if who not in MATRIX[name]}
    assert not {name for name, status in got.items() if status >= 500}
    suspended = ask(client, address("suspend", town))
    assert (suspended != 403) == (who in MATRIX["suspend"])


def test_nobody_gets_in_without_signing_in(town: Town, proposed: Import) -> None:
    for name in NAMES:
        answer = Client().get(address(name, town))
        if name in ANONYMOUS:
            assert "login" not in answer.get("Location", "")
        else:
            assert answer["Location"].startswith("/account/login/")


def test_the_directory(signed: Signed, town: Town, time: Stopped) -> None:
    zhang, wang = town.people["张科"], town.people["王小满"]
    span = (MONDAY, MONDAY + timedelta(days=2))
    actions.grant_stand_in(principal=zhang, deputy=wang, span=span, by=BY._replace(post="security"))
    actions.record_leave(person=zhang, start=span[0], end=span[1], by=BY, why="看病")
    actions.add_post(code="empty", name="空岗", unit=town.units["water"], by=BY)
    page = signed("何主任").get("/people/").content.decode()
    assert "不在岗，由王小满代" in page
    assert "空岗" in page
    assert "看病" not in page
    assert "看病" not in signed("何主任").get(f"/people/{zhang.key}/").content.decode()
    assert "看病" in signed("张科").get(f"/people/{zhang.key}/").content.decode()
    found = signed("何主任").get("/people/", {"q": "小满"}).content.decode()
    assert "王小满" in found
    assert "张科" not in found
    assert "没有找到" in signed("何主任").get("/people/", {"q": "无此人"}).content.decode()


def test_who_left_is_not_listed_but_his_page_stays(signed: Signed, town: Town) -> None:
    person = town.people["王小满"]
    actions.leave_for_good(person=person, by=BY)
    client = signed("何主任")
    assert "王小满" not in client.get("/people/").content.decode()
    assert "2026年11月23日" in client.get(f"/people/{person.key}/").content.decode()
    assert client.get("/people/nobody/").status_code == 404


def test_a_unit_below_a_unit_stands_below_it(signed: Signed, town: Town) -> None:
    actions.add_unit(
        code="low", name="下级站", kind="grassroots", parent=town.units["water"], by=BY
    )
    branches = signed("张科").get("/people/").context["branches"]
    at = {one.unit.code: (index, one.depth) for index, one in enumerate(branches)}
    assert at["low"] == (at["water"][0] + 1, 1)


def do(client: Client, where: str, **typed: str | int) -> None:
    """A form is sent, and what it asks for is done."""
    answer = client.post(f"/people/{where}/", typed)
    assert answer.status_code == 302, (where, answer.content.decode()[-3000:])


def test_administrators_change_the_house_by_forms(signed: Signed, town: Town) -> None:
    Unit.objects.filter(code="leaders").update(kind="leaders")
    system, security = signed("system", again=True), signed("security", again=True)
    unit = {"code": "n", "name": "新科", "kind": "section", "order": "1", "parent": "water"}
    do(system, "units/add", **unit)
    assert "已被占用" in system.post("/people/units/add/", unit).content.decode()
    do(system, "units/n", name="新二科", kind="section", order="2", parent="")
    do(system, "units/n/posts/add", code="n_head", name="科长", grade="5")
    do(system, "units/n/seat", head="n_head", leader="deputy")
    do(system, "posts/n_head", name="负责人", grade="6")
    do(system, "units/n/people/add", number="S9", name="新人", email="")
    key = Person.objects.get(number="S9").key
    do(system, f"{key}/change", name="新名", email="n@example.cn")
    do(security, f"{key}/appoint", post="n_head", since="2026-11-01")
    do(security, "posts/n_head/sight", sight="unit")
    do(security, f"{key}/clearance", clearance="2")
    directory = queries.directory()
    assert directory.units["n"].head == key
    assert (directory.people[key].rank, directory.people[key].clearance) == (6, 2)
    held = Appointment.objects.get(person__key=key)
    do(security, f"{key}/end-appointment", appointment=held.pk)
    do(system, f"{key}/move", unit="water")
    do(system, f"{key}/leave-for-good")
    assert Person.objects.get(key=key).left_on == MONDAY.date()
    assert Unit.objects.get(code="n").name == "新二科"
    assert Post.objects.get(code="n_head").sight == "unit"


def test_the_hand_over_list(signed: Signed, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(above, "_holdings", [lambda _person: [above.Held("灌区请示", "/m/1/")]])
    monkeypatch.setattr(above, "_hand_overs", [])
    client, person = signed("system", again=True), town.people["张科"]
    where = f"/people/{person.key}/leave-for-good/"
    assert "灌区请示" in client.get(where).content.decode()
    assert "张科手里还有 1 件" in client.post(where, {}).content.decode()
    successor = {"successor": town.people["王小满"].pk}
    assert client.post(where, successor).status_code == 302


def test_the_hand_over_list_names_drafts_and_asks_to_whom_they_go(
    signed: Signed, town: Town
) -> None:
    matter = opened(town, title="没有送办的稿子")
    client, person = signed("system", again=True), town.people["王小满"]
    where = f"/people/{person.key}/leave-for-good/"
    page = client.get(where).content.decode()
    assert matter.number in page
    assert "没有送办的稿子" not in page, "what it says is not for an administrator"
    assert "草稿交给" in page
    gone = town.people["外人"]
    Person.objects.filter(pk=gone.pk).update(left_on=MONDAY.date())
    assert client.post(where, {"drafts": gone.pk}).status_code == 200, "not to who has left"
    assert client.post(where, {"drafts": town.people["张科"].pk}).status_code == 302
    assert matter.todos.get().person == town.people["张科"]
    assert "草稿交给" not in client.get(f"/people/{gone.key}/leave-for-good/").content.decode()


def test_who_may_not_take_a_draft_is_said_on_the_page(signed: Signed, town: Town) -> None:
    matter = opened(town, by="何主任", grade=2)
    where = f"/people/{town.people['何主任'].key}/leave-for-good/"
    page = signed("system", again=True).post(where, {"drafts": town.people["外人"].pk})
    told = page.content.decode()
    assert f"{matter.number} 的拟稿不能交给所选的人" in told
    assert "外人" in told


# One's own page

SPAN = {"start": "2026-11-25T09:00", "end": "2026-11-26T17:30"}


def test_leave_says_who_covers(signed: Signed, town: Town, time: Stopped) -> None:
    client = signed("张科")
    answer = client.post("/people/me/leave/", SPAN | {"why": "出差"}, follow=True)
    assert "没有代理人" in answer.content.decode()
    leave = Leave.objects.get()
    ended = client.post(f"/people/me/leave/{leave.pk}/end/", follow=True)
    assert "已销假" in ended.content.decode()
    stand_in(client, town)
    answer = client.post("/people/me/leave/", SPAN, follow=True)
    assert "由王小满代理" in answer.content.decode()
    assert "不能同时不在岗" in signed("王小满").post("/people/me/leave/", SPAN).content.decode()


def stand_in(client: Client, town: Town) -> None:
    chosen = SPAN | {"deputy": town.people["王小满"].pk, "mode": "when_away"}
    first = client.post("/people/me/stand-in/", chosen)
    assert "我已看过，生效" in first.content.decode()
    assert not StandIn.objects.exists(), "seen first"
    seen = chosen | {"seen": town.people["王小满"].key}
    assert client.post("/people/me/stand-in/", seen).status_code == 302


def test_the_effect_is_shown_before_the_button(
    signed: Signed, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    process = definition(Process.objects.get(code="request", state="released").pk)
    monkeypatch.setattr(above, "_processes", [lambda: [process]])
    stand_in(signed("张科"), town)
    client = signed("黄文")
    told = [
        client.post(
            "/people/me/stand-in/", SPAN | {"deputy": one.pk, "mode": "shared"}
        ).content.decode()
        for one in town.people.values()
        if one.name != "黄文"
    ]
    assert any("人就能办完" in page or "没有哪个流程" in page for page in told)


def test_another_deputy_than_the_one_seen_is_shown_first(signed: Signed, town: Town) -> None:
    client = signed("张科")
    chosen = SPAN | {"deputy": town.people["王小满"].pk, "mode": "when_away"}
    client.post("/people/me/stand-in/", chosen | {"seen": town.people["黄文"].key})
    assert not StandIn.objects.exists()


def test_what_is_not_one_s_own_is_not_there(signed: Signed, town: Town, time: Stopped) -> None:
    client = signed("张科")
    stand_in(client, town)
    client.post("/people/me/leave/", SPAN)
    row, leave = StandIn.objects.get(), Leave.objects.get()
    other = signed("王小满")
    assert other.post(f"/people/me/stand-in/{row.pk}/end/").status_code == 404
    assert other.post(f"/people/me/leave/{leave.pk}/end/").status_code == 404
    time.at = MONDAY + timedelta(days=9)
    late = signed("张科").post(f"/people/me/stand-in/{row.pk}/end/", follow=True)
    assert "该代理已经结束" in late.content.decode()


def test_one_s_own_page_in_english(signed: Signed) -> None:
    client = signed("张科")
    client.cookies["django_language"] = "en"
    answer = client.post("/people/me/leave/", {"start": SPAN["end"], "end": SPAN["start"]})
    assert "the end must come after the beginning" in answer.content.decode()


def test_a_password_of_another_system_is_not_changed_here(signed: Signed) -> None:
    client = signed("张科")
    account = Account.objects.get(username="张科")
    account.set_unusable_password()
    account.save()
    client.force_login(account)
    assert client.get("/account/password/").status_code == 403


@pytest.mark.parametrize(
    "page",
    [
        "/account/factor/",
        "/account/factor/keys/",
        "/account/factor/keys/add/",
        "/account/factor/codes/",
        "/account/factor/totp/",
        "/account/password/",
        "/account/logout/",
        "/account/confirm/",
        "/people/me/",
    ],
)
def test_every_page_of_one_s_own_account_opens(signed: Signed, page: str) -> None:
    answer = signed("张科", again=True).get(page, follow=True)
    assert answer.status_code == 200 or page.endswith("codes/")

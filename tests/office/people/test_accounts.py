"""Accounts and the three administrators: powers, one-time links, identities (S24)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import product

import pytest
from django.apps import apps
from django.conf import LazySettings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import get_resolver

from tests.office.town import Stopped, Town
from zhongshu.office.actor import Actor, machine
from zhongshu.office.journal.models import Entry
from zhongshu.office.people import actions, powers
from zhongshu.office.people.actions.accounts import link_of
from zhongshu.office.people.models import Account, FirstUse, Identity

from .conftest import GOOD, Signed
from .test_organisation import refused
from .test_sessions import activate, inside

NAMES = {"system": "甲", "security": "乙", "audit": "丙"}
SYSTEM = Actor("account:1", "system")


def by(account: Account) -> Actor:
    return Actor(f"account:{account.pk}", account.office)


# Powers


def test_no_account_can_hold_two_columns() -> None:
    """Every pair of powers of different columns, every account there can be."""
    offices = [choice.value for choice in Account.Office]
    pairs = [
        (one, other)
        for one, other in product(powers.POWERS, repeat=2)
        if powers.POWERS[one] != powers.POWERS[other]
    ]
    assert pairs
    for office in offices:
        account = Account(office=office, is_active=True)
        for one, other in pairs:
            assert not (powers.has(account, one) and powers.has(account, other))
    assert {powers.POWERS[one] for one in powers.POWERS} == set(powers.OFFICES)


def test_a_person_and_a_sleeping_administrator_have_none() -> None:
    for power in powers.POWERS:
        assert not powers.has(Account(office="", is_active=True), power)
        assert not powers.has(Account(office=powers.POWERS[power], is_active=False), power)
        assert not powers.has(object(), power)
    for sight in powers.SIGHTS:
        assert not powers.sees(Account(office="", is_active=True), sight)


def test_the_table_cannot_be_changed_while_it_runs() -> None:
    with pytest.raises(TypeError):
        powers.POWERS["account.create"] = powers.AUDIT  # type: ignore[index]
    with pytest.raises(KeyError):
        powers.require("account.impersonate")
    with pytest.raises(KeyError):
        powers.require_sight("business")


def test_the_database_knows_no_fourth_office_and_no_double_life(town: Town) -> None:
    person = town.people["张科"]
    Account.objects.filter(person=person).delete()
    for bad in (
        {"office": "root"},
        {"office": "system", "person": person},
        {"office": "", "person": None},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Account.objects.create(username="bad", **bad)


def test_there_is_no_superuser_no_admin_and_no_impersonation() -> None:
    fields = {field.name for field in Account._meta.get_fields()}
    assert not fields & {"is_superuser", "is_staff", "user_permissions", "groups"}
    assert not apps.is_installed("django.contrib.admin")
    patterns = str(get_resolver().reverse_dict.keys())
    assert not any(word in patterns for word in ("admin:", "hijack", "impersonat", "loginas"))


@pytest.mark.parametrize("guard", ["require", "require_sight", "require_person"])
def test_a_guard_lets_in_and_keeps_out(town: Town, guard: str) -> None:
    def view(_request: HttpRequest) -> HttpResponse:
        return HttpResponse("in")

    guarded, allowed = {
        "require": (powers.require("account.create")(view), {"system"}),
        "require_sight": (powers.require_sight("policy")(view), {"security", "audit"}),
        "require_person": (powers.require_person(view), {""}),
    }[guard]
    for office in ("", "system", "security", "audit"):
        request = HttpRequest()
        person = town.people["张科"] if not office else None
        request.user = Account(office=office, is_active=True, person=person)
        if office in allowed:
            assert guarded(request).content == b"in"
        else:
            with pytest.raises(PermissionDenied):
                guarded(request)


# First start


def test_the_first_three_and_their_links(town: Town, time: Stopped, settings: LazySettings) -> None:
    settings.SECOND_FACTOR_FOR = "administrators"
    tokens = actions.first_administrators(called=NAMES, by=machine("init"))
    assert set(tokens) == set(NAMES)
    kept = set(FirstUse.objects.values_list("digest", flat=True))
    assert not kept & set(tokens.values()), "only digests are kept"
    client = Client()
    answer = client.get(f"/people/first/{tokens['audit']}/")
    assert tokens["audit"] not in answer["Location"], "the secret leaves the address"
    page = client.get(answer["Location"]).content.decode()
    assert "丙，请设置口令" in page
    bad = client.post("/people/first/", {"password": "short", "again": "other"})
    assert "两次输入不一致" in bad.content.decode()
    assert link_of(token=tokens["audit"]) is not None, "a look and a bad try cost nothing"
    answer = client.post("/people/first/", {"password": GOOD, "again": GOOD})
    assert (answer.status_code, answer["Location"]) == (302, "/account/factor/totp/")
    activate(client)
    assert inside(client)
    again = Client()
    again.get(f"/people/first/{tokens['audit']}/")
    assert again.get("/people/first/").status_code == 410
    with pytest.raises(ValueError, match="already"):
        actions.first_administrators(called=NAMES, by=machine("init"))


def test_three_different_people(town: Town) -> None:
    def start(called: dict[str, str]) -> Callable[[], object]:
        return lambda: actions.first_administrators(called=called, by=machine("init"))

    assert refused(start(NAMES | {"audit": "甲"})) == ("same_person",)
    assert refused(start(NAMES | {"audit": ""})) == ("name_empty",)
    with pytest.raises(ValueError, match="each"):
        start({"system": "甲"})()


def test_a_link_is_good_for_a_day_and_once(town: Town, time: Stopped) -> None:
    tokens = actions.first_administrators(called=NAMES, by=machine("init"))
    actions.use_link(token=tokens["system"], password=GOOD)
    for token in (tokens["system"], "", "0" * 64):
        assert refused(lambda t=token: actions.use_link(token=t, password=GOOD)) == ("link_spent",)
    time.at += timedelta(hours=24)
    assert refused(lambda: actions.use_link(token=tokens["audit"], password=GOOD)) == (
        "link_spent",
    )


def test_who_comes_second_at_the_same_moment_is_refused(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    tokens = actions.first_administrators(called=NAMES, by=machine("init"))
    link = link_of(token=tokens["audit"])
    actions.use_link(token=tokens["audit"], password=GOOD)
    monkeypatch.setattr("zhongshu.office.people.actions.accounts.link_of", lambda token: link)
    assert refused(lambda: actions.use_link(token=tokens["audit"], password="other")) == (
        "link_spent",
    )


# The two halves


def test_one_makes_another_activates_the_third_reads(
    signed: Signed, three: dict[str, Account], town: Town
) -> None:
    Account.objects.filter(username="外人").delete()
    system, security, audit = (signed(name, again=True) for name in NAMES)
    person = town.people["外人"]
    typed = {"username": "wairen", "person": person.pk}
    for other in (security, audit):
        assert other.post("/people/accounts/add/", typed).status_code == 403
    assert system.post("/people/accounts/add/", typed).status_code == 302
    account = Account.objects.get(username="wairen")
    assert not account.is_active
    for other in (system, audit):
        assert other.post(f"/people/accounts/{account.pk}/activate/").status_code == 403
    page = security.post(f"/people/accounts/{account.pk}/activate/")
    link = page.context["link"]
    fresh = Client()
    fresh.get(link.removeprefix("http://testserver"))
    fresh.post("/people/first/", {"password": GOOD, "again": GOOD})
    assert inside(fresh)
    for name in NAMES:
        seen = signed(name).get("/people/accounts/").content.decode()
        assert "wairen" in seen
    assert signed("张科").get("/people/accounts/").status_code == 403
    assert system.post(f"/people/accounts/{account.pk}/suspend/").status_code == 302
    assert not inside(fresh)
    answer = security.post(f"/people/accounts/{account.pk}/activate/", follow=True)
    assert "用原来的口令登录" in answer.content.decode()
    system.post(f"/people/accounts/{account.pk}/suspend/", {"forget": "1"})
    account.refresh_from_db()
    assert not account.has_usable_password()
    anew = security.post(f"/people/accounts/{account.pk}/activate/").content.decode()
    assert "一次性链接" in anew


def test_high_acts_ask_once_more_who_it_is(signed: Signed, three: dict[str, Account]) -> None:
    client = signed("system")
    answer = client.post(f"/people/accounts/{three['audit'].pk}/suspend/")
    assert answer["Location"].startswith("/account/confirm/")
    three["audit"].refresh_from_db()
    assert three["audit"].is_active


def test_refusals_of_accounts(three: dict[str, Account], town: Town) -> None:
    create, person = actions.create_account, town.people["张科"]
    assert refused(lambda: create(username="a b", person=person, by=SYSTEM)) == (
        "login_name_bad",
        "account_exists",
    )
    assert refused(lambda: create(username="SYSTEM", office="audit", name="丁", by=SYSTEM)) == (
        "login_name_taken",
    )
    assert refused(lambda: create(username="x", office="audit", name="管理system", by=SYSTEM)) == (
        "same_person",
    )
    second = create(username="audit2", office="audit", name="丁", by=SYSTEM)
    activate_ = actions.activate_account
    assert refused(lambda: activate_(account=second, by=by(second))) == ("yourself",)
    assert refused(lambda: activate_(account=three["audit"], by=by(three["security"]))) == (
        "account_active",
    )
    assert activate_(account=second, by=by(three["security"]))


def test_the_last_of_each_office_stays(three: dict[str, Account], town: Town) -> None:
    suspend = actions.suspend_account
    for office in NAMES:
        assert "last_administrator" in refused(
            lambda a=three[office]: suspend(account=a, by=by(three["system"]))
        )
    assert "yourself" in refused(lambda: suspend(account=three["system"], by=by(three["system"])))
    second = actions.create_account(username="audit2", office="audit", name="丁", by=SYSTEM)
    assert refused(lambda: suspend(account=second, by=SYSTEM)) == ("account_suspended",)
    actions.activate_account(account=second, by=by(three["security"]))
    suspend(account=three["audit"], by=by(three["system"]))
    assert refused(lambda: suspend(account=second, by=by(three["system"]))) == (
        "last_administrator",
    )


def test_a_name_that_sleeps_does_not_come_back_in_another_office(
    three: dict[str, Account], town: Town
) -> None:
    """Made while nobody of that name was active; the second half looks again."""
    second = actions.create_account(username="s2", office="audit", name="丁", by=SYSTEM)
    Account.objects.create(username="s3", office="system", name="丁", is_active=True)
    assert refused(lambda: actions.activate_account(account=second, by=by(three["security"]))) == (
        "same_person",
    )


def test_who_has_left_gets_no_account_back(three: dict[str, Account], town: Town) -> None:
    person = town.people["张科"]
    account = Account.objects.get(person=person)
    actions.leave_for_good(person=person, by=SYSTEM)
    account.refresh_from_db()
    assert refused(lambda: actions.activate_account(account=account, by=by(three["security"]))) == (
        "gone",
    )


# Identities of another system


def test_an_identity_is_pinned_by_two(three: dict[str, Account], town: Town) -> None:
    account = Account.objects.get(username="张科")
    propose = actions.propose_identity
    row = propose(account=account, issuer="https://id.example", subject_="77", by=SYSTEM)
    assert refused(
        lambda: propose(account=account, issuer="https://id.example", subject_="77", by=SYSTEM)
    ) == ("identity_taken",)
    assert refused(lambda: actions.confirm_identity(identity=row, by=SYSTEM)) == (
        "identity_same_hand",
    )
    actions.confirm_identity(identity=row, by=by(three["security"]))
    assert refused(lambda: actions.confirm_identity(identity=row, by=by(three["audit"]))) == (
        "identity_confirmed",
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Identity.objects.filter(pk=row.pk).update(confirmed_by=SYSTEM.person)


def test_account_lines_name_nobody(three: dict[str, Account], town: Town) -> None:
    actions.create_account(username="audit2", office="audit", name="丁一二", by=SYSTEM)
    assert "丁一二" not in bytes(Entry.objects.latest("pk").spelt).decode()


def test_old_secrets_still_open_sessions(town: Town, settings: LazySettings) -> None:
    account = Account.objects.get(username="张科")
    before = account.get_session_auth_hash()
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another" * 9
    assert account.get_session_auth_hash() != before
    assert list(account.get_session_auth_fallback_hash()) == [before]


def test_either_a_person_or_an_office(signed: Signed, town: Town) -> None:
    system = signed("system", again=True)
    for typed in ({"username": "x"}, {"username": "x", "office": "audit", "person": "1"}):
        page = system.post("/people/accounts/add/", typed).content.decode()
        assert "填且只填一项" in page or "选择一个有效" in page
    made = {"username": "audit2", "office": "audit", "name": "丁"}
    assert system.post("/people/accounts/add/", made).status_code == 302


def test_rows_have_names(three: dict[str, Account], town: Town) -> None:
    """What a log or an error page calls them."""
    account = Account.objects.get(username="张科")
    actions.change_password(account=account, password=GOOD)
    actions.activate_account(
        account=actions.create_account(username="a2", office="audit", name="丁", by=SYSTEM),
        by=by(three["security"]),
    )
    row = actions.propose_identity(account=account, issuer="https://i", subject_="7", by=SYSTEM)
    assert str(account.old_passwords.get()).startswith("张科 2026-")
    assert str(FirstUse.objects.get()).startswith("a2 11-")
    assert str(row) == "https://i 7"
    assert Account.objects.get_by_natural_key("张科") == account

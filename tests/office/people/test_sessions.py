"""Sessions: their times by the office's clock, and what ends or renews them (S31)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.office.town import Stopped, Town
from zhongshu.office.actor import Actor
from zhongshu.office.people import actions, passwords, second_factor
from zhongshu.office.people.models import Account, Person, Post

from .conftest import GOOD, Signed

NEW = "Yuluo-qiuchi dengxia 33"


def inside(client: Client) -> bool:
    """Whether the browser is still signed in."""
    return client.get("/people/").status_code == 200


def key(client: Client) -> str:
    return client.cookies["session"].value


def code_for(secret: str) -> str:
    """What an authenticator shows now; the same code may be used again in a test."""
    cache.clear()
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_half_an_hour_without_a_request_ends_it(signed: Signed, time: Stopped) -> None:
    client = signed("张科")
    time.at += timedelta(minutes=29, seconds=59)
    assert inside(client)
    time.at += timedelta(minutes=30)
    answer = client.get("/people/", follow=True)
    assert answer.redirect_chain
    assert "重新登录" in answer.content.decode()
    assert not inside(client)


def test_twelve_hours_end_it_whatever_happens(signed: Signed, time: Stopped) -> None:
    client = signed("张科")
    for _ in range(47):
        time.at += timedelta(minutes=15)
        assert inside(client)
    time.at += timedelta(minutes=15)
    assert not inside(client)


def test_a_clock_put_back_does_not_lengthen_it(signed: Signed, time: Stopped) -> None:
    client = signed("张科")
    time.at -= timedelta(minutes=4)
    assert inside(client)
    time.at -= timedelta(minutes=4)
    assert not inside(client)


def test_times_count_from_the_first_request_of_a_session_without_any(
    town: Town, time: Stopped
) -> None:
    client = Client()
    client.force_login(Account.objects.get(username="张科"))
    assert inside(client)
    time.at += timedelta(minutes=30)
    assert not inside(client)


def test_a_new_key_at_sign_in(three: object, town: Town) -> None:
    client = Client()
    client.get("/people/first/nothing/")
    before = key(client)
    client.post("/account/login/", {"login": "system", "password": GOOD})
    assert key(client) != before


def test_a_new_password_ends_the_other_sessions(signed: Signed) -> None:
    here, there = signed("张科"), signed("张科")
    before = key(here)
    answer = here.post(
        "/account/password/", {"oldpassword": GOOD, "password1": NEW, "password2": NEW}
    )
    assert answer.status_code == 302, answer.content.decode()[-1500:]
    assert inside(here)
    assert not inside(there)
    assert key(here) != before
    assert Account.objects.get(username="张科").old_passwords.count() == 1


def test_changed_rights_end_the_sessions(signed: Signed, town: Town) -> None:
    client = signed("王小满")
    post = Post.objects.get(code="deputy")
    actions.appoint(person=town.people["王小满"], post=post, by=Actor("account:1", "security"))
    assert not inside(client)


def test_who_is_suspended_or_leaves_is_out_at_once(signed: Signed, town: Town) -> None:
    suspended, gone = signed("王小满"), signed("黄文")
    account = Account.objects.get(username="王小满")
    actions.suspend_account(account=account, by=Actor("account:1", "system"))
    actions.leave_for_good(person=town.people["黄文"], by=Actor("account:1", "system"))
    assert not inside(suspended)
    assert not inside(gone)


def test_who_leaves_on_a_day_is_out_on_that_day(signed: Signed, town: Town, time: Stopped) -> None:
    client = signed("王小满")
    Person.objects.filter(name="王小满").update(left_on=time.at.date())
    assert not inside(client)


def test_one_s_own_sessions_are_seen_and_ended(signed: Signed) -> None:
    here = signed("张科")
    there = signed("张科", REMOTE_ADDR="203.0.113.5")
    foreign = signed("何主任")
    page = here.get(reverse("people:me")).content.decode()
    assert "203.0.113.5" in page
    mine = there.get(reverse("people:me")).context["sessions"]
    pk = next(one.pk for one, _ in mine if one.ip == "203.0.113.5")
    assert foreign.post(reverse("people:end_session", args=[pk])).status_code == 404
    assert inside(there)
    here.post(reverse("people:end_session", args=[pk]))
    assert not inside(there)
    other = signed("张科")
    here.post(reverse("people:end_sessions"))
    assert inside(here)
    assert not inside(other)
    assert len(here.get(reverse("people:me")).context["sessions"]) == 1


# The second factor


def activate(client: Client) -> str:
    """Set up an authenticator; its secret."""
    client.get("/account/factor/totp/")
    secret = client.session["mfa.totp.secret"]
    assert client.get(reverse("people:totp_picture")).content.startswith(b"\x89PNG")
    answer = client.post("/account/factor/totp/", {"code": code_for(secret)})
    assert answer.status_code == 302, answer.content.decode()[-1500:]
    return str(secret)


def test_a_second_factor_is_asked_for_and_changes_the_key(signed: Signed) -> None:
    client, other = signed("张科", again=True), signed("张科")
    before = key(client)
    secret = activate(client)
    assert key(client) != before
    assert inside(client)
    assert not inside(other), "other sessions ended"
    assert client.get(reverse("people:totp_picture")).status_code == 404
    fresh = Client()
    answer = fresh.post("/account/login/", {"login": "张科", "password": GOOD})
    assert answer["Location"] == "/account/factor/sign-in/"
    assert not inside(fresh), "the password alone is not enough"
    half = key(fresh)
    page = fresh.get("/account/factor/sign-in/").content.decode()
    assert "动态码" in page
    assert fresh.post("/account/factor/sign-in/", {"code": "000000"}).status_code == 200
    code = code_for(secret)
    assert fresh.post("/account/factor/sign-in/", {"code": code}).status_code == 302
    assert inside(fresh)
    assert key(fresh) != half
    again = Client()
    again.post("/account/login/", {"login": "张科", "password": GOOD})
    assert again.post("/account/factor/sign-in/", {"code": code}).status_code == 200, "once only"


def test_a_recovery_code_works_once(signed: Signed) -> None:
    client = signed("张科", again=True)
    activate(client)
    page = client.get("/account/factor/codes/")
    codes = page.context["unused_codes"]
    assert len(codes) == 10
    assert codes[0] not in client.get("/account/factor/codes/").content.decode(), "shown once"
    for expected in (302, 200):
        fresh = Client()
        fresh.post("/account/login/", {"login": "张科", "password": GOOD})
        assert fresh.post("/account/factor/sign-in/", {"code": codes[0]}).status_code == expected


def test_the_secret_is_sealed_in_the_database(signed: Signed, settings: LazySettings) -> None:
    secret = activate(signed("张科", again=True))
    kept = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in kept
    old = settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "n" * 50, [old]
    assert second_factor.Adapter().decrypt(kept) == secret


def test_dropping_a_factor_needs_a_fresh_word_and_changes_the_key(signed: Signed) -> None:
    client = signed("张科", again=True)
    activate(client)
    before = key(client)
    assert client.post("/account/factor/totp/drop/").status_code == 302
    assert not Authenticator.objects.exists()
    assert key(client) != before
    stale = signed("张科")
    answer = stale.get("/account/factor/totp/")
    assert answer["Location"].startswith("/account/confirm/")


@pytest.mark.parametrize(("who", "name"), [("administrators", "system"), ("everybody", "张科")])
def test_whoever_owes_a_factor_can_do_nothing_else(
    signed: Signed, settings: LazySettings, who: str, name: str
) -> None:
    settings.SECOND_FACTOR_FOR = who
    client = signed(name, again=True)
    answer = client.get("/people/")
    assert (answer.status_code, answer["Location"]) == (302, "/account/factor/totp/")
    activate(client)
    assert inside(client)
    client.post("/account/factor/totp/drop/")
    assert Authenticator.objects.filter(type="totp").exists(), "and cannot drop the last one"
    if who == "administrators":
        assert inside(signed("张科"))


# Old passwords


def test_an_old_password_is_changed_outside_working_hours_only(
    signed: Signed, time: Stopped, settings: LazySettings, town: Town
) -> None:
    settings.PASSWORD_PROFILE = "dengbao3"
    account = Account.objects.get(username="张科")
    signed("张科")
    account.refresh_from_db()
    actions.change_password(account=account, password=GOOD)
    time.at += timedelta(days=91)  # a Monday again, nine in the morning
    assert passwords.is_working(time.at)
    client = signed("张科")
    assert inside(client)
    assert "已超过 90 天" in client.get(reverse("people:me")).content.decode()
    time.at += timedelta(hours=12)
    client = signed("张科")
    assert client.get("/people/")["Location"] == "/account/password/"
    client.post(
        "/account/password/",
        {"oldpassword": GOOD, "password1": NEW, "password2": NEW},
    )
    assert inside(client)

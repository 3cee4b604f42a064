"""Signing in: the matrix of who gets in, what others can tell, and how long they may try (S28)."""

from __future__ import annotations

import re
import statistics
import time as wall
from datetime import timedelta

import pytest
from allauth.account.adapter import get_adapter
from django.conf import LazySettings
from django.contrib.auth.hashers import PBKDF2PasswordHasher, make_password
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.urls import reverse

from tests.office.town import Stopped, Town
from zhongshu.office.journal.models import Entry
from zhongshu.office.people import actions, backends, sign_in
from zhongshu.office.people.models import Account, Person

from .conftest import GOOD, Signed

LOGIN = "/account/login/"


def attempt(name: str, password: str, **meta: str) -> tuple[int, str]:
    """The status and what the page says, for one try from a fresh browser."""
    answer = Client(**meta).post(LOGIN, {"login": name, "password": password})
    return answer.status_code, told(answer.content.decode())


def told(page: str) -> str:
    """What the page says in its banner."""
    found = re.search('role="alert".*?<p>(.*?)</p>', page, re.DOTALL)
    return found.group(1) if found else ""


@pytest.fixture
def known(town: Town) -> Account:
    """张科 with the good password."""
    account = Account.objects.get(username="张科")
    account.set_password(GOOD)
    account.save()
    return account


def test_the_matrix(known: Account, town: Town, time: Stopped) -> None:
    """Only the right password of an active account of somebody who is still here."""
    wrong = attempt("张科", "wrong")
    assert wrong[0] == 200
    assert wrong[1]
    assert attempt("nobody", GOOD) == wrong
    assert attempt("何主任", GOOD) == wrong, "no password yet"
    Account.objects.filter(pk=known.pk).update(is_active=False)
    assert attempt("张科", GOOD) == wrong, "suspended"
    Account.objects.filter(pk=known.pk).update(is_active=True)
    Person.objects.filter(name="张科").update(left_on=time.at.date())
    assert attempt("张科", GOOD) == wrong, "gone"
    Person.objects.filter(name="张科").update(left_on=None)
    assert attempt("张科", GOOD)[0] == 302


def test_a_name_is_found_in_any_case(db: None, town: Town) -> None:
    account = Account(username="Li.Ming", office="audit", name="李", is_active=True)
    account.set_password(GOOD)
    account.save()
    assert attempt("li.ming", GOOD)[0] == 302


def test_tries_are_written_down_without_what_was_typed(known: Account) -> None:
    attempt("张科", "secret-typed")
    attempt("secret-name", GOOD)
    attempt("张科", GOOD)
    lines = list(Entry.objects.filter(verb="people.sign_in").order_by("pk"))
    assert [line.subject for line in lines] == [
        f"account:{known.pk}",
        "account:unknown",
        f"account:{known.pk}",
    ]
    assert [b'"how":"failed"' in bytes(line.spelt) for line in lines] == [True, True, False]
    assert not any(b"secret" in bytes(line.spelt) for line in lines)


def test_a_name_is_locked_after_so_many_failures(known: Account, settings: LazySettings) -> None:
    settings.PASSWORD_PROFILE = "dengbao3"
    for name in ("张科", "nobody"):
        for _ in range(5):
            assert attempt(name, "wrong")[0] == 200
    locked = attempt("张科", GOOD)
    assert locked[0] == 200, "the right password no longer helps"
    assert attempt("nobody", GOOD) == locked, "and nobody learns which name exists"
    assert attempt("张科", GOOD, REMOTE_ADDR="203.0.113.9") == locked, "from wherever"
    cache.clear()
    assert attempt("张科", GOOD)[0] == 302


def test_the_lock_counts_from_the_last_failure(
    known: Account, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PASSWORD_PROFILE = "dengbao3"
    base = wall.time()
    shift = [0.0]
    monkeypatch.setattr("time.time", lambda: base + shift[0])
    for minute in range(5):
        shift[0] = minute * 60
        attempt("张科", "wrong")
    shift[0] = 4 * 60 + 29 * 60
    assert attempt("张科", GOOD)[0] == 200, "29 minutes after the last"
    shift[0] = 4 * 60 + 31 * 60
    assert attempt("张科", GOOD)[0] == 302, "31 minutes after the last"


@pytest.mark.parametrize(
    ("addresses", "neighbour", "stranger"),
    [
        ("198.51.100.{}", "198.51.100.254", "198.51.101.1"),
        ("2001:db8:5:{:x}::1", "2001:db8:5:ffff::9", "2001:db8:6::1"),
    ],
)
def test_a_neighbourhood_is_counted_together(
    known: Account, addresses: str, neighbour: str, stranger: str
) -> None:
    """S28: each try from another address of one network, with another name."""
    for number in range(60):
        attempt(f"nobody{number}", "wrong", REMOTE_ADDR=addresses.format(number + 1))
    assert attempt("张科", GOOD, REMOTE_ADDR=neighbour)[0] == 200
    assert attempt("张科", GOOD, REMOTE_ADDR=stranger)[0] == 302


def test_a_flood_from_everywhere_shuts_out_strangers_only(
    known: Account, settings: LazySettings
) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login_failed_all": "20/10m/key"}
    assert attempt("张科", GOOD, REMOTE_ADDR="192.0.2.7")[0] == 302
    for number in range(20):
        attempt(f"nobody{number}", "wrong", REMOTE_ADDR=f"203.0.{number}.1")
    assert attempt("张科", GOOD, REMOTE_ADDR="198.51.100.1")[0] == 200
    assert attempt("张科", GOOD, REMOTE_ADDR="192.0.2.8")[0] == 302


def test_neighbourhoods() -> None:
    assert sign_in.neighbourhood("198.51.100.77") == "198.51.100.0/24"
    assert sign_in.neighbourhood("2001:db8:1:2:3::4") == "2001:db8:1::/48"
    assert sign_in.neighbourhood("::ffff:198.51.100.77") == "198.51.100.0/24"
    assert sign_in.neighbourhood("unix:") == "unix:"


class Quicker(PBKDF2PasswordHasher):
    """The real hasher, a tenth as long, so that it still is nearly all of the time."""

    iterations = 100_000


def test_the_time_tells_nothing(known: Account, settings: LazySettings) -> None:
    """Processor time of known, unknown and unused names, one after the other in turn.

    Without the hash for unknown names the ratio is far below one half.
    """
    settings.PASSWORD_HASHERS = [f"{__name__}.Quicker"]
    known.password = make_password(GOOD)
    known.save()
    Account.objects.filter(username="何主任").update(password=make_password(None))
    backend = backends.Passwords()
    times: dict[str, list[float]] = {"张科": [], "nobody": [], "何主任": []}
    for _ in range(15):
        for name, taken in times.items():
            start = wall.process_time()
            assert backend.authenticate(None, username=name, password="wrong") is None
            taken.append(wall.process_time() - start)
    usual = {name: statistics.median(taken) for name, taken in times.items()}
    assert max(usual.values()) < 2 * min(usual.values()), usual


def test_nobody_signs_up_and_there_is_no_other_door(known: Account) -> None:
    client = Client()
    for path in ("signup/", "email/", "login/code/", "password/reset/", "3rdparty/", "inactive/"):
        answer = client.get(f"/account/{path}")
        assert answer.status_code in {302, 404}
        assert answer.status_code == 404 or answer["Location"].startswith(LOGIN)
    adapter = sign_in.Adapter()
    assert not adapter.is_open_for_signup(None)


def test_a_suspended_account_is_told_the_same_by_every_door(known: Account, rf: object) -> None:
    """A passkey of a suspended account ends where a wrong password does."""
    client = Client()
    request = client.get(LOGIN).wsgi_request
    request._messages = _Messages()
    answer = sign_in.Adapter().respond_user_inactive(request, known)
    assert answer["Location"] == LOGIN


class _Messages:
    def add(self, *_args: object) -> None:
        """Forget it."""


def test_an_old_password_is_mentioned_at_sign_in(
    known: Account, settings: LazySettings, time: Stopped
) -> None:
    settings.PASSWORD_PROFILE = "dengbao3"
    actions.change_password(account=known, password=GOOD)
    time.at += timedelta(days=80)
    client = Client()
    client.post(LOGIN, {"login": "张科", "password": GOOD})
    assert "10 天后到期" in client.get(reverse("people:me")).content.decode()


def test_signing_out_ends_the_session_on_the_server(signed: Signed) -> None:
    client = signed("张科")
    key = client.cookies["session"].value
    client.post("/account/logout/")
    stale = Client()
    stale.cookies["session"] = key
    assert stale.get(reverse("people:me")).status_code == 302


def test_every_page_is_for_those_signed_in_and_a_part_takes_the_whole_page_there(
    town: Town,
) -> None:
    client = Client()
    plain = client.get("/people/?q=x")
    assert (plain.status_code, plain["Location"]) == (302, f"{LOGIN}?next=/people/%3Fq%3Dx")
    part = client.get(
        "/people/", headers={"HX-Request": "true", "HX-Current-URL": "http://x/a?b=c"}
    )
    assert part.status_code == 200
    assert part["HX-Redirect"] == f"{LOGIN}?next=%2Fa%3Fb%3Dc"
    assert part.content == b""


@pytest.mark.parametrize(("proxies", "near"), [(0, "198.51.100.9"), (1, "203.0.113.5")])
def test_strangers_behind_the_gateway_are_told_apart(
    proxies: int, near: str, settings: LazySettings
) -> None:
    """The address that counts is the one the gateway added, never one that was sent to it."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    request = RequestFactory().post(
        "/account/login/",
        REMOTE_ADDR="198.51.100.9",
        headers={"X-Forwarded-For": "192.0.2.1, 203.0.113.5"},
    )
    assert get_adapter().get_client_ip(request) == near

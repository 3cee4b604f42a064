"""What the tests of people and of sign-in start from."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from django.test import Client

from tests.office.town import Town
from zhongshu.office.people.models import Account

GOOD = "Qili-he dishang 77"
Signed = Callable[..., Client]


@pytest.fixture(autouse=True)
def _no_failures_counted() -> Iterator[None]:
    """What the cache counts would outlive a test."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def three(town: Town) -> dict[str, Account]:
    """The three administrators, each with the good password."""
    made = {}
    for office in ("system", "security", "audit"):
        account = Account(username=office, office=office, name=f"管理{office}", is_active=True)
        account.set_password(GOOD)
        account.save()
        made[office] = account
    return made


@pytest.fixture
def signed(three: dict[str, Account], town: Town) -> Signed:
    """A browser signed in by name and password; `again` has just confirmed who it is."""

    def sign(name: str, *, again: bool = False, **headers: str) -> Client:
        account = Account.objects.get(username=name)
        if not account.has_usable_password() or not account.check_password(GOOD):
            account.set_password(GOOD)
            account.save()
        client = Client(**headers)
        answer = client.post("/account/login/", {"login": name, "password": GOOD})
        assert answer.status_code == 302, answer.content.decode()[:2000]
        if again:
            answer = client.post("/account/confirm/", {"password": GOOD})
            assert answer.status_code == 302
        return client

    return sign

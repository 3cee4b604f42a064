"""Sign-in with an identity provider (S24). Run by test_identity_provider.py in a server of its own,
because which apps there are is settled when it starts."""

from __future__ import annotations

import pytest
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.http import HttpRequest
from django.test import Client

from tests.office.town import Town
from zhongshu.office.actor import Actor
from zhongshu.office.people import actions
from zhongshu.office.people.identity_provider import Adapter, pinned
from zhongshu.office.people.models import Account

ISSUER = "https://id.example"


@pytest.fixture
def account(town: Town) -> Account:
    """张科, whose subject at the provider is 77, pinned by two."""
    found = Account.objects.get(username="张科")
    row = actions.propose_identity(
        account=found, issuer=ISSUER, subject_="77", by=Actor("account:1", "system")
    )
    assert pinned(ISSUER, "77") is None, "one hand is not enough"
    actions.confirm_identity(identity=row, by=Actor("account:2", "security"))
    return found


@pytest.fixture
def request_(account: Account) -> HttpRequest:
    request = Client().get("/account/login/").wsgi_request
    request._messages = Messages()
    return request


class Messages:
    """Takes every message."""

    def add(self, *_args: object) -> None:
        """And forgets it."""


def comes(uid: str, email: str = "") -> SocialLogin:
    """What allauth makes of an answer of the provider."""
    return SocialLogin(user=Account(email=email), account=SocialAccount(provider="house", uid=uid))


def test_issuer_and_subject_let_in(account: Account, request_: HttpRequest) -> None:
    login = comes("77", "whatever@example.cn")
    Adapter().pre_social_login(request_, login)
    assert login.user.pk == account.pk
    assert SocialAccount.objects.get().user_id == account.pk


def test_an_address_lets_nobody_in(account: Account, request_: HttpRequest) -> None:
    Account.objects.filter(pk=account.pk).update(email="zhang@example.cn")
    with pytest.raises(ImmediateHttpResponse):
        Adapter().pre_social_login(request_, comes("78", "zhang@example.cn"))
    assert not SocialAccount.objects.exists()


def test_another_issuer_with_the_same_subject(account: Account, settings: object) -> None:
    assert pinned("https://other.example", "77") is None


def test_a_pin_that_is_withdrawn_or_moved_no_longer_counts(
    account: Account, request_: HttpRequest, town: Town
) -> None:
    login = comes("77")
    Adapter().pre_social_login(request_, login)
    other = Account.objects.get(username="何主任")
    account.identities.update(account=other)
    again = SocialLogin(user=account, account=SocialAccount.objects.get())
    with pytest.raises(ImmediateHttpResponse):
        Adapter().pre_social_login(request_, again)
    account.identities.all().delete()
    other.identities.all().delete()
    with pytest.raises(ImmediateHttpResponse):
        Adapter().pre_social_login(request_, again)


def test_nobody_signs_up(request_: HttpRequest) -> None:
    assert not Adapter().is_open_for_signup(request_, comes("1"))


def test_the_page_offers_it(account: Account) -> None:
    assert "用统一身份登录" in Client().get("/account/login/").content.decode()
    assert Client().post("/account/identity/signup/").status_code == 302

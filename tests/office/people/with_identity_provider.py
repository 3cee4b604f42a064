"""Sign-in with an identity provider (S24). Run by test_identity_provider.py in a server of its own,
because which apps there are is settled when it starts."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.conf import settings
from django.http import HttpRequest
from django.test import Client

from tests.office.town import Town
from zhongshu.office.actor import Actor
from zhongshu.office.journal.models import Entry
from zhongshu.office.people import actions
from zhongshu.office.people.identity_provider import Adapter, pinned
from zhongshu.office.people.models import Account, Identity

from .conftest import Signed

ISSUER = settings.OIDC_ISSUER
LOGIN, BACK = "/account/oidc/house/login/", "/account/oidc/house/login/callback/"


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


@dataclass
class Provider:
    """An identity provider that does what the protocol asks, for whoever `says` is at it."""

    says: dict[str, object] = field(default_factory=dict)
    challenges: dict[str, str] = field(default_factory=dict)  # by code

    def enter(self, client: Client, *, state: str = "") -> object:
        """From the button, to the provider, and back with a code."""
        away = client.post(LOGIN)
        assert away.status_code == 302, away.content
        asked = {name: one[0] for name, one in parse_qs(urlsplit(away["Location"]).query).items()}
        assert away["Location"].startswith(f"{ISSUER}/authorize?")
        assert (asked["client_id"], asked["code_challenge_method"]) == ("client", "S256")
        code = f"code{len(self.challenges)}"
        self.challenges[code] = asked["code_challenge"]
        return client.get(BACK, {"code": code, "state": state or asked["state"]})

    def token(self, sent: dict[str, list[str]]) -> dict[str, object] | None:
        """The token for a code, once, and only to who began."""
        proof = hashlib.sha256(sent["code_verifier"][0].encode()).digest()
        challenge = base64.urlsafe_b64encode(proof).rstrip(b"=").decode()
        if self.challenges.pop(sent["code"][0], "") != challenge:
            return None
        said = {"iss": ISSUER, "aud": "client", "exp": 4_000_000_000, "iat": 1} | self.says
        token = jwt.encode(said, "k" * 32, algorithm="HS256")
        return {"access_token": "a", "token_type": "Bearer", "id_token": token}


@pytest.fixture
def provider() -> Iterator[Provider]:
    there = Provider()

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.answer(
                {
                    "issuer": ISSUER,
                    "authorization_endpoint": f"{ISSUER}/authorize",
                    "token_endpoint": f"{ISSUER}/token",
                    "userinfo_endpoint": f"{ISSUER}/userinfo",
                    "jwks_uri": f"{ISSUER}/keys",
                }
            )

        def do_POST(self) -> None:
            sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self.answer(there.token(sent))

        def answer(self, said: object) -> None:
            self.send_response(200 if said else 400)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(said or {"error": "invalid_grant"}).encode())

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", urlsplit(ISSUER).port), Answers)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield there
    server.shutdown()
    thread.join()
    server.server_close()


def is_in(client: Client) -> bool:
    return client.get("/people/me/").status_code == 200


def test_from_the_button_to_the_desk(account: Account, provider: Provider) -> None:
    client, provider.says = Client(), {"sub": "77"}
    assert provider.enter(client).status_code == 302
    assert is_in(client)
    assert Entry.objects.filter(verb="people.sign_in", subject=f"account:{account.pk}").exists()


@pytest.mark.parametrize(
    "says",
    [
        {"sub": "78"},
        {"sub": "78", "email": "zhang@example.cn", "preferred_username": "张科"},
        {"sub": "77", "aud": "another"},
        {"sub": "77", "iss": "https://other.example"},
        {"sub": "77", "exp": 1},
    ],
)
def test_whom_the_provider_sends_otherwise_stays_out(
    account: Account, provider: Provider, says: dict[str, object]
) -> None:
    Account.objects.filter(pk=account.pk).update(email="zhang@example.cn")
    client, provider.says = Client(), says
    provider.enter(client)
    assert not is_in(client)
    page = client.get("/account/login/").content.decode()
    assert "没有绑定账号" in page or "没有用统一身份登录成功" in page or "登录名" in page


def test_an_answer_nobody_asked_for_is_not_taken(account: Account, provider: Provider) -> None:
    client, provider.says = Client(), {"sub": "77"}
    provider.enter(client, state="stolen")
    assert not is_in(client)
    assert not is_in(provider_goes_to(Client(), provider)), "a code of somebody else's session"


def provider_goes_to(other: Client, provider: Provider) -> Client:
    """The answer to one browser, brought by another."""
    first = Client()
    away = first.post(LOGIN)
    asked = parse_qs(urlsplit(away["Location"]).query)
    provider.challenges["c"] = asked["code_challenge"][0]
    other.get(BACK, {"code": "c", "state": asked["state"][0]})
    return other


def test_the_second_factor_is_asked_all_the_same(account: Account, provider: Provider) -> None:
    TOTP.activate(account, "JBSWY3DPEHPK3PXP")
    client, provider.says = Client(), {"sub": "77"}
    assert "/account/factor/sign-in/" in provider.enter(client)["Location"]
    assert not is_in(client)


def test_a_suspended_account_stays_out(account: Account, provider: Provider) -> None:
    Account.objects.filter(pk=account.pk).update(is_active=False)
    client, provider.says = Client(), {"sub": "77"}
    provider.enter(client)
    assert not is_in(client)


def test_bound_and_unbound_through_the_pages(
    town: Town, signed: Signed, provider: Provider
) -> None:
    """Proposed by one, confirmed by another, taken away: then he is out, and may be bound anew."""
    provider.says = {"sub": "88"}
    system, security = signed("system", again=True), signed("security", again=True)
    pk = Account.objects.get(username="王小满").pk
    assert "绑定统一身份" in system.get("/people/accounts/").content.decode()
    empty = system.post(f"/people/accounts/{pk}/identity/", {"subject_": "  "})
    assert empty.status_code == 200
    assert system.post(f"/people/accounts/{pk}/identity/", {"subject_": "88"}).status_code == 302
    client = Client()
    provider.enter(client)
    assert not is_in(client), "one hand is not enough"
    row = Identity.objects.get(subject="88")
    assert system.post(f"/people/identities/{row.pk}/confirm/").status_code == 403
    assert "等待确认" in security.get("/people/identities/").content.decode()
    security.post(f"/people/identities/{row.pk}/confirm/")
    provider.enter(client)
    assert is_in(client)
    assert signed("system").post(f"/people/identities/{row.pk}/drop/").status_code == 302
    assert Identity.objects.exists(), "first he has to say again who he is"
    system.post(f"/people/identities/{row.pk}/drop/")
    assert not is_in(client)
    provider.enter(client)
    assert not is_in(client)
    verbs = Entry.objects.filter(subject=f"account:{pk}").order_by("pk")
    said = [one for one in verbs.values_list("verb", flat=True) if "identity" in one]
    assert said == [
        "people.propose_identity",
        "people.confirm_identity",
        "people.drop_identity",
    ]
    other = Account.objects.get(username="外人").pk
    system.post(f"/people/accounts/{other}/identity/", {"subject_": "88"})
    security.post(f"/people/identities/{Identity.objects.get().pk}/confirm/")
    fresh = Client()
    provider.enter(fresh)
    assert is_in(fresh), "the same subject, now of somebody else"


def test_nobody_signs_up(request_: HttpRequest) -> None:
    assert not Adapter().is_open_for_signup(request_, comes("1"))


def test_the_page_offers_it(account: Account) -> None:
    assert "用统一身份登录" in Client().get("/account/login/").content.decode()
    assert Client().post("/account/identity/signup/").status_code == 302

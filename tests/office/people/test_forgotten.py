"""A password forgotten: a link by mail, once, for an hour, and nobody learns who has an account."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import LazySettings
from django.contrib.auth.hashers import make_password
from django.core import mail
from django.core.cache import cache
from django.test import Client

from tests.office.town import Stopped, Town
from zhongshu.office.journal.models import Entry
from zhongshu.office.people import sign_in_urls
from zhongshu.office.people.models import Account, FirstUse, Person
from zhongshu.office.people.profiles import PROFILES

from .conftest import GOOD, Signed

ASK, SENT, SET = "/account/forgotten/", "/account/forgotten/sent/", "/people/first/"
NEW = "Wanghe-shui zhan 81"


@pytest.fixture(autouse=True)
def _reached(settings: LazySettings) -> None:
    settings.NOTICES_ADDRESS = "https://office.example"


@pytest.fixture
def known(town: Town) -> Account:
    """张科, with a password and an address."""
    Person.objects.filter(name="张科").update(email="zhang@example.cn")
    account = Account.objects.get(username="张科")
    account.set_password(GOOD)
    account.save()
    return account


def ask(name: str, **meta: str) -> tuple[int, str, bytes]:
    answer = Client(**meta).post(ASK, {"login": name})
    return answer.status_code, answer.headers.get("Location", ""), answer.content


def link() -> str:
    """The link in the last letter."""
    found = re.search(r"https://office.example(/people/first/[0-9a-f]{64}/)", mail.outbox[-1].body)
    assert found
    return found[1]


def choose(where: str, password: str = NEW, client: Client | None = None) -> tuple[Client, int]:
    client = client or Client()
    client.get(where, follow=True)
    typed = {"password": password, "again": password}
    return client, client.post(SET, typed).status_code


def test_from_the_sign_in_page_to_a_new_password(known: Account, signed: Signed) -> None:
    elsewhere = signed("张科")
    assert f'href="{ASK}"' in Client().get("/account/login/").content.decode()
    assert "登录名" in Client().get(ASK).content.decode()
    assert ask("张科") == (302, SENT, b"")
    assert "如果有这个账号" in Client().get(SENT).content.decode()
    assert mail.outbox[-1].to == ["zhang@example.cn"]
    assert "重设口令" in Client().get(link(), follow=True).content.decode()
    client, status = choose(link())
    assert status == 302
    assert client.get("/people/me/").status_code == 200, "signed in with it"
    assert elsewhere.get("/people/me/").status_code == 302, "every other session is over"
    known.refresh_from_db()
    assert known.check_password(NEW)
    verbs = list(Entry.objects.order_by("pk").values_list("verb", "subject"))
    assert ("people.mail_link", f"account:{known.pk}") in verbs
    assert ("people.use_link", f"account:{known.pk}") in verbs


def test_nobody_learns_who_has_an_account(known: Account, town: Town) -> None:
    """Unknown, without an address, without a password, suspended, gone: the same answer, no mail,
    and what was typed stands nowhere."""
    Person.objects.filter(name="王小满").update(email="wang@example.cn")
    Account.objects.filter(username="王小满").update(password=make_password(None))
    expected = ask("张科")
    assert [ask(name) for name in ("没有这个人", "陈立", "王小满")] == [expected] * 3
    Account.objects.filter(pk=known.pk).update(is_active=False)
    assert ask("张科") == expected
    Account.objects.filter(pk=known.pk).update(is_active=True)
    Person.objects.filter(name="张科").update(left_on="2026-01-01")
    assert ask("张科") == expected
    assert len(mail.outbox) == 1
    assert not any("没有这个人".encode() in bytes(line.spelt) for line in Entry.objects.all())


def test_a_link_works_once_and_spends_the_others(known: Account) -> None:
    ask("张科")
    first = link()
    ask("张科")
    second = link()
    assert choose(second)[1] == 302
    assert choose(second)[1] == 410
    assert choose(first)[1] == 410


def test_asking_does_not_spend_what_was_sent_before(known: Account) -> None:
    ask("张科")
    first = link()
    ask("张科")
    assert choose(first)[1] == 302


def test_a_link_is_good_for_an_hour(known: Account, time: Stopped) -> None:
    ask("张科")
    time.at += timedelta(minutes=59)
    assert Client().get(link(), follow=True).status_code == 200
    time.at += timedelta(minutes=2)
    assert choose(link())[1] == 410
    known.refresh_from_db()
    assert known.check_password(GOOD)


def test_the_token_is_in_no_row_and_no_task(known: Account) -> None:
    ask("张科")
    token = link().split("/")[-2]
    assert not FirstUse.objects.filter(digest=token).exists()
    assert not any(token.encode() in bytes(line.spelt) for line in Entry.objects.all())


def test_asking_is_limited_by_name_and_by_place(known: Account) -> None:
    assert [ask("张科", REMOTE_ADDR=f"203.0.113.{n}")[0] for n in range(4)] == [302, 302, 302, 429]
    assert ask("张 科", REMOTE_ADDR="203.0.113.99")[0] == 302, "another name from elsewhere"
    cache.clear()
    assert [ask(f"n{n}", REMOTE_ADDR="198.51.100.1")[0] for n in range(11)][-2:] == [302, 429]


def test_the_rules_of_level_three_hold(known: Account, settings: LazySettings) -> None:
    """Three kinds of signs, none of the last passwords, and the second factor is still asked."""
    settings.PASSWORD_PROFILE = "dengbao3"
    settings.AUTH_PASSWORD_VALIDATORS = PROFILES["dengbao3"].validators
    TOTP.activate(known, "JBSWY3DPEHPK3PXP")
    known.old_passwords.create(hashed=known.password, at="2026-01-01T00:00Z")
    ask("张科")
    client, status = choose(link(), "onlysmallletters")
    assert status == 200
    assert choose(link(), GOOD, client)[1] == 200, "had it before"
    answer = client.post(SET, {"password": NEW, "again": NEW})
    assert answer["Location"].startswith("/account/factor/sign-in/")
    assert client.get("/people/me/").status_code == 302, "not in without the second factor"


def test_where_no_mail_is_set_up_there_is_no_such_page(settings: LazySettings) -> None:
    settings.PASSWORD_RESET_BY_MAIL = False
    assert sign_in_urls.by_mail() == []

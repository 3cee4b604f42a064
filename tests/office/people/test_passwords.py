"""The two password profiles, each rule."""

from __future__ import annotations

import pytest
from django.conf import LazySettings
from django.contrib.auth.password_validation import (
    get_password_validators,
    password_validators_help_texts,
    validate_password,
)
from django.core.exceptions import ValidationError

from tests.office.town import Stopped, Town
from zhongshu.office.people import actions, passwords
from zhongshu.office.people.models import Account
from zhongshu.office.people.profiles import PROFILES


@pytest.fixture(params=["standard", "dengbao3"])
def profile(request: pytest.FixtureRequest, settings: LazySettings) -> str:
    """One of the two."""
    settings.PASSWORD_PROFILE = request.param
    settings.AUTH_PASSWORD_VALIDATORS = PROFILES[request.param].validators
    return str(request.param)


def faults(password: str, account: Account | None = None) -> int:
    try:
        validate_password(password, account)
    except ValidationError as fault:
        return len(fault.messages)
    return 0


def test_good_ones(profile: str, town: Town) -> None:
    account = Account.objects.get(username="张科")
    for good in ("Qili he-dishang 7", "晚来风急 Qh7 三更雨"):
        assert faults(good, account) == 0, good


@pytest.mark.parametrize(
    "bad",
    ["", "short7-A", "Qh7-" * 70, "zhongshu2026!A", "张科N0004张科2026Aa-", "Aa1-Aa1-Aa1-Aa1-"],
)
def test_bad_ones(profile: str, town: Town, bad: str) -> None:
    assert faults(bad, Account.objects.get(username="张科"))


def test_common_ones(profile: str, town: Town) -> None:
    assert faults("needforspeed") == (1 if profile == "standard" else 2)
    assert faults("needforspoon") == (0 if profile == "standard" else 1)


def test_a_sentence_needs_no_kinds_in_the_standard_profile(profile: str, town: Town) -> None:
    assert faults("七里河堤上晚来风急吹不散") == (0 if profile == "standard" else 1)


def test_words_of_the_house(profile: str, town: Town, settings: LazySettings) -> None:
    settings.PASSWORD_LOCAL_WORDS = ["yunzeshuiwu"]
    assert faults("YunZeShuiWu-2026-A1")
    administrator = Account(username="wangqiang", name="王强", office="system")
    assert faults("Wangqiang王强2026-1", administrator)


def test_the_last_five_do_not_come_back(profile: str, town: Town, time: Stopped) -> None:
    account = Account.objects.get(username="张科")
    used = [f"Qili-{word}-dishang 7" for word in ("one", "two", "three", "four", "five", "six")]
    for password in used:
        actions.change_password(account=account, password=password)
    barred = [bool(faults(password, account)) for password in used]
    assert barred == ([False] * 6 if profile == "standard" else [False, *[True] * 5])
    assert faults(used[-1], Account(username="x")) == 0


def test_age_matters_in_one_profile(profile: str, town: Town, time: Stopped) -> None:
    account = Account.objects.get(username="张科")
    assert passwords.reminder(account, time.at) == ""
    actions.change_password(account=account, password="x")
    left = passwords.days_left(account, time.at)
    assert left == (None if profile == "standard" else 90)
    assert passwords.reminder(account, time.at) == ""


def test_every_rule_says_what_it_asks(profile: str) -> None:
    told = password_validators_help_texts(get_password_validators(PROFILES[profile].validators))
    assert len(told) == len(PROFILES[profile].validators)
    assert all(told)
    assert str(PROFILES[profile].shortest) in told[1]


def test_the_rules_of_assessors_and_of_asvs_are_those_that_were_chosen() -> None:
    standard, level3 = PROFILES["standard"], PROFILES["dengbao3"]
    assert (standard.shortest, standard.kinds, standard.days, standard.remembered) == (12, 0, 0, 0)
    assert (level3.shortest, level3.kinds, level3.days, level3.remembered) == (10, 3, 90, 5)
    assert (level3.failures, level3.lock_seconds) == (5, 1800)
    assert level3.second_factor_for == "everybody"

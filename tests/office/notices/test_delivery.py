"""F30: mail and webhook refuse, hang, cut and dawdle. The act stands, nothing is sent twice,
"sent" only after the other side took it, and what was given up is seen."""

from __future__ import annotations

import email
import hashlib
import hmac
import json
import sys
from collections.abc import Iterator
from datetime import timedelta
from email.header import decode_header, make_header
from types import SimpleNamespace

import pytest
from django.core import mail as outbox
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django import Settings

from tests.office.matters.test_act import opened, submit
from tests.office.notices import servers
from tests.office.town import MONDAY, Stopped, Town
from zhongshu.office.matters.models import Event, Matter
from zhongshu.office.notices import actions, queries
from zhongshu.office.notices.models import Delivery, Notice
from zhongshu.office.notices.ways import duty, mail, webhook
from zhongshu.office.notices.ways.letter import Letter

BACKEND = "zhongshu.office.notices.ways.mail.Backend"
LOCMEM = "django.core.mail.backends.locmem.EmailBackend"
NONE = actions.Delivered()


@pytest.fixture(autouse=True)
def _settings(settings: Settings) -> None:
    """Mail and nothing else; patience for tests."""
    settings.NOTICES_MAIL = "smtp://mail.example"
    settings.NOTICES_WEBHOOK = settings.NOTICES_APPRISE = ""
    settings.NOTICES_WEBHOOK_SECRET = "s3cret"
    settings.NOTICES_TIMEOUT = settings.EMAIL_TIMEOUT = 0.3
    settings.NOTICES_PATIENCE = 1.0
    settings.NOTICES_ADDRESS = "https://office.example"
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST, settings.EMAIL_HOST_USER = "127.0.0.1", ""
    settings.DEFAULT_FROM_EMAIL = "office@example.org"
    settings.BUREAU = "清源水利局"


@pytest.fixture
def told(town: Town) -> Town:
    """张科, who has an address, has something to do."""
    town.people["张科"].email = "zhang@example.org"
    town.people["张科"].save()
    submit(town, opened(town))
    return town


@pytest.fixture
def real_mail(settings: Settings) -> Iterator[Settings]:
    settings.EMAIL_BACKEND = BACKEND
    yield settings


def only() -> Delivery:
    return Delivery.objects.get()


def deliver(after: timedelta = timedelta(0)) -> actions.Delivered:
    return actions.deliver(now=MONDAY + after)


def letter(**more: object) -> Letter:
    told = {
        "key": "k" * 32,
        "person": "张科",
        "staff_number": "N1",
        "address": "z@example.org",
        "sentence": "请办理",
        "number": "签报1号",
        "title": "标题",
        "link": "",
        "pressing": False,
        "at": MONDAY,
    }
    return Letter(**told | more)


# Mail


def test_mail_says_what_is_to_do_and_where(told: Town) -> None:
    assert deliver() == actions.Delivered(sent=1)
    [sent] = outbox.outbox
    assert sent.to == ["=?utf-8?b?5byg56eR?= <zhang@example.org>"]
    assert sent.subject.startswith("【清源水利局】请办理：")
    assert "签报〔2026〕1号" in sent.subject
    assert "购置流量计的签报" in sent.body
    assert sent.body.endswith("https://office.example/notices/")
    assert only().sent_at is not None
    assert deliver(timedelta(days=1)) == NONE  # and never again


def test_a_server_that_takes_it(told: Town, real_mail: Settings) -> None:
    with servers.serving(servers.mail()) as other:
        real_mail.EMAIL_PORT = other.port
        assert deliver() == actions.Delivered(sent=1)
    message = email.message_from_bytes(other.heard[0])
    assert str(make_header(decode_header(message["Subject"]))).startswith("【清源水利局】")
    assert message["Message-ID"] == f"<{only().key}@zhongshu.invalid>"
    assert only().error == ""


@pytest.mark.parametrize(
    ("behaviour", "why"),
    [
        (servers.hang, "SMTPServerDisconnected"),
        (servers.drip, "邮件服务器"),
        (servers.cut, "SMTPServerDisconnected"),
        (servers.mail(data=None), "SMTPServerDisconnected"),
        (servers.mail(rcpt=b"550 no such user <script>"), "不收此地址"),
        (servers.mail(data=b"451 try later"), "答复 451"),
    ],
    ids=["hang", "drip", "cut", "cut after the letter", "unknown user", "try later"],
)
def test_a_server_that_does_not(
    told: Town, real_mail: Settings, behaviour: servers.Behaviour, why: str
) -> None:
    with servers.serving(behaviour) as other:
        real_mail.EMAIL_PORT = other.port
        assert deliver() == actions.Delivered(again=1)
    row = only()
    assert (row.sent_at, row.given_up_at, row.tries) == (None, None, 1)
    assert why in row.error
    assert "<" not in row.error  # nothing of what a stranger said
    assert row.next_at == MONDAY + timedelta(minutes=1)
    assert Event.objects.count() == 1  # the act stands


def test_a_server_that_is_not_there(told: Town, real_mail: Settings) -> None:
    real_mail.EMAIL_PORT = servers.nobody_there()
    assert deliver() == actions.Delivered(again=1)
    assert "ConnectionRefusedError" in only().error


def test_a_connection_over_tls_ends_too(told: Town, real_mail: Settings) -> None:
    real_mail.EMAIL_USE_SSL = True
    with servers.serving(servers.drip) as other:
        real_mail.EMAIL_PORT = other.port
        assert deliver() == actions.Delivered(again=1)


def test_it_is_tried_again_more_and_more_rarely_and_then_given_up(
    told: Town, real_mail: Settings
) -> None:
    real_mail.EMAIL_PORT = servers.nobody_there()
    at, tried = timedelta(0), []
    for _ in range(4):
        assert deliver(at) == actions.Delivered(again=1)
        assert deliver(at) == NONE
        then = only().next_at
        assert then is not None
        tried.append((then - MONDAY - at) // timedelta(minutes=1))
        at = then - MONDAY
    assert tried == [1, 5, 30, 120]
    assert deliver(at) == actions.Delivered(given_up=1)
    row = only()
    assert (row.next_at, row.sent_at, row.tries) == (None, None, 5)
    assert list(queries.given_up()) == [row]
    assert queries.page(seen_by=told.actor("张科")).lines[0].undelivered == ("邮件",)
    assert queries.waiting() == 0


def test_after_an_outage_it_goes_out(told: Town, real_mail: Settings) -> None:
    real_mail.EMAIL_PORT = servers.nobody_there()
    deliver()
    assert queries.page(seen_by=told.actor("张科")).lines[0].undelivered == ("邮件",)
    with servers.serving(servers.mail()) as other:
        real_mail.EMAIL_PORT = other.port
        assert deliver(timedelta(minutes=1)) == actions.Delivered(sent=1)
    assert queries.page(seen_by=told.actor("张科")).lines[0].undelivered == ()


@pytest.mark.parametrize("address", ["", "a@b\nBcc: c@example.org", "张@例子"])
def test_an_address_that_is_none_is_given_up_at_once(told: Town, address: str) -> None:
    actions.spread(now=MONDAY)
    told.people["张科"].email = address
    told.people["张科"].save()
    came = deliver()
    assert came.given_up == 1 or (address == "张@例子" and came.sent == 1)
    assert len(outbox.outbox) == came.sent


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(*[st.text(max_size=30)] * 4)
def test_no_name_makes_a_header(
    settings: Settings, person: str, sentence: str, number: str, house: str
) -> None:
    settings.EMAIL_BACKEND, settings.BUREAU = LOCMEM, house
    outbox.outbox = []
    evil = "x\r\nBcc: thief@example.org\r\n\r\nbody"
    try:
        mail.send(letter(person=person + evil, sentence=sentence + evil, number=number))
    except mail.Hopeless:
        return
    [sent] = outbox.outbox
    headers = sent.message()
    assert headers["Bcc"] is None
    assert sent.recipients() == sent.to
    assert len(headers.get_all("To", [])) == 1


def test_a_letter_the_way_out_did_not_count_was_not_sent(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail.EmailMessage, "send", lambda _self: 0)
    with pytest.raises(mail.Undelivered):
        mail.send(letter())


def test_a_name_with_half_a_character_is_not_sent(settings: Settings) -> None:
    with pytest.raises(mail.Hopeless):
        mail.send(letter(address="z\ud800@example.org"))


# What may leave


def test_titles_of_work_secrets_stay_in_the_house(told: Town) -> None:
    Matter.objects.update(grade=2)
    told.people["张科"].clearance = 2
    told.people["张科"].save()
    actions.people.revision.touch()
    deliver()
    assert "签报〔2026〕1号" in outbox.outbox[0].body
    assert "流量计" not in outbox.outbox[0].body + outbox.outbox[0].subject


def test_who_may_no_longer_see_it_learns_only_that_there_is_something(told: Town) -> None:
    Matter.objects.update(grade=2)  # above his clearance by now
    deliver()
    said = outbox.outbox[0].subject + outbox.outbox[0].body
    assert "请登录查看" in said
    assert not [part for part in ("签报", "流量计", "请办理") if part in said]


# Quiet hours, what is read, who has no address


def test_at_night_nothing_goes_out_but_what_is_flash(town: Town, time: Stopped) -> None:
    time.at = night = MONDAY.replace(hour=14)  # ten in the evening
    for name in ("张科", "赵副"):
        town.people[name].email = "x@example.org"
        town.people[name].save()
    submit(town, opened(town))
    assert actions.deliver(now=night) == NONE
    assert only().next_at == night.replace(hour=23, minute=30)  # half past seven
    submit(town, opened(town, urgency="flash"))
    assert actions.deliver(now=night) == actions.Delivered(sent=1)
    assert actions.deliver(now=night.replace(hour=23, minute=30)) == actions.Delivered(sent=1)


def test_what_was_read_in_the_house_needs_no_mail(told: Town) -> None:
    actions.mark_all_read(up_to=1 << 60, by=told.actor("张科"))
    assert deliver() == NONE
    assert not Delivery.objects.exists()


def test_nor_what_was_read_while_it_waited(told: Town) -> None:
    actions.spread(now=MONDAY)
    actions.mark_all_read(up_to=1 << 60, by=told.actor("张科"))
    assert deliver() == actions.Delivered(unneeded=1)
    assert (only().error, only().next_at, outbox.outbox) == (actions.ALREADY_READ, None, [])


def test_without_an_address_or_a_way_nothing_is_on_its_way(town: Town, settings: Settings) -> None:
    submit(town, opened(town))
    assert deliver() == NONE  # he has no address
    settings.NOTICES_MAIL = ""
    submit(town, opened(town))
    assert not Notice.objects.filter(outbound=True).exists()


# Two workers


def test_two_workers_never_send_the_same(told: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    send = actions.SEND["mail"]
    others: list[actions.Delivered] = []

    def meanwhile(one: Letter) -> None:
        others.append(deliver())  # another comes round while we are sending
        send(one)

    monkeypatch.setattr(actions, "SEND", {"mail": meanwhile})
    assert deliver() == actions.Delivered(sent=1)
    assert others == [NONE]
    assert len(outbox.outbox) == 1


def test_only_one_of_two_that_read_the_same_takes_it(told: Town) -> None:
    actions.spread(now=MONDAY)
    assert actions.spread(now=MONDAY) == 0
    first, second = only(), only()
    assert [actions._take(first, MONDAY), actions._take(second, MONDAY)] == [True, False]


def test_one_that_died_is_taken_over_and_its_word_no_longer_counts(told: Town) -> None:
    actions.spread(now=MONDAY)
    dead = only()
    assert actions._take(dead, MONDAY)
    assert deliver() == NONE
    assert deliver(actions.LEASE) == actions.Delivered(sent=1)
    actions._close(dead, error="late", given_up_at=MONDAY)
    assert (only().error, only().given_up_at) == ("", None)


# The webhook


@pytest.fixture
def hook(told: Town, settings: Settings) -> Settings:
    """The webhook, and no mail."""
    settings.NOTICES_MAIL = ""
    settings.NOTICES_WEBHOOK = "http://127.0.0.1:1/in"
    return settings


def test_the_webhook_is_signed(hook: Settings) -> None:
    with servers.serving(servers.status(204)) as other:
        hook.NOTICES_WEBHOOK = f"http://127.0.0.1:{other.port}/in?x=1"
        assert deliver() == actions.Delivered(sent=1)
    head, body = other.heard[0].split(b"\r\n\r\n", 1)
    lines = head.decode().split("\r\n")
    assert lines[0] == "POST /in?x=1 HTTP/1.1"
    told = dict(line.split(": ", 1) for line in lines[1:])
    key, at = told["X-Zhongshu-Delivery"], told["X-Zhongshu-Time"]
    signed = hmac.new(b"s3cret", f"{at}.{key}.".encode() + body, hashlib.sha256).hexdigest()
    assert told["X-Zhongshu-Signature"] == f"v1={signed}"
    assert (key, at) == (only().key, str(int(MONDAY.timestamp())))
    said = json.loads(body)
    assert (said["person"], said["number"]) == ("N0004", "签报〔2026〕1号")


@pytest.mark.parametrize(
    ("behaviour", "why"),
    [
        (servers.hang, "TimeoutError"),
        (servers.drip, "推送："),
        (servers.cut, "推送：Remote"),
        (servers.web(b"HTTP/1.1 20"), "BadStatusLine"),
        (servers.web(b"no"), "BadStatusLine"),
        (servers.status(302, "Location: http://127.0.0.1/\r\n"), "答复 302"),
        (servers.status(500), "答复 500"),
        (servers.status(404), "答复 404"),
    ],
    ids=["hang", "drip", "cut", "cut in the answer", "no http", "redirect", "500", "404"],
)
def test_a_receiver_that_does_not(hook: Settings, behaviour: servers.Behaviour, why: str) -> None:
    with servers.serving(behaviour) as other:
        hook.NOTICES_WEBHOOK = f"http://127.0.0.1:{other.port}/in"
        assert deliver() == actions.Delivered(again=1)
    assert why in only().error
    assert only().sent_at is None


def test_a_redirection_is_not_followed(hook: Settings) -> None:
    with servers.serving(servers.status(200)) as elsewhere:
        to = f"Location: http://127.0.0.1:{elsewhere.port}/\r\n"
        with servers.serving(servers.status(307, to)) as other:
            hook.NOTICES_WEBHOOK = f"http://127.0.0.1:{other.port}/in"
            deliver()
    assert (len(other.heard), elsewhere.heard) == (1, [])


@pytest.mark.parametrize(
    "address",
    [
        "http://hook.example/in",
        "ftp://hook.example/in",
        "https://user:secret@hook.example/in",
        "https://hook.example/in#here",
        "https://hook.example/a b",
        "https://hook.example/\r\nX: y",
        "https:///in",
        "hook.example",
    ],
)
def test_an_address_that_may_not_be_called_is_not(hook: Settings, address: str) -> None:
    hook.NOTICES_WEBHOOK = address
    assert deliver() == actions.Delivered(given_up=1)


def test_without_a_secret_nothing_is_sent(hook: Settings) -> None:
    hook.NOTICES_WEBHOOK_SECRET = ""
    assert deliver() == actions.Delivered(given_up=1)


def test_an_encrypted_receiver_must_prove_who_it_is(hook: Settings) -> None:
    with servers.serving(servers.over_tls(servers.status(200))) as other:
        hook.NOTICES_WEBHOOK = f"https://127.0.0.1:{other.port}/in"
        assert deliver() == actions.Delivered(again=1)
    assert "SSLCertVerificationError" in only().error
    assert other.heard == []


def test_cutting_what_is_not_connected_does_nothing() -> None:
    webhook._cut(SimpleNamespace(sock=None))
    idle = mail.Smtp()
    idle.cut()
    idle.close()
    assert idle.guard.finished.is_set()


# The duty channel


class Channel:
    """Stands for the optional library."""

    said: list[str]
    sound = takes = True

    def Apprise(self) -> Channel:  # noqa: N802 - its name
        self.said = []
        return self

    def add(self, _address: str) -> bool:
        return self.sound

    def notify(self, *, body: str, title: str) -> bool:
        self.said.append(body + title)
        return self.takes


@pytest.fixture
def channel(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Channel:
    fake = Channel()
    settings.NOTICES_MAIL, settings.NOTICES_APPRISE = "", "x://duty"
    monkeypatch.setitem(sys.modules, "apprise", fake)
    monkeypatch.setattr(duty, "find_spec", lambda _name: fake)
    return fake


def test_the_duty_channel_hears_what_presses_and_no_title(town: Town, channel: Channel) -> None:
    submit(town, opened(town))
    assert deliver() == NONE
    submit(town, opened(town, urgency="flash"))
    assert deliver() == actions.Delivered(sent=1)
    assert channel.said[0].startswith("张科：请办理：")
    assert "流量计" not in channel.said[0]


def test_a_channel_that_does_not_take_it(channel: Channel, settings: Settings) -> None:
    channel.takes = False
    with pytest.raises(duty.Undelivered):
        duty.send(letter())
    channel.sound = False
    with pytest.raises(duty.Hopeless):
        duty.send(letter())
    settings.NOTICES_APPRISE = ""
    with pytest.raises(duty.Hopeless):
        duty.send(letter())


def test_many_are_sent_in_rounds(told: Town) -> None:
    for _ in range(4):
        submit(told, opened(told))
    rounds = [actions.deliver(now=MONDAY, limit=2).sent for _ in range(3)]
    assert rounds == [2, 2, 1]

"""The frame, the gallery, the switches, and pages for when something is wrong."""

from __future__ import annotations

import logging
import re
from typing import Any

import pytest
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.base import Message
from django.db import connection
from django.http import HttpRequest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from tests.office.town import Town
from zhongshu.office.people.models import Account
from zhongshu.office.ui import errors, menu
from zhongshu.office.ui.menu import Entry
from zhongshu.office.ui.templatetags import ui

from .html import seen
from .source import templates


@pytest.fixture
def client(town: Town, client: Client) -> Client:
    """A browser of 顾之衡's, or of whoever is a section chief in the town."""
    client.force_login(Account.objects.filter(person__isnull=False).order_by("pk")[0])
    return client


def test_the_gallery_is_only_for_who_is_signed_in(db: None) -> None:
    assert Client().get("/gallery/").status_code == 302


def test_the_gallery_shows_every_component(client: Client) -> None:
    page = client.get("/gallery/")
    assert page.status_code == 200
    text = templates()["office/ui/templates/ui/gallery.html"]
    frame = "".join(
        text for name, text in templates().items()
        if "ui/page" in name or "ui/head" in name or "ui/rail" in name or "ui/switches" in name
    )  # fmt: skip
    shown = set(re.findall(r"\{%\s*(\w+)", text + frame)) | set(re.findall(r"\|(\w+)", text))
    assert sorted({*ui.register.tags, *ui.register.filters} - shown) == []


def test_the_page_is_well_formed(client: Client) -> None:
    page = seen(client.get("/gallery/").content.decode())
    ids = [value for name, value in page.values if name == "id"]
    assert len(ids) == len(set(ids))
    referred = {
        one
        for name, value in page.values
        if name in {"for", "aria-labelledby", "aria-describedby", "data-opens", "data-phrase"}
        for one in value.split()
    }
    assert referred <= set(ids)
    assert "style" not in {name for name, _ in page.values}
    opened = [tag.split()[0] for tag in page.skeleton if not tag.startswith("/")]
    for tag in ("div", "ul", "ol", "li", "section", "form", "dialog", "svg", "table", "nav"):
        assert opened.count(tag) == page.skeleton.count(f"/{tag}"), tag


def test_the_rail_costs_a_fixed_number_of_queries(
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client.get("/gallery/")
    with django_assert_num_queries(_queries(client)):
        client.get("/gallery/")

    def one(_request: HttpRequest) -> int:
        return Account.objects.count()

    before = _queries(client)
    counted = Entry(
        group="", label="组件", url_name="ui:night", icon="box", order=1, count=one, phone=True
    )
    monkeypatch.setattr(menu, "_entries", {**menu._entries, "ui:night": counted})
    assert _queries(client) == before + 1
    worded = Entry(
        group="", label="组件", url_name="ui:night", icon="box", order=1, count=lambda _: "99+"
    )
    monkeypatch.setattr(menu, "_entries", {"ui:night": worded})
    assert '<span class="num">99+</span>' in client.get("/gallery/").content.decode()


def _queries(client: Client) -> int:

    with CaptureQueriesContext(connection) as caught:
        client.get("/gallery/")
    return len(caught)


def test_the_rail_says_who_is_signed_in(client: Client, town: Town) -> None:
    name = next(iter(town.people))
    client.force_login(Account.objects.get(username=name))
    page = client.get("/gallery/").content.decode()
    assert f"<b>{name}</b>" in page
    assert "<span>组件</span>" not in page
    admin = Account.objects.create(username="s1", office="system", is_active=True)
    client.force_login(admin)
    page = client.get("/gallery/").content.decode()
    assert "<b>s1</b>系统管理员" in page
    assert 'aria-current="page"' in page
    assert "<span>组件</span>" in page


def test_night_is_chosen_by_a_cookie_and_written_by_the_server(client: Client) -> None:
    page = client.get("/gallery/").content.decode()
    assert 'media="screen and (prefers-color-scheme: dark)"' in page
    answer = client.post("/night/", {"theme": "dark", "next": "/gallery/?a=1"})
    assert (answer.status_code, answer["Location"]) == (302, "/gallery/?a=1")
    page = client.get("/gallery/").content.decode()
    assert 'media="screen" id="night"' in page
    assert 'name="theme" value="light"' in page
    client.post("/night/", {"theme": "light"})
    assert 'media="not all"' in client.get("/gallery/").content.decode()


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "javascript:x", ""])
def test_switches_lead_back_into_the_house(client: Client, back: str) -> None:
    assert client.post("/night/", {"theme": "pink", "next": back})["Location"] == "/"
    assert "theme" not in client.cookies
    assert client.post("/language/", {"language": "en", "next": back})["Location"] == "/"


def test_switches_change_nothing_on_a_mere_visit(client: Client) -> None:
    assert client.get("/night/").status_code == 405
    assert client.get("/language/").status_code == 405


def test_the_language_is_switched(client: Client) -> None:
    assert 'lang="zh-hans"' in client.get("/gallery/").content.decode()
    client.post("/language/", {"language": "en", "next": "/gallery/"})
    page = client.get("/gallery/").content.decode()
    assert 'lang="en"' in page
    assert "Skip to the content" in page
    assert client.cookies[settings.LANGUAGE_COOKIE_NAME]["httponly"]


def test_pages_carry_the_policy_and_htmx_is_tame(client: Client) -> None:
    answer = client.get("/gallery/")
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    page = answer.content.decode()
    for said in ("includeIndicatorStyles", "allowEval", "allowScriptTags"):
        assert f'"{said}":false' in page
    assert '"selfRequestsOnly":true' in page
    assert 'hx-headers=\'{"X-CSRFToken": "' in page


@pytest.mark.parametrize("status", ["400", "403", "404", "500"])
def test_wrong_pages_tell_a_number_and_nothing_else(
    status: str, caplog: pytest.LogCaptureFixture
) -> None:
    request = RequestFactory().get("/secret-path/")
    fault = ValueError("secret detail")
    handler = {
        "400": errors.bad_request, "403": errors.forbidden, "404": errors.not_found
    }.get(status)  # fmt: skip
    with caplog.at_level(logging.WARNING, "zhongshu.report"):
        answer = handler(request, fault) if handler else errors.server_error(request)
    text = answer.content.decode()
    assert answer.status_code == int(status)
    assert "secret" not in text
    number = re.search(r"报障编号 ([0-9A-F]{10})", text)
    assert number
    assert number[1] in caplog.text
    assert "secret detail" not in caplog.text


def test_the_house_uses_these_pages(client: Client) -> None:
    lost = client.get("/no-such-page/")
    assert lost.status_code == 404
    assert "报障编号" in lost.content.decode()
    refused = Client(enforce_csrf_checks=True).post("/night/", {"theme": "dark"})
    assert refused.status_code == 403
    assert "页面放得太久了" in refused.content.decode()


def test_a_log_line_cannot_be_forged(caplog: pytest.LogCaptureFixture) -> None:
    request = RequestFactory().get("/x")
    request.path = "/x\nreport FORGED: 200"
    with caplog.at_level(logging.WARNING, "zhongshu.report"):
        errors.not_found(request, ValueError())
    assert "\n" not in caplog.records[-1].getMessage()


def test_messages_are_banners(client: Client) -> None:

    request = client.get("/gallery/").wsgi_request
    request._messages = [
        Message(messages.ERROR, "<b>错"),
        Message(messages.WARNING, "慢"),
        Message(messages.INFO, "好"),
    ]
    for frame in ("ui/page.html", "ui/bare.html"):
        page = render_to_string(frame, {}, request)
        assert "&lt;b&gt;错" in page
        assert page.count('class="banner"') == 3
        assert 'data-tone="stop" role="alert"' in page
    assert "leaf" in render_to_string("ui/print.html", {}, request)
    assert '<span class="top-class">' in render_to_string("ui/page.html", {}, request)


def test_without_a_request_the_system_chooses_the_night() -> None:

    assert Template("{% night_media %}").render(Context()).startswith("screen and")
    assert Template("{% night_other %}").render(Context()) == "dark"


def test_a_page_no_app_offers_has_no_address() -> None:
    nowhere = Template('{% address_of url_name="no:such" as where %}<{{ where }}>')
    assert nowhere.render(Context()) == "<>"


def test_nobody_is_nobody(db: None) -> None:
    request = RequestFactory().get("/gallery/")
    request.user = AnonymousUser()
    assert "<b></b>" in Template("{% rail %}").render(Context({"request": request}))


def test_the_name_of_the_house_is_the_installations(client: Client, settings: Any) -> None:
    settings.BUREAU = "云泽市水务局"
    page = client.get("/gallery/").content.decode()
    assert "<small>云泽市水务局</small>" in page
    settings.BUREAU = ""
    assert "· 中枢</title>" in client.get("/gallery/").content.decode()

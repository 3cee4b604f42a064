"""S29: nothing changes without the token, and nothing at all changes when a page is looked at."""

from __future__ import annotations

import hashlib

from django.apps import apps
from django.db import models
from django.test import Client

from tests.office.matters.test_act import opened, submit
from tests.office.town import Town
from zhongshu.office.people.models import Account

from .conftest import Browser, routes
from .test_s01_default_deny import address

# What a look may leave behind: that one was there.
TRACES = {"sessions.session", "usersessions.usersession", "people.account"}


def digest() -> str:
    """Of every row of every table."""
    told = hashlib.sha256()
    for model in sorted(apps.get_models(), key=lambda one: one._meta.label):
        if model._meta.label_lower not in TRACES and model._meta.managed:
            told.update(model._meta.label.encode())
            rows: models.QuerySet[models.Model] = model._default_manager.order_by("pk")
            told.update(repr(list(rows.values_list())).encode())
    return told.hexdigest()


def test_looking_changes_nothing(browser: Browser, town: Town) -> None:
    matter = submit(town, opened(town)).matter
    client = browser("张科")
    client.get("/")
    before = digest()
    for route in routes():
        path = address(route).replace("0" * 32, matter.key)
        if "logout" not in path:
            client.get(path)
    assert digest() == before


def test_nothing_is_done_without_the_token(town: Town) -> None:
    matter = submit(town, opened(town)).matter
    client = Client(enforce_csrf_checks=True)
    client.force_login(Account.objects.get(username="张科"))
    before = digest()
    for route in routes():
        path = address(route).replace("0" * 32, matter.key)
        for headers in ({}, {"HX-Request": "true"}, {"Origin": "https://evil.invalid"}):
            answer = client.post(path, {"opinion": "x"}, headers=headers)
            assert answer.status_code in {302, 403, 404, 405}, (path, answer.status_code)
    assert digest() == before

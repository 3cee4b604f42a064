"""The small bureau of the office's tests, and somebody at the keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.office.conftest import _nothing_kept, time, town
from tests.office.town import Town
from zhongshu.office.people.models import Account

Sit = Callable[[str], Client]
__all__ = ["Sit", "_nothing_kept", "sit", "time", "town"]


@pytest.fixture
def sit(town: Town) -> Sit:
    """A browser of this person, or of an administrator by his office."""

    def down(name: str) -> Client:
        client = Client()
        if name in {"system", "security", "audit"}:
            account, _ = Account.objects.get_or_create(
                username=name, office=name, defaults={"is_active": True}
            )
        else:
            account = Account.objects.get(username=name)
        client.force_login(account)
        return client

    return down

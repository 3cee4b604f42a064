"""Sign-in with the house's directory: it says only whether the password is right."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import LazySettings
from ldap3.core.exceptions import LDAPException

from tests.office.town import Town
from zhongshu.office.people import directory_service
from zhongshu.office.people.models import Account


class Directory:
    """Stands in for a directory with one entry; remembers who asked to bind."""

    asked: list[tuple[str, str]]

    def __init__(self, *, down: bool = False) -> None:
        self.asked, self.down, self.closed = [], down, 0

    def __call__(self, server: Any, *, user: str, password: str, **_more: object) -> Any:
        assert server.ssl
        self.asked.append((user, password))
        return self

    def bind(self) -> bool:
        if self.down:
            raise LDAPException
        return self.asked[-1] == ("uid=zhang,ou=people,dc=local", "right")

    def unbind(self) -> None:
        self.closed += 1


@pytest.fixture
def backend(
    town: Town, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> directory_service.DirectoryService:
    """The backend, with 张科 known there as zhang."""
    settings.LDAP_ADDRESS = "ldaps://directory.local"
    settings.LDAP_NAME = "uid={},ou=people,dc=local"
    Account.objects.filter(username="张科").update(username="zhang")
    return directory_service.DirectoryService()


def asks(monkeypatch: pytest.MonkeyPatch, **more: bool) -> Directory:
    directory = Directory(**more)
    monkeypatch.setattr(directory_service, "Connection", directory)
    return directory


def test_the_matrix(
    backend: directory_service.DirectoryService, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory = asks(monkeypatch)

    def enters(name: str, password: str) -> bool:
        return backend.authenticate(None, username=name, password=password) is not None

    assert enters("zhang", "right")
    assert not enters("zhang", "wrong")
    assert not enters("zhang", ""), "an empty password is an anonymous bind"
    assert not enters("", "right")
    assert [password for _, password in directory.asked] == ["right", "wrong"]
    Account.objects.filter(username="zhang").update(is_active=False)
    assert not enters("zhang", "right"), "suspended here"
    Account.objects.filter(username="zhang").update(username="other")
    assert not enters("zhang", "right"), "no account here"
    assert directory.closed == len(directory.asked)


def test_a_name_cannot_break_out_of_its_place(
    backend: directory_service.DirectoryService, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory = asks(monkeypatch)
    backend.authenticate(None, username="zhang,ou=people,dc=local+cn=x", password="right")
    assert directory.asked[0][0] == r"uid=zhang\,ou\=people\,dc\=local\+cn\=x,ou=people,dc=local"


def test_no_answer_is_a_no(
    backend: directory_service.DirectoryService, monkeypatch: pytest.MonkeyPatch
) -> None:
    asks(monkeypatch, down=True)
    assert backend.authenticate(None, username="zhang", password="right") is None

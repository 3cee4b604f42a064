"""Requests on the rail. 左栏."""

from __future__ import annotations

from django.http import HttpRequest

from zhongshu.office.people.models import Account
from zhongshu.office.ui.menu import Entry, register


def in_business(request: HttpRequest) -> bool:
    """Administrators make no requests."""
    return isinstance(request.user, Account) and request.user.person_id is not None


register(
    Entry(
        group="办事",
        label="新办申请",
        url_name="requests:index",
        icon="plus",
        order=100,
        shown=in_business,
    )
)

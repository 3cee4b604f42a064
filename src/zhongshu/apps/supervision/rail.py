"""Supervision on the rail. 左栏."""

from __future__ import annotations

from django.http import HttpRequest

from zhongshu.office.people import powers
from zhongshu.office.people import queries as people
from zhongshu.office.ui.menu import Entry, register

from .models import Application


def to_consent(request: HttpRequest) -> int:
    """How many applications wait for this person's word."""
    who = people.acting(request).person
    return Application.objects.filter(consenter__key=who, granted=None).count()


register(
    Entry(
        group="督办",
        label="督办台账",
        url_name="supervision:ledger",
        icon="flag",
        order=300,
        count=to_consent,
        shown=powers.in_business,
    ),
    Entry(
        group="督办",
        label="督办简报",
        url_name="supervision:bulletins",
        icon="file",
        order=320,
        shown=powers.in_business,
    ),
)

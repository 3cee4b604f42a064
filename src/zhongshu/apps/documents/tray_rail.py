"""The tray on the rail. 左栏."""

from __future__ import annotations

from django.http import HttpRequest

from zhongshu.office.people import powers
from zhongshu.office.people import queries as people
from zhongshu.office.ui.menu import Entry, register

from . import recordsoffice
from .queries import tray


def keeps_registers(request: HttpRequest) -> bool:
    """Whoever keeps the registers of incoming documents."""
    return powers.in_business(request) and recordsoffice.keeps(people.acting(request))


def waiting(request: HttpRequest) -> int:
    """How many papers lie in the tray."""
    return tray.count(seen_by=people.acting(request))


register(
    Entry(
        group="办文",
        label="收文登记",
        url_name="documents:tray",
        icon="in",
        order=50,
        count=waiting,
        shown=keeps_registers,
        phone=True,
    )
)

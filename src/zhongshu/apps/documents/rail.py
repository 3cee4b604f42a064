"""Incoming documents on the rail. 左栏."""

from __future__ import annotations

from zhongshu.office.people import powers
from zhongshu.office.ui.menu import Entry, register

register(
    Entry(
        group="办文",
        label="收文台账",
        url_name="documents:ledger",
        icon="books",
        order=54,
        shown=powers.in_business,
    ),
    Entry(
        group="办文",
        label="收文统计",
        url_name="documents:statistics",
        icon="gauge",
        order=56,
        shown=powers.in_business,
    ),
)

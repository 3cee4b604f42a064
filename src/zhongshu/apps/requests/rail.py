"""Requests on the rail. 左栏."""

from __future__ import annotations

from zhongshu.office.people import powers
from zhongshu.office.ui.menu import Entry, register

register(
    Entry(
        group="办事",
        label="新办申请",
        url_name="requests:index",
        icon="plus",
        order=100,
        shown=powers.in_business,
    )
)

"""Needs and shortages on the rail. 左栏."""

from __future__ import annotations

from zhongshu.office.people import powers
from zhongshu.office.ui.menu import Entry, register

register(
    Entry(
        group="参谋",
        label="基层需求",
        url_name="needs:needs",
        icon="in",
        order=410,
        shown=powers.in_business,
    ),
    Entry(
        group="参谋",
        label="全局缺口",
        url_name="needs:shortages",
        icon="out",
        order=420,
        shown=powers.in_business,
    ),
)

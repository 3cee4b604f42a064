"""Targets on the rail. 左栏."""

from __future__ import annotations

from zhongshu.office.people import powers
from zhongshu.office.ui.menu import Entry, register

register(
    Entry(
        group="督办",
        label="目标任务",
        url_name="targets:tree",
        icon="target",
        order=310,
        shown=powers.in_business,
    )
)

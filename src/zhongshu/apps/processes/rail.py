"""Processes on the rail. 左栏."""

from __future__ import annotations

from zhongshu.office.ui.menu import Entry, register

from .seeing import may_look

register(
    Entry(
        group="参谋",
        label="流程体检",
        url_name="processes:overview",
        icon="flow",
        order=700,
        shown=may_look,
    ),
    Entry(
        group="参谋",
        label="流程库",
        url_name="processes:index",
        icon="loop",
        order=705,
        shown=may_look,
    ),
    Entry(
        group="参谋",
        label="权力清单",
        url_name="processes:powers",
        icon="books",
        order=710,
    ),
)

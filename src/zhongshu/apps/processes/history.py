"""Changes of how processes stand, in words. 变化."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from zhongshu.office.matters.models import Process
from zhongshu.office.matters.processes import definition

from .models import Watched


class Change(NamedTuple):
    """One change: when, in which process, what, and whether it is for the worse."""

    at: datetime
    code: str
    name: str
    texts: tuple[str, ...]
    worse: bool


def told(rows: list[tuple[Watched, Watched]]) -> list[Change]:
    """Each change with its sentences. Two queries for any number."""
    codes = {row.code for row, _before in rows}
    versions = {
        (one.code, one.version): one for one in Process.objects.filter(code__in=codes).defer("text")
    }
    found = []
    for row, before in rows:
        process = versions.get((row.code, row.version))
        if process is not None:
            texts = tuple(_texts(row, before, process))
            found.append(Change(row.at, row.code, process.name, texts, row.worse))
    return found


def _texts(row: Watched, before: Watched, process: Process) -> list[str]:
    nodes = {node.id: node.name for node in definition(process.pk).nodes}
    texts = []
    if row.version != before.version:
        texts.append(_("换用第 {version} 版。").format(version=row.version))
    if row.people != before.people:
        numbers = {"before": before.people, "after": row.people}
        texts.append(_("最少人数由 {before} 人变为 {after} 人。").format(**numbers))
    gained = [nodes.get(node, node) for node in row.points if node not in before.points]
    lost = [nodes.get(node, node) for node in before.points if node not in row.points]
    if gained:
        texts.append(_("变得离不开一个人：{nodes}。").format(nodes="、".join(gained)))
    if lost:
        texts.append(_("不再离不开一个人：{nodes}。").format(nodes="、".join(lost)))
    return texts

"""Requests. 各类申请."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig

from zhongshu.office.matters.kinds import Kind, register

KINDS = (
    Kind("request", "签报", "签报〔{year}〕{serial}号", "request"),
    Kind("expense", "费用报销", "报销〔{year}〕{serial}号", "expense"),
    Kind("supplies", "物资领用", "领用〔{year}〕{serial}号", "supplies"),
    Kind("outgoing", "发文", "发文〔{year}〕{serial}号", "outgoing"),
    Kind("leave", "请假", "请假〔{year}〕{serial}号", "leave"),
    Kind("payment", "采购付款", "付款〔{year}〕{serial}号", "procurement"),
)


class Config(AppConfig):
    """Requests."""

    name = "zhongshu.apps.requests"
    label = "requests"
    verbose_name = "各类申请"

    def ready(self) -> None:
        """Make the kinds known, and put the page on the rail."""
        for kind in KINDS:
            register(kind)
        import_module(f"{self.name}.rail")

"""Incoming documents. 收文."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig

from zhongshu.office.matters.kinds import Kind, register

INCOMING = Kind(
    "incoming",
    "收文",
    "收〔{year}〕{serial}号",
    "incoming",
    registers={
        "superior": "上收〔{year}〕{serial}号",
        "peer": "平收〔{year}〕{serial}号",
        "lower": "下收〔{year}〕{serial}号",
        "telegram": "电收〔{year}〕{serial}号",
        "petition": "信收〔{year}〕{serial}号",
        "instruction": "批收〔{year}〕{serial}号",
        "other": "收〔{year}〕{serial}号",
    },
)


class Config(AppConfig):
    """Incoming documents."""

    name = "zhongshu.apps.documents"
    label = "documents"
    verbose_name = "收文"

    def ready(self) -> None:
        """Make the kind known, answer for the files of arrivals, put the tray on the rail."""
        register(INCOMING)
        import_module(f"{self.name}.recordsoffice")
        import_module(f"{self.name}.tray_rail")

"""Incoming documents. 收文."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import import_string

from zhongshu.office.matters.kinds import Kind, register

INCOMING = Kind(
    "incoming",
    "收文",
    "收〔{year}〕{serial}号",
    "incoming",
    "documents:document",
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
        """Make the kind known and follow its steps, answer for the files of arrivals, put the
        pages on the rail."""
        register(INCOMING)
        listen = import_string("zhongshu.office.matters.happenings.listen")
        listen(import_string(f"{self.name}.actions.following.stepped"))
        import_module(f"{self.name}.recordsoffice")
        import_module(f"{self.name}.tray_rail")
        import_module(f"{self.name}.rail")

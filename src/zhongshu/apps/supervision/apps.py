"""Supervised tasks. 督办."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig

from zhongshu.office.matters.kinds import Kind, register

SUPERVISION = Kind(
    "supervision", "督办", "督〔{year}〕{serial}号", "supervision", address="supervision:task"
)


class Config(AppConfig):
    """Supervised tasks."""

    name = "zhongshu.apps.supervision"
    label = "supervision"
    verbose_name = "督办"

    def ready(self) -> None:
        """Make the kind known, hear of every step, answer for what was born from what, put the
        pages on the rail."""
        register(SUPERVISION)
        import_module(f"{self.name}.watching")
        import_module(f"{self.name}.born")
        import_module(f"{self.name}.rail")

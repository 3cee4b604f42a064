"""Yearly targets. 目标任务."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig

from zhongshu.office.matters import refusal_words

from .refusal_words import REASONS


class Config(AppConfig):
    """Yearly targets."""

    name = "zhongshu.apps.targets"
    label = "targets"
    verbose_name = "目标任务"

    def ready(self) -> None:
        """Own the evidence of indicators, and put the pages on the rail."""
        refusal_words.register(REASONS)
        import_module(f"{self.name}.evidence")
        import_module(f"{self.name}.origin")
        import_module(f"{self.name}.rail")

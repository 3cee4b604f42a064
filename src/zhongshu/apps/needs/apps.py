"""Needs and shortages. 需求与缺口."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig

from zhongshu.office.matters import refusal_words

from .refusal_words import REASONS


class Config(AppConfig):
    """Needs and shortages."""

    name = "zhongshu.apps.needs"
    label = "needs"
    verbose_name = "需求与缺口"

    def ready(self) -> None:
        """Own the evidence of both registers, and put them on the rail."""
        refusal_words.register(REASONS)
        import_module(f"{self.name}.evidence")
        import_module(f"{self.name}.origin")
        import_module(f"{self.name}.rail")

"""Processes. 流程."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class Config(AppConfig):
    """Processes."""

    name = "zhongshu.apps.processes"
    label = "processes"
    verbose_name = "流程"

    def ready(self) -> None:
        """Put the pages on the rail."""
        import_module(f"{self.name}.rail")

"""Matters. 事项."""

from importlib import import_module

from django.apps import AppConfig


class Config(AppConfig):
    """Matters."""

    name = "zhongshu.office.matters"
    label = "matters"
    verbose_name = "事项"

    def ready(self) -> None:
        """Answer for the files of matters, and for what people have in hand."""
        import_module(f"{self.name}.papers")
        import_module(f"{self.name}.holding")

"""The desk. 案头."""

from importlib import import_module

from django.apps import AppConfig


class Config(AppConfig):
    """The desk."""

    name = "zhongshu.desk"
    label = "desk"
    verbose_name = "案头"

    def ready(self) -> None:
        """Put the desk's pages on the rail, once there are models to count."""
        import_module(f"{self.name}.rail")

"""Files. 文件."""

from importlib import import_module

from django.apps import AppConfig


class Config(AppConfig):
    """Files."""

    name = "zhongshu.office.files"
    label = "files"
    verbose_name = "文件"

    def ready(self) -> None:
        """Spreadsheets are read here for whoever stands below."""
        import_module(f"{self.name}.spreadsheets")

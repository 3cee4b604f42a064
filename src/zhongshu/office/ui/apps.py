"""The look. 界面."""

from django.apps import AppConfig

from .menu import Entry, register


class Config(AppConfig):
    """The look."""

    name = "zhongshu.office.ui"
    label = "ui"
    verbose_name = "界面"

    def ready(self) -> None:
        """The gallery is on the rail of whoever builds pages; it stands last."""
        register(Entry(group="系统", label="组件", url_name="ui:gallery", icon="brush", order=990))

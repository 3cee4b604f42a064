"""The look. 界面."""

from django.apps import AppConfig
from django.http import HttpRequest

from .menu import Entry, register


def keeps_the_system(request: HttpRequest) -> bool:
    """Whether this is the system administrator, who may want to see how a page is made."""
    return getattr(request.user, "office", "") == "system"


class Config(AppConfig):
    """The look."""

    name = "zhongshu.office.ui"
    label = "ui"
    verbose_name = "界面"

    def ready(self) -> None:
        """The gallery stands last on the rail; anybody signed in may open it by its address."""
        register(
            Entry(
                group="系统",
                label="组件",
                url_name="ui:gallery",
                icon="brush",
                order=990,
                shown=keeps_the_system,
            )
        )

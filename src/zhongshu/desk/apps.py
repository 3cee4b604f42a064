"""The desk. 案头."""

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.module_loading import import_string

from zhongshu.office.ui.menu import Entry, register


class Config(AppConfig):
    """The desk."""

    name = "zhongshu.desk"
    label = "desk"
    verbose_name = "案头"

    def ready(self) -> None:
        """Put its pages on the rail."""
        register(
            Entry(group="", label="通知", url_name="desk:notices", icon="bell", order=20, count=_unread,
                  phone=True),
            Entry(group="", label="检索", url_name="desk:search", icon="search", order=30),
            Entry(group="系统", label="未送达的通知", url_name="desk:outbox", icon="warn", order=980,
                  shown=_keeps_the_system),
        )


def _unread(request: HttpRequest) -> str:
    acting = import_string("zhongshu.office.people.queries.acting")
    words = import_string("zhongshu.office.notices.queries.unread_words")
    return str(words(seen_by=acting(request)))


def _keeps_the_system(request: HttpRequest) -> bool:
    return getattr(request.user, "office", "") == "system"

"""Search. 检索."""

from django.apps import AppConfig


class Config(AppConfig):
    """Search."""

    name = "zhongshu.office.search"
    label = "search"
    verbose_name = "检索"

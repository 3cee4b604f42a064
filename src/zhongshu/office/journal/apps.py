"""The journal. 日志."""

from django.apps import AppConfig


class Config(AppConfig):
    """The journal."""

    name = "zhongshu.office.journal"
    label = "journal"
    verbose_name = "日志"

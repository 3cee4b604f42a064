"""Notices. 通知."""

from django.apps import AppConfig


class Config(AppConfig):
    """Notices."""

    name = "zhongshu.office.notices"
    label = "notices"
    verbose_name = "通知"

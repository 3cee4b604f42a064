"""Handling. 办理."""

from django.apps import AppConfig


class Config(AppConfig):
    """Handling."""

    name = "zhongshu.office.handling"
    label = "handling"
    verbose_name = "办理"

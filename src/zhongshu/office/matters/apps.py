"""Matters. 事项."""

from django.apps import AppConfig


class Config(AppConfig):
    """Matters."""

    name = "zhongshu.office.matters"
    label = "matters"
    verbose_name = "事项"

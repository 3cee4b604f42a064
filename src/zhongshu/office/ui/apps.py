"""The look. 界面."""

from django.apps import AppConfig


class Config(AppConfig):
    """The look."""

    name = "zhongshu.office.ui"
    label = "ui"
    verbose_name = "界面"

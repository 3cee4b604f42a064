"""People. 人员."""

from django.apps import AppConfig


class Config(AppConfig):
    """People."""

    name = "zhongshu.office.people"
    label = "people"
    verbose_name = "人员"

"""The desk. 案头."""

from django.apps import AppConfig


class Config(AppConfig):
    """The desk."""

    name = "zhongshu.desk"
    label = "desk"
    verbose_name = "案头"

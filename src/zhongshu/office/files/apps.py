"""Files. 文件."""

from django.apps import AppConfig


class Config(AppConfig):
    """Files."""

    name = "zhongshu.office.files"
    label = "files"
    verbose_name = "文件"

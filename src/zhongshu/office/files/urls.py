"""Addresses of files. A key is random, and says nothing of name or matter."""

from __future__ import annotations

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from . import views


class Key(StringConverter):
    """A key, and nothing else that could come in its place."""

    regex = "[0-9a-f]{32}"


register_converter(Key, "key")

app_name = "files"
urlpatterns = [
    path("<key:key>/", views.download, name="download"),
    path("<key:key>/<int:number>/<int:width>.png", views.page, name="page"),
]

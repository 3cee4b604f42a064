"""Every address begins here."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", include("allauth.urls")),
    path("files/", include("zhongshu.office.files.urls")),
    path("gallery/", include("zhongshu.office.ui.urls")),
    path("", include("zhongshu.desk.urls")),
]

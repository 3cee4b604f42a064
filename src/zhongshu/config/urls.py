"""Every address begins here."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", include("zhongshu.office.people.sign_in_urls")),
    path("people/", include("zhongshu.office.people.urls")),
    path("gallery/", include("zhongshu.office.ui.urls")),
    path("", include("zhongshu.desk.urls")),
]

"""Every address begins here."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", include("allauth.urls")),
    path("", include("zhongshu.office.ui.urls")),
    path("", include("zhongshu.desk.urls")),
]

handler400 = "zhongshu.office.ui.errors.bad_request"
handler403 = "zhongshu.office.ui.errors.forbidden"
handler404 = "zhongshu.office.ui.errors.not_found"
handler500 = "zhongshu.office.ui.errors.server_error"

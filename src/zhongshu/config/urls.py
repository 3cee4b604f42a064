"""Every address begins here."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", include("zhongshu.office.people.sign_in_urls")),
    path("people/", include("zhongshu.office.people.urls")),
    path("", include("zhongshu.office.ui.urls")),
    path("act/", include("zhongshu.office.handling.urls")),
    path("files/", include("zhongshu.office.files.urls")),
    path("documents/", include("zhongshu.apps.documents.urls")),
    path("processes/", include("zhongshu.apps.processes.urls")),
    path("requests/", include("zhongshu.apps.requests.urls")),
    path("supervision/", include("zhongshu.apps.supervision.urls")),
    path("targets/", include("zhongshu.apps.targets.urls")),
    path("needs/", include("zhongshu.apps.needs.urls")),
    path("", include("zhongshu.desk.urls")),
]

handler400 = "zhongshu.office.ui.errors.bad_request"
handler403 = "zhongshu.office.ui.errors.forbidden"
handler404 = "zhongshu.office.ui.errors.not_found"
handler500 = "zhongshu.office.ui.errors.server_error"

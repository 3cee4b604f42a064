"""The addresses of people. 人员."""

from __future__ import annotations

from django.urls import path

from .views import accounts, first_use, identities, importing, me, organisation

app_name = "people"
urlpatterns = [
    path("", organisation.directory, name="directory"),
    path("me/", me.me, name="me"),
    path("me/leave/", me.leave, name="leave"),
    path("me/leave/<int:pk>/end/", me.end_leave, name="end_leave"),
    path("me/stand-in/", me.stand_in, name="stand_in"),
    path("me/stand-in/<int:pk>/end/", me.end_stand_in, name="end_stand_in"),
    path("me/sessions/end/", me.end_sessions, name="end_sessions"),
    path("me/sessions/<int:pk>/end/", me.end_session, name="end_session"),
    path("me/factor.png", me.totp_picture, name="totp_picture"),
    path("first/", first_use.first_password, name="first_password"),
    path("first/<str:token>/", first_use.first_use, name="first_use"),
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/add/", accounts.add_account, name="add_account"),
    path("accounts/<int:pk>/activate/", accounts.activate, name="activate"),
    path("accounts/<int:pk>/suspend/", accounts.suspend, name="suspend"),
    path("accounts/<int:pk>/identity/", identities.propose_identity, name="propose_identity"),
    path("identities/", identities.identities, name="identities"),
    path("identities/<int:pk>/confirm/", identities.confirm_identity, name="confirm_identity"),
    path("identities/<int:pk>/drop/", identities.drop_identity, name="drop_identity"),
    path("imports/", importing.imports, name="imports"),
    path("imports/template.csv", importing.template_csv, name="template_csv"),
    path("imports/template.xlsx", importing.template_xlsx, name="template_xlsx"),
    path("imports/propose/", importing.propose, name="propose_import"),
    path("imports/<str:key>/", importing.preview, name="import"),
    path("imports/<str:key>/release/", importing.release, name="release_import"),
    path("imports/<str:key>/undo/", importing.undo, name="undo_import"),
    path("units/add/", organisation.add_unit, name="add_unit"),
    path("units/<str:code>/", organisation.change_unit, name="change_unit"),
    path("units/<str:code>/seat/", organisation.seat_unit, name="seat_unit"),
    path("units/<str:code>/posts/add/", organisation.add_post, name="add_post"),
    path("units/<str:code>/people/add/", organisation.add_person, name="add_person"),
    path("posts/<str:code>/", organisation.change_post, name="change_post"),
    path("posts/<str:code>/sight/", organisation.set_sight, name="set_sight"),
    path("<str:key>/", organisation.person, name="person"),
    path("<str:key>/change/", organisation.change_person, name="change_person"),
    path("<str:key>/move/", organisation.move, name="move"),
    path("<str:key>/appoint/", organisation.appoint, name="appoint"),
    path("<str:key>/end-appointment/", organisation.end_appointment, name="end_appointment"),
    path("<str:key>/clearance/", organisation.set_clearance, name="set_clearance"),
    path("<str:key>/leave-for-good/", organisation.leave_for_good, name="leave_for_good"),
]

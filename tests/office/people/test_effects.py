"""What gets worse is on the page before a change of people is made: posts and leave."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from tests.office.town import MONDAY, Stopped, Town
from zhongshu.office.matters.models import Process
from zhongshu.office.matters.processes import definition
from zhongshu.office.people import above, actions, effects, revision
from zhongshu.office.people.models import Appointment, Leave, StandIn

from .conftest import Signed

SPAN = {"start": "2026-11-25T09:00", "end": "2026-11-27T17:30"}


@pytest.fixture(autouse=True)
def _one_process(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    flow = definition(Process.objects.get(code="request", state="released").pk)
    monkeypatch.setattr(above, "_processes", [lambda: [flow]])


def mark(page: bytes) -> dict[str, str]:
    return dict(re.findall(r'name="(seen)" value="([0-9a-f]+)"', page.decode()))


def test_a_leave_that_would_stop_cases_is_seen_before_it_is_granted(
    signed: Signed, town: Town
) -> None:
    client = signed("黄文")
    first = client.post("/people/me/leave/", SPAN)
    assert "到“交办归档”就办不下去" in first.content.decode()
    assert not Leave.objects.exists(), "seen first"
    other = {**SPAN, "end": "2026-11-28T17:30", **mark(first.content)}
    assert client.post("/people/me/leave/", other).status_code == 200, "another leave, look again"
    assert client.post("/people/me/leave/", {**SPAN, **mark(first.content)}).status_code == 302
    assert Leave.objects.count() == 1


def test_with_a_stand_in_for_all_of_it_nothing_stops(signed: Signed, town: Town) -> None:
    town.person("小文", "office")  # else nobody of the office could draft what its lawyer examines
    cover = StandIn.objects.create(
        principal=town.people["黄文"],
        deputy=town.people["外人"],
        start=MONDAY,
        end=MONDAY + timedelta(days=30),
    )
    revision.touch()
    when = {"start": MONDAY + timedelta(days=1), "end": MONDAY + timedelta(days=2)}
    assert effects.effect_of_leave(person=town.people["黄文"], **when) == ()
    cover.end = MONDAY + timedelta(days=1, hours=8)
    cover.save()
    revision.touch()
    assert effects.effect_of_leave(person=town.people["黄文"], **when)
    assert signed("王小满").post("/people/me/leave/", SPAN).status_code == 302


def test_two_who_cover_each_other_may_not_both_be_away(town: Town) -> None:
    town.person("小文", "office")
    for holder in ("黄文", "外人"):
        Appointment.objects.get_or_create(
            person=town.people[holder],
            post=town.post("records_clerk", "office"),
            since=date(2024, 1, 1),
        )
    revision.touch()
    when = {"start": MONDAY + timedelta(days=1), "end": MONDAY + timedelta(days=3)}
    assert effects.effect_of_leave(person=town.people["黄文"], **when) == ()
    Leave.objects.create(person=town.people["外人"], **when)
    revision.touch()
    told = effects.effect_of_leave(person=town.people["黄文"], **when)
    assert any("交办归档" in one.sentence for one in told)


def test_a_post_that_lets_fewer_finish_is_shown_first(signed: Signed, town: Town) -> None:
    client = signed("security", again=True)
    leader = town.people["赵副"]
    address = f"/people/{leader.key}/appoint/"
    page = client.post(address, {"post": "records_clerk"})
    assert "今后 3 人就能办完" in page.content.decode()
    assert not Appointment.objects.filter(person=leader, post__code="records_clerk").exists()
    sent = client.post(address, {"post": "records_clerk", **mark(page.content)})
    assert sent.status_code == 302
    assert Appointment.objects.filter(person=leader, post__code="records_clerk").exists()


def test_a_post_that_is_left_vacant_is_shown_first(signed: Signed, town: Town) -> None:
    client = signed("security", again=True)
    held = Appointment.objects.get(post__code="records_clerk")
    address = f"/people/{town.people['黄文'].key}/end-appointment/"
    page = client.post(address, {"appointment": held.pk})
    assert "到“交办归档”就办不下去" in page.content.decode()
    held.refresh_from_db()
    assert held.until is None, "what is tried out is taken back"
    assert client.post(address, {"appointment": held.pk, **mark(page.content)}).status_code == 302
    held.refresh_from_db()
    assert held.until == MONDAY.date()


def test_trying_out_leaves_no_trace(town: Town, time: Stopped) -> None:
    before = (Appointment.objects.count(), revision.mark())
    later = MONDAY.date() + timedelta(days=40)
    effects.effect_of_appointment(
        person=town.people["吴法"], post=town.post("water_head", "water"), since=later
    )
    assert (Appointment.objects.count(), revision.mark()) == before
    assert callable(actions.may_leave)

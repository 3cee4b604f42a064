"""Sent back to whoever sent it: with reasons, counted, and when it comes again, linked."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.office.town import Stopped, Town
from zhongshu.apps.documents.actions import registering, returning
from zhongshu.apps.documents.actions.returning import Back
from zhongshu.apps.documents.models import Arrival, Return
from zhongshu.apps.documents.queries import returns, sources
from zhongshu.office.actor import Actor
from zhongshu.office.files import queries as files
from zhongshu.office.journal.models import Entry, Salt
from zhongshu.office.matters.models import Link, Matter, Todo
from zhongshu.office.matters.selfcheck import selfcheck
from zhongshu.office.refusal import Conflict, Refusal

from .conftest import LETTER, drop, entry

BACK = Back(("R14", "R08"), "清单写两份，只附一份", "请补附清单并由主要负责人签发")


def send_back(arrival: Arrival, by: Actor, back: Back = BACK) -> Return:
    return returning.at_registration(key=arrival.key, entry=entry(), back=back, by=by)


def test_at_registration_it_is_entered_and_given_up(clerk: Actor) -> None:
    arrival = drop(clerk)
    back = send_back(arrival, clerk)
    matter = back.matter
    assert (matter.number, matter.state) == ("下收〔2026〕1号", "withdrawn")
    assert (back.reasons, back.stage) == (["R08", "R14"], "registration")
    assert (back.text, back.fix) == (BACK.text, BACK.fix)
    assert not Todo.objects.exists()
    assert files.of(f"matter:{matter.key}", seen_by=clerk).exists()
    arrival.refresh_from_db()
    assert arrival.state == Arrival.State.RETURNED
    assert list(selfcheck()) == []


def test_its_line_names_codes_and_seals_words(clerk: Actor) -> None:
    back = send_back(drop(clerk), clerk)
    line = Entry.objects.get(verb="document.return")
    assert line.subject == f"matter:{back.matter.key}"
    assert set(Salt.objects.filter(entry=line).values_list("value", flat=True)) == {
        BACK.text, BACK.fix,
    }  # fmt: skip


def test_twice_is_once_and_another_clerk_is_told(clerk: Actor, office: Town) -> None:
    arrival = drop(clerk)
    assert send_back(arrival, clerk) == send_back(arrival, clerk)
    with pytest.raises(Conflict, match="done_by"):
        send_back(arrival, office.actor("林知夏"))
    assert Return.objects.count() == 1


def test_what_was_registered_is_not_returned_from_here(clerk: Actor) -> None:
    arrival = drop(clerk)
    registering.register(key=arrival.key, entry=entry(), by=clerk)
    with pytest.raises(Conflict, match="done_by"):
        send_back(arrival, clerk)


@pytest.mark.parametrize(
    ("back", "code"),
    [
        (Back(()), "bad_reason"),
        (Back(("R77",)), "bad_reason"),
        (Back(("R99",), " "), "text_needed"),
    ],
)
def test_a_return_needs_a_reason(clerk: Actor, back: Back, code: str) -> None:
    arrival = drop(clerk)
    with pytest.raises(Refusal, match=code):
        send_back(arrival, clerk, back)
    assert not Matter.objects.exists()


def registered(clerk: Actor) -> Matter:
    return registering.register(key=drop(clerk).key, entry=entry(), by=clerk)


def test_at_review_the_flow_ends_with_a_no(clerk: Actor, office: Town) -> None:
    matter, reviewer = registered(clerk), office.actor("许初")
    back = returning.at_review(key=matter.key, back=BACK, by=reviewer)
    matter.refresh_from_db()
    assert matter.closed_at is not None
    assert matter.state == "rejected"
    assert (back.stage, back.by) == ("review", office.people["许初"])
    assert returning.at_review(key=matter.key, back=BACK, by=reviewer) == back
    assert Return.objects.count() == 1
    assert list(selfcheck()) == []


def test_only_the_reviewer_and_only_while_it_is_reviewed(clerk: Actor, office: Town) -> None:
    matter = registered(clerk)
    with pytest.raises(Refusal, match="not_review"):
        returning.at_review(key=matter.key, back=BACK, by=clerk)
    with pytest.raises(Refusal, match="no_matter"):
        returning.at_review(key=matter.key, back=BACK, by=office.actor("外人"))
    with pytest.raises(Refusal, match="bad_reason"):
        returning.at_review(key=matter.key, back=Back(()), by=office.actor("许初"))


def test_mended_and_sent_again_it_is_linked(clerk: Actor) -> None:
    first = send_back(drop(clerk), clerk).matter
    assert list(sources.returned(source=LETTER.source, seen_by=clerk)) == [first]
    again = drop(clerk, LETTER._replace(number="临水所请〔2026〕30号", text=("补正后重报。",)))
    told = entry(document_no="临水所请〔2026〕30号", resubmits=first.key)
    second = registering.register(key=again.key, entry=told, by=clerk)
    link = Link.objects.get()
    assert (link.earlier, link.later, link.why) == (first, second, "resubmitted")
    assert list(sources.returned(source=LETTER.source, seen_by=clerk)) == []


def test_counted_by_source_in_a_span(clerk: Actor, office: Town, time: Stopped) -> None:
    since = time.at - timedelta(hours=1)
    for n, source in enumerate(("临溪区水务所", "白鹭区水务所", "临溪区水务所")):
        letter = LETTER._replace(number=f"水〔2026〕{n + 1}号", source=source)
        told = entry(document_no=letter.number, source=source, title=f"第{n}件的请示")
        returning.at_registration(key=drop(clerk, letter).key, entry=told, back=BACK, by=clerk)
        time.at += timedelta(hours=1)
    until = time.at
    counted = sources.returns(since=since, until=until, seen_by=clerk)
    assert counted == [("临溪区水务所", 2), ("白鹭区水务所", 1)]
    half = sources.returns(since=since, until=since + timedelta(hours=2), seen_by=clerk)
    assert half == [("临溪区水务所", 1)]
    assert sources.returns(since=since, until=until, seen_by=office.actor("外人")) == []


def test_the_slip_is_for_whoever_sees_the_matter(clerk: Actor, office: Town) -> None:
    back = send_back(drop(clerk), clerk)
    assert returns.find(key=back.key, seen_by=clerk) == back
    with pytest.raises(Return.DoesNotExist):
        returns.find(key=back.key, seen_by=office.actor("外人"))

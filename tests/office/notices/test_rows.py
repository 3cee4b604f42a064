"""Who is told of a step: once, in its transaction, never himself, never more than he sees."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.office.matters.test_act import approve, opened, slot, submit
from tests.office.town import Stopped, Town, names
from zhongshu.kernel.flow import commands as c
from zhongshu.office import clock
from zhongshu.office.actor import Actor
from zhongshu.office.matters import actions as matters
from zhongshu.office.matters import happenings
from zhongshu.office.matters.models import Matter
from zhongshu.office.notices import actions, queries
from zhongshu.office.notices.models import Delivery, Notice
from zhongshu.office.people import queries as people
from zhongshu.office.people import revision
from zhongshu.office.refusal import Refusal


def told(town: Town) -> set[tuple[str, str]]:
    called = names(town)
    return {(called[row.person.key], row.words) for row in Notice.objects.select_related("person")}


def said(town: Town, name: str) -> list[str]:
    return [line.sentence for line in queries.page(seen_by=town.actor(name)).lines]


def act(town: Town, matter: Matter, holder: str, make: object, by: str = "") -> None:
    seat, seen = slot(Matter.objects.get(pk=matter.pk), town.people[holder].key)
    matters.act(
        key=matter.key, command=lambda who: make(who, seat, seen), by=town.actor(by or holder)
    )


def test_whoever_has_something_new_to_do_is_told(town: Town) -> None:
    matter = opened(town)
    assert told(town) == set()  # he knows that he opened it
    submit(town, matter)
    assert told(town) == {("张科", "todo.do")}
    assert said(town, "张科")[0].startswith("请办理：")


def test_the_drafter_hears_what_was_decided(town: Town) -> None:
    matter = opened(town)
    submit(town, matter)
    approve(town, matter, "张科")
    assert ("王小满", "approve") in told(town)
    assert "张科同意" in said(town, "王小满")
    assert Notice.objects.get(words="approve").level == Notice.Level.QUIET


def test_a_copy_is_one_notice_with_its_reason(town: Town) -> None:
    matter = opened(town)
    submit(town, matter)
    friend = town.people["陈立"].key
    act(town, matter, "张科", lambda who, s, seen: c.Circulate(who, (friend,)))
    assert [words for name, words in told(town) if name == "陈立"] == ["todo.read"]
    assert said(town, "陈立") == ["请阅（张科传阅给您）"]


def test_what_comes_back_says_from_whom(town: Town) -> None:
    matter = opened(town)
    submit(town, matter)
    act(
        town,
        matter,
        "张科",
        lambda who, s, seen: c.SendBack(who, s.id, s.rev, seen, "draft", "请重写"),
    )
    assert said(town, "王小满") == ["请修改后再报（张科退回）"]
    assert "请重写" not in json.dumps([*Notice.objects.values_list("about", flat=True)])


def test_who_was_asked_and_who_asked(town: Town) -> None:
    matter = opened(town)
    submit(town, matter)
    friend = town.people["陈立"].key
    act(town, matter, "张科", lambda who, s, seen: c.Consult(who, s.id, s.rev, friend, "可行否？"))
    assert said(town, "陈立") == ["请答复（张科征求您的意见）"]
    seat, _ = slot(Matter.objects.get(pk=matter.pk), town.people["张科"].key)
    matters.act(
        key=matter.key,
        command=lambda who: c.Answer(who, seat.id, seat.asks[0].id, "可行"),
        by=town.actor("陈立"),
    )
    assert "陈立答复了您的征询" in said(town, "张科")


def test_urging_presses_and_reminders_climb(town: Town, time: Stopped) -> None:
    matter = opened(town)
    wake = submit(town, matter).matter.wake
    act(town, matter, "张科", lambda who, s, seen: c.Urge(who, slot=s.id), by="王小满")
    assert Notice.objects.get(words="urged").level == Notice.Level.PRESSING
    assert "王小满催办" in said(town, "张科")
    levels = []
    while wake is not None and len(levels) < 3:
        time.at = clock.calendar().add(time.at, wake - clock.calendar().minute(time.at)).at
        matters.tick(key=matter.key)
        levels.append(Notice.objects.filter(words="reminded").order_by("-pk")[0].level)
        wake = Matter.objects.get(pk=matter.pk).wake
    assert levels == [0, 1, 2]


def test_flash_matters_press_more(town: Town) -> None:
    submit(town, opened(town, urgency="flash"))
    assert Notice.objects.get(words="todo.do").level == Notice.Level.PRESSING


def test_a_step_that_keeps_nothing_tells_nobody(town: Town) -> None:
    matter = opened(town)
    submit(town, matter)
    before = told(town)
    with pytest.raises(Refusal):
        act(
            town,
            matter,
            "张科",
            lambda who, s, seen: c.Decide(who, s.id, s.rev, seen, "approve"),
            by="外人",
        )
    assert told(town) == before


def test_somebody_who_came_since_the_bureau_was_read_is_told_too(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = people.bureau()
    person = town.person("新人", "water", "water_head")
    town.people["张科"].left_on = clock.local(clock.now()).date()
    town.people["张科"].save()
    revision.touch()
    monkeypatch.setattr(people, "lately", lambda: old)
    submit(town, opened(town))
    row = Notice.objects.get()
    assert (row.person, str(row)) == (person, "todo.do")
    assert str(Delivery(notice=row, channel="mail")) == f"mail {row.pk}"


def test_telling_is_one_statement(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    def statements() -> int:
        matter = opened(town)
        with CaptureQueriesContext(connection) as seen:
            submit(town, matter)
        return len([one for one in seen.captured_queries if "notices_" in one["sql"]])

    assert statements() == 1
    listeners = [one for one in happenings._listeners if one != actions.stepped]
    with CaptureQueriesContext(connection) as with_all:
        submit(town, opened(town))
    monkeypatch.setattr(happenings, "_listeners", listeners)
    with CaptureQueriesContext(connection) as without:
        submit(town, opened(town))
    assert len(with_all) - len(without) == 1


def test_who_may_no_longer_see_the_matter_is_told_nothing_of_it(town: Town) -> None:
    matter = opened(town)
    submit(town, matter)
    name = "张科"
    assert queries.page(seen_by=town.actor(name)).lines[0].matter == matter
    town.people[name].clearance = 0
    town.people[name].save()
    revision.touch()
    line = queries.page(seen_by=town.actor(name)).lines[0]
    assert line.matter is None
    assert "您现在不能查看" in line.sentence
    assert queries.unread_count(seen_by=town.actor(name)) == 1


def test_reading_is_ones_own(town: Town) -> None:
    submit(town, opened(town))
    row = Notice.objects.get()
    assert not actions.mark_read(pk=row.pk, by=town.actor("王小满"))
    with pytest.raises(Notice.DoesNotExist):
        queries.one(pk=row.pk, seen_by=town.actor("王小满"))
    assert actions.mark_read(pk=row.pk, by=town.actor("张科"))
    assert not actions.mark_read(pk=row.pk, by=town.actor("张科"))
    assert queries.unread_words(seen_by=town.actor("张科")) == ""
    nobody = Actor("account:1", "system")
    assert queries.unread_count(seen_by=nobody) == 0
    assert actions.mark_all_read(up_to=1 << 60, by=nobody) == 0


def test_all_are_read_up_to_the_newest_that_was_shown(town: Town) -> None:
    for _ in range(3):
        submit(town, opened(town))
    pks = sorted(Notice.objects.values_list("pk", flat=True))
    assert actions.mark_all_read(up_to=pks[1], by=town.actor("张科")) == 2
    assert queries.unread_words(seen_by=town.actor("张科")) == "1"
    unread = queries.page(seen_by=town.actor("张科"), unread=True)
    assert [line.notice.pk for line in unread.lines] == pks[2:]


def test_many_are_counted_only_so_far(town: Town) -> None:
    rows = [
        Notice(person=town.people["张科"], words="urged", at=clock.now())
        for _ in range(queries.MOST + 5)
    ]
    Notice.objects.bulk_create(rows)
    assert queries.unread_words(seen_by=town.actor("张科")) == "99+"
    first = queries.page(seen_by=town.actor("张科"))
    assert len(first.lines) == queries.PAGE
    rest = queries.page(seen_by=town.actor("张科"), before=first.after)
    assert rest.lines[0].notice.pk == first.lines[-1].notice.pk - 1
    last = queries.page(seen_by=town.actor("张科"), before=rows[0].pk + 2)
    assert (len(last.lines), last.after) == (2, 0) or last.after == 0


def test_the_count_is_answered_by_the_index(town: Town) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("small tables are read whole there")
    with CaptureQueriesContext(connection) as seen:
        queries.unread_count(seen_by=town.actor("张科"))
    sql = seen.captured_queries[-1]["sql"]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        assert "COVERING INDEX notices_unread" in str(cursor.fetchall())


def test_what_did_not_go_out_is_said_beside_the_notice(town: Town) -> None:
    submit(town, opened(town))
    row = Notice.objects.get()
    assert queries.page(seen_by=town.actor("张科")).lines[0].undelivered == ()
    Delivery.objects.create(notice=row, channel="mail", given_up_at=clock.now(), error="x")
    assert queries.page(seen_by=town.actor("张科")).lines[0].undelivered == ("邮件",)
    assert queries.one(pk=row.pk, seen_by=town.actor("张科")).undelivered == ("邮件",)

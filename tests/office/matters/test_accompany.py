"""Remarks, watching, tags and links: whoever sees a matter may, nobody sees more by it."""

from __future__ import annotations

import pytest

from tests.office.town import Stopped, Town
from zhongshu.kernel.flow import commands as c
from zhongshu.office import clock
from zhongshu.office.journal.models import Entry
from zhongshu.office.matters import accompany, actions, queries
from zhongshu.office.matters.models import Comment, Link, Matter, Tag
from zhongshu.office.notices.models import Notice
from zhongshu.office.people import revision
from zhongshu.office.refusal import Refusal

from .test_act import approve, opened, slot, submit


@pytest.fixture
def matter(town: Town) -> Matter:
    return submit(town, opened(town)).matter


def verbs(matter: Matter) -> list[str]:
    rows = Entry.objects.filter(subject=f"matter:{matter.key}").order_by("pk")
    return list(rows.values_list("verb", flat=True))


def told(town: Town, name: str) -> list[str]:
    rows = Notice.objects.filter(person=town.people[name]).order_by("pk")
    return list(rows.values_list("words", flat=True))


def refused(act: object) -> tuple[str, ...]:
    with pytest.raises(Refusal) as no:
        act()  # type: ignore[operator]
    return no.value.refused.codes


def test_a_remark_is_kept_whole_told_and_sealed(town: Town, matter: Matter) -> None:
    accompany.watch(key=matter.key, by=town.actor("王小满"))
    row = accompany.comment(key=matter.key, text="  型号见附表。 ", by=town.actor("张科"), once="a")
    again = accompany.comment(key=matter.key, text="型号见附表。", by=town.actor("张科"), once="a")
    assert row == again
    assert [one.text for one in matter.comments.all()] == ["型号见附表。"]
    assert verbs(matter)[-1] == "matter.comment"
    assert row.entry.salts.get().value == "型号见附表。"
    assert told(town, "王小满")[-1] == "watch.remark"
    assert "watch.remark" not in told(town, "张科")


def test_a_remark_moves_nothing(town: Town, matter: Matter) -> None:
    before = Matter.objects.values().get(pk=matter.pk)
    accompany.comment(key=matter.key, text="同意", by=town.actor("张科"))
    assert Matter.objects.values().get(pk=matter.pk) == before
    assert {todo.person for todo in matter.todos.all()} == {town.people["张科"]}


@pytest.mark.parametrize("verb", ["comment", "watch", "unwatch", "tag", "untag", "link", "unlink"])
def test_who_may_not_see_it_can_do_nothing_beside_it(town: Town, matter: Matter, verb: str) -> None:
    typed: dict[str, dict[str, str]] = {
        "comment": {"text": "x"},
        "tag": {"name": "x"},
        "untag": {"name": "x"},
        "link": {"other": matter.number},
        "unlink": {"other": matter.key},
    }
    do = getattr(accompany, verb)
    for key in (matter.key, "0" * 32):
        told_ = refused(lambda key=key: do(key=key, by=town.actor("外人"), **typed.get(verb, {})))
        assert told_ == ("no_matter",)
    assert not Entry.objects.filter(person=town.people["外人"].key).exists()


def test_watching_lets_nobody_see_a_matter(town: Town, matter: Matter) -> None:
    director = town.actor("李局")
    accompany.watch(key=matter.key, by=director)
    assert list(queries.watched(seen_by=director)) == [matter]
    post = town.people["李局"].appointments.get().post
    post.sight = "own"
    post.save()
    revision.touch()
    assert list(queries.watched(seen_by=director)) == []
    before = Notice.objects.filter(person=town.people["李局"]).count()
    accompany.comment(key=matter.key, text="x", by=town.actor("张科"))
    assert Notice.objects.filter(person=town.people["李局"]).count() == before


def test_who_follows_hears_of_the_return_and_of_the_end(town: Town, matter: Matter) -> None:
    accompany.watch(key=matter.key, by=town.actor("李局"))
    found = Matter.objects.get(pk=matter.pk)
    seat, seen = slot(found, town.people["张科"].key)
    actions.act(
        key=matter.key,
        command=lambda who: c.SendBack(who, seat.id, seat.rev, seen, "draft", "请补充"),
        by=town.actor("张科"),
    )
    assert told(town, "李局") == ["watch.sent_back"]
    actions.act(
        key=matter.key, command=lambda who: c.Cancel(who, "不用了"), by=town.actor("王小满")
    )
    assert told(town, "李局") == ["watch.sent_back", "watch.ended"]


def test_who_follows_hears_that_it_is_overdue_once(town: Town, time: Stopped) -> None:
    matter = submit(town, opened(town)).matter
    accompany.watch(key=matter.key, by=town.actor("李局"))
    while wake := Matter.objects.values_list("wake", flat=True).get(pk=matter.pk):
        time.at = clock.calendar().at(wake)
        actions.tick(key=matter.key)
    assert told(town, "李局").count("watch.overdue") == 1


def test_who_acted_is_not_told_of_his_own_step(town: Town, matter: Matter) -> None:
    accompany.watch(key=matter.key, by=town.actor("王小满"))
    actions.act(
        key=matter.key, command=lambda who: c.Cancel(who, "不用了"), by=town.actor("王小满")
    )
    assert "watch.ended" not in told(town, "王小满")


def test_watching_twice_is_once_and_ends(town: Town, matter: Matter) -> None:
    by = town.actor("张科")
    accompany.watch(key=matter.key, by=by)
    accompany.watch(key=matter.key, by=by)
    assert queries.is_watched(matter=matter, seen_by=by)
    accompany.unwatch(key=matter.key, by=by)
    accompany.unwatch(key=matter.key, by=by)
    assert not queries.is_watched(matter=matter, seen_by=by)
    assert verbs(matter)[-2:] == ["matter.watch", "matter.unwatch"]


def test_tags_group_what_one_may_see(town: Town, matter: Matter) -> None:
    by = town.actor("张科")
    accompany.tag(key=matter.key, name=" 汛前检查 ", by=by)
    accompany.tag(key=matter.key, name="汛前检查", by=by)
    assert verbs(matter).count("matter.tag") == 1
    assert list(queries.listed(seen_by=by, tag="汛前检查")) == [matter]
    assert list(queries.listed(seen_by=town.actor("外人"), tag="汛前检查")) == []
    accompany.untag(key=matter.key, name="汛前检查", by=by)
    assert list(queries.listed(seen_by=by, tag="汛前检查")) == []


def test_a_tag_is_one_word_of_a_few(town: Town, matter: Matter) -> None:
    by = town.actor("张科")
    assert refused(lambda: accompany.tag(key=matter.key, name=" ", by=by)) == ("bad_tag",)
    assert refused(lambda: accompany.tag(key=matter.key, name="长" * 41, by=by)) == ("bad_tag",)
    for nth in range(accompany.MOST_TAGS):
        accompany.tag(key=matter.key, name=f"t{nth}", by=by)
    assert refused(lambda: accompany.tag(key=matter.key, name="one more", by=by)) == (
        "too_many_tags",
    )
    assert Tag.objects.count() == accompany.MOST_TAGS


def test_a_link_shows_only_what_the_reader_sees(town: Town, matter: Matter) -> None:
    other = opened(town, by="李局", title="局长自己的")
    director, head = town.actor("李局"), town.actor("张科")
    accompany.link(key=matter.key, other=other.number, by=director)
    assert [one.matter for one in queries.related(matter=matter, seen_by=director)] == [other]
    assert [one.matter for one in queries.related(matter=other, seen_by=director)] == [matter]
    assert queries.related(matter=matter, seen_by=head) == []
    assert refused(lambda: accompany.link(key=matter.key, other=other.number, by=head)) == (
        "no_other_matter",
    )
    assert refused(lambda: accompany.link(key=matter.key, other="签报〔2026〕99号", by=head)) == (
        "no_other_matter",
    )
    accompany.unlink(key=matter.key, other=other.key, by=director)
    assert not Link.objects.exists()


def test_a_link_that_a_process_made_is_not_taken_back(town: Town, matter: Matter) -> None:
    other = opened(town, by="张科")
    accompany.join(earlier=matter, later=other, why=Link.Why.CHILD, by=town.actor("张科"))
    accompany.unlink(key=matter.key, other=other.key, by=town.actor("张科"))
    assert Link.objects.get().why == "child"


def test_a_matter_is_not_linked_with_itself(town: Town, matter: Matter) -> None:
    by = town.actor("张科")
    assert refused(lambda: accompany.link(key=matter.key, other=matter.number, by=by)) == (
        "same_matter",
    )


def test_a_remark_of_nothing_is_none(town: Town, matter: Matter) -> None:
    by = town.actor("张科")
    assert refused(lambda: accompany.comment(key=matter.key, text=" \n", by=by)) == (
        "empty_comment",
    )
    assert not Comment.objects.exists()
    approve(town, matter, "张科")

"""A step that nobody may take is told to whoever can mend it, and to no one who may not see it."""

from __future__ import annotations

from tests.office.matters.test_act import slot
from tests.office.matters.test_effects import release
from tests.office.matters.test_safety import PAY, claim, paper
from tests.office.town import SINCE, Town
from zhongshu.kernel.flow import commands as c
from zhongshu.office.matters import actions
from zhongshu.office.matters.models import Matter
from zhongshu.office.notices.models import Notice
from zhongshu.office.people import revision
from zhongshu.office.people.models import Appointment


def test_whoever_can_mend_a_blocked_step_is_told(town: Town) -> None:
    town.person("周核", "finance", "checkers")
    town.person("钱纳", "finance", "cashier")
    release(PAY)
    overseer = town.post("overseer", "leaders")
    for name in ("李局", "赵副", "外人"):
        Appointment.objects.create(person=town.people[name], post=overseer, since=SINCE)
    revision.touch()
    matter = paper(town)
    claim(town, matter, "周核")
    matter = Matter.objects.select_related("case").get(pk=matter.pk)
    seat, seen = slot(matter, town.people["周核"].key)
    actions.act(
        key=matter.key,
        command=lambda who: c.Decide(who, seat.id, seat.rev, seen, "done", "已核"),
        by=town.actor("周核"),
    )
    Appointment.objects.filter(post__code="cashier").delete()
    revision.touch()
    matter = Matter.objects.select_related("case").get(pk=matter.pk)
    seat, seen = slot(matter, town.people["李局"].key)
    actions.act(
        key=matter.key,
        command=lambda who: c.Decide(who, seat.id, seat.rev, seen, "approve", "同意"),
        by=town.actor("李局"),
    )
    told = Notice.objects.filter(words="blocked").select_related("person")
    # 赵副 is in charge of the unit and sees it; 外人 may not; who acted himself knows.
    assert {one.person.name for one in told} == {"王小满", "赵副"}
    assert {one.level for one in told if one.person.name == "赵副"} == {Notice.Level.PRESSING}

"""What a button would do is told before it is pressed, by the engine, with what is typed so far."""

from __future__ import annotations

from tests.office.town import Town
from zhongshu.office.matters.models import Event

from .bureau import paper, seated
from .pressing import act, forms, hidden, proposal, seen


def test_told_as_one_chooses(works: Town) -> None:
    matter = paper(works)
    assert act(seated(works, "方以宁"), matter, "approve", opinion="受理。") == 302
    head = seated(works, "许怀瑾")
    page = seen(head, matter)
    assert "下一步：沈砚秋" in page  # also without a script
    form = next(one for one in forms(page, "/act/") if "f_handling" in one)
    where = f"/documents/incoming/{matter.key}/told/"
    typed = proposal(f_lead_unit="supply", f_cosign_units=["finance"])
    told = head.post(where, {**hidden(form), **typed}).content.decode()
    assert "进入部门会签" in told
    assert "下一步：李慎行" in told
    wrong = head.post(where, {**hidden(form), **proposal(f_assist_units=["drain"])})
    assert "要有一个主办" in wrong.content.decode()
    assert head.post(where, {}).status_code == 200  # nothing typed is no fault of the server
    assert Event.objects.filter(matter=matter).count() == 2  # telling does nothing


def test_nothing_is_told_to_who_has_nothing_to_do(works: Town) -> None:
    matter = paper(works)
    where = f"/documents/incoming/{matter.key}/told/"
    assert seated(works, "林知夏").post(where).status_code == 204
    assert seated(works, "周明朗").post(where).status_code == 404


def test_what_is_proposed_is_told_at_once(works: Town) -> None:
    first = paper(works, purpose="information")
    assert act(seated(works, "方以宁"), first, "approve", opinion="受理。") == 302
    typed = proposal(f_handling="阅知", f_readers=[works.people["苏青禾"].key])
    assert act(seated(works, "许怀瑾"), first, "done", **typed) == 302
    second = paper(works, purpose="information")
    assert act(seated(works, "方以宁"), second, "approve", opinion="受理。") == 302
    page = seen(seated(works, "许怀瑾"), second)
    told = page[page.index('id="told"') :]
    assert "下一步：苏青禾" in told[: told.index("</div>")]

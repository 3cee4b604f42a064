"""What is said beside the forms: findings with the place of their cure, and the proof. 旁边."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from django.utils.translation import gettext as _

from zhongshu.apps.processes import checkup, library
from zhongshu.apps.processes.editing.document import called, field, nodes
from zhongshu.apps.processes.editing.document import text as text_of
from zhongshu.apps.processes.editing.verbs import STEP
from zhongshu.apps.processes.seeing import Seer
from zhongshu.kernel.flow.findings import Finding
from zhongshu.kernel.flow.release.telling import sentence
from zhongshu.kernel.flow.text.document import Document
from zhongshu.office.people import queries as people

from .places import Place, place_of

CODE = re.compile(r"([”\"])\[[a-z0-9_]+\]|(?<=\S) \[[a-z0-9_]+\]|（[a-z_]+）")


class Told(NamedTuple):
    """A finding in words, the part that cures it and what that part is called."""

    place: Place
    title: str
    text: str
    severity: str


class Verdict(NamedTuple):
    """Everything that is said of a sketch as it stands."""

    judged: library.Judged
    errors: tuple[Told, ...]
    warnings: tuple[Told, ...]

    def faults(self, part: str) -> Mapping[str, str]:
        """What is wrong in a part, by places inside it; sentences at one place are joined."""
        found: dict[str, str] = {}
        for one in self.errors:
            if one.place.part == part:
                found[one.place.spot] = found.get(one.place.spot, "") + one.text
        return found

    def count(self, part: str) -> int:
        """How many errors a part has."""
        return sum(1 for one in self.errors if one.place.part == part)


def verdict(text: str, document: Document, who: Seer) -> Verdict:
    """The release check and the proof of a text, each finding with its place."""
    judged = library.judged(text, who)
    told = [_told(one, document, judged) for one in judged.found]
    return Verdict(
        judged,
        tuple(one for one in told if one.severity == "error"),
        tuple(one for one in told if one.severity == "warning"),
    )


def title(part: str, document: Document) -> str:
    """What a part is called."""
    if found := STEP.match(part):
        steps = nodes(document)
        place = int(found[1])
        return called(steps[place]) if place < len(steps) else _("步骤")
    return PARTS().get(part, part)


def PARTS() -> dict[str, str]:  # noqa: N802  # a table, in the reader's language
    """The parts that are no steps, in order."""
    return {"basics": _("基本信息"), "fields": _("表单字段"), "conflicts": _("互斥规则")}


def _told(one: Finding, document: Document, judged: library.Judged) -> Told:
    place = place_of(one, document)
    text = _for_clerks(one, document) or sentence(
        one._replace(where=""), judged.definition, checkup.language()
    )
    return Told(place, title(place.part, document), CODE.sub(r"\1", text), one.severity)


def _for_clerks(one: Finding, document: Document) -> str:
    """What somebody who fills in forms needs to hear of a mistake, where a file says otherwise."""
    about = dict(one.about)
    if one.code in {"bad_id", "value_misfit"} and about.get("value") == "":
        return _("这里还没有选，或没有填。")
    if one.code == "edits_undeclared":
        asked = field(document, about["field"])
        step = next((node for node in nodes(document) if node.get("id") == one.where), {})
        told = _("“{step}”要填“{field}”，这一步却没有写明依据：请勾明表态只靠哪些字段。")
        return told.format(step=called(step), field=text_of(asked, "label") or about["field"])
    if one.code in {"seat_unknown", "seat_empty"}:
        value = people.names().get(about["value"], about["value"])
        gone, empty = _("席位选的“{who}”已经没有了，请另选。"), _("席位选的“{who}”现在没有人。")
        return (gone if one.code == "seat_unknown" else empty).format(who=value)
    return CLERK().get(one.code, "")


def CLERK() -> dict[str, str]:  # noqa: N802  # a table, in the reader's language
    """The same for every mistake of a kind."""
    return {
        "bad_condition": _("这个条件还没填全：要选字段、比较，并填上值。"),
        "bad_limit": _("时限要填 1 到 9999 的整数。"),
        "wrong_type": _("这里要填整数。"),
        "bad_rule": _("计票还没填对：人数填整数；几分之几的分子不大于分母，都在 99 以内。"),
        "one_kind_of_seat": _("还没有选怎么找人。"),
        "bad_pair": _("要选两个步骤。"),
        "bad_on_fail": _("还没有选不同意怎么办。"),
        "no_fail_edges": _("还没有写不同意时走到哪里。"),
    }

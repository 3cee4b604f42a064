"""What can be picked: real posts, people, units; steps and fields of the sketch. 可选的."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.utils.translation import gettext as _

from zhongshu.apps.processes.editing import seats
from zhongshu.apps.processes.editing.document import called, fields, nodes, text
from zhongshu.kernel.flow.text.document import Document
from zhongshu.office.people.bureau import Bureau

Option = tuple[str, str]  # what is kept, what people see


class Options(NamedTuple):
    """A group of options under a heading; "" for none."""

    title: str
    options: tuple[Option, ...]


class Pickers:
    """Everything that a form of this sketch offers to be picked."""

    def __init__(self, document: Document, bureau: Bureau, processes: Mapping[str, str]) -> None:
        self.document, self.bureau, self.processes = document, bureau, processes
        names = bureau.names
        self.posts = _sorted((one, names.get(one, one)) for one in bureau.directory.posts)
        self.units = _sorted((one, names.get(one, one)) for one in bureau.directory.units)

    def people(self) -> list[Options]:
        """Everybody who is there, by unit."""
        directory, names = self.bureau.directory, self.bureau.names
        by_unit: dict[str, list[Option]] = {}
        for key, person in directory.people.items():
            if not person.gone:
                by_unit.setdefault(names.get(person.unit, person.unit), []).append(
                    (key, names[key])
                )
        return [Options(unit, _sorted(many)) for unit, many in sorted(by_unit.items())]

    def of_seat(self, kind: str) -> list[Options]:
        """Who can be meant by a seat of a kind."""
        people = self.people() if kind == "person" else []
        found = {
            "post": [Options("", self.posts)],
            "unit": [Options("", self.units)],
            "pool": [Options(_("岗位"), self.posts), Options(_("部门"), self.units)],
            "person": people,
            "field": [Options("", self.fields("person", "post", "unit"))],
            "relation": [Options("", relations())],
        }
        return found.get(kind, [])

    def steps(self, *kinds: str, but: str = "") -> tuple[Option, ...]:
        """The steps, or those of some kinds, as they are called."""
        return tuple(
            (text(one, "id"), called(one))
            for one in nodes(self.document)
            if text(one, "id") != but and (not kinds or text(one, "kind") in kinds)
        )

    def fields(self, *types: str) -> tuple[Option, ...]:
        """The fields of the form, or those of some types."""
        return tuple(
            (text(one, "name"), text(one, "label") or text(one, "name"))
            for one in fields(self.document)
            if not types or (text(one, "type") or "text") in types
        )

    def ranges(self) -> list[Options]:
        """Ranges of people."""
        general = (("any", _("任何人")), ("unit", _("本部门")))
        posts = tuple((f"post:{key}", name) for key, name in self.posts)
        units = tuple((f"unit:{key}", name) for key, name in self.units)
        return [Options("", general), Options(_("岗位"), posts), Options(_("部门"), units)]

    def duties(self) -> tuple[Option, ...]:
        """What may be kept apart."""
        return tuple(seats.duties(self.document).items())


def relations() -> tuple[Option, ...]:
    """How somebody may stand to the initiator."""
    return (
        ("unit_head", _("申请人的部门负责人")),
        ("unit_leader", _("申请人的分管领导")),
        ("upper_head", _("申请人的上级部门负责人")),
        ("initiator", _("申请人自己")),
    )


def _sorted(options: Iterable[Option]) -> tuple[Option, ...]:
    return tuple(sorted(options, key=lambda one: one[1]))

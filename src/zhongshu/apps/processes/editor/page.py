"""The page of a sketch: outline, the chosen part, the verdict beside it. 编辑页."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from zhongshu.apps.processes import queries
from zhongshu.apps.processes.editing import edges, steps
from zhongshu.apps.processes.editing.document import called, fields, nodes, tables, text
from zhongshu.apps.processes.editing.salvage import salvaged
from zhongshu.apps.processes.editing.settings import NODE
from zhongshu.apps.processes.editing.verbs import place_of
from zhongshu.apps.processes.models import Sketch
from zhongshu.apps.processes.seeing import Seer
from zhongshu.kernel.flow.drawing.draw import describe, is_drawable
from zhongshu.kernel.flow.text.document import Document, comments, load
from zhongshu.office.people import queries as people

from . import boxes, judging
from .controls import Control, Maker
from .pickers import Pickers
from .waybox import GroupBox, LineBox, Ways

NEW_KINDS = ("decide", "task", "acknowledge", "instruct", "split", "inclusive", "case", "end")


class Item(NamedTuple):
    """One line of the outline."""

    part: str
    name: str
    kind: str
    errors: int
    here: bool


class Drawing(NamedTuple):
    """What can be drawn of the sketch; `partly`: something unfinished is left out."""

    told: str
    partly: bool


class Editor:
    """One look at a sketch."""

    def __init__(
        self, sketch: Sketch, part: str, who: Seer, typed: Mapping[str, str] | None = None
    ) -> None:
        self.sketch, self.part, self.who, self.typed = sketch, part, who, typed or {}
        self.focus = ""
        self.document: Document = load(sketch.text) or {}
        self.readable = load(sketch.text) is not None
        self.place = place_of(part, self.document)

    @cached_property
    def verdict(self) -> judging.Verdict:
        """What is said beside the form."""
        return judging.verdict(self.sketch.text, self.document, self.who)

    @cached_property
    def comments(self) -> int:
        """Comments that the next change by a form would take out of the text."""
        return comments(self.sketch.text) if self.readable else 0

    @property
    def title(self) -> str:
        """What the part is called."""
        return judging.title(self.part, self.document)

    @cached_property
    def outline(self) -> list[Item]:
        """The parts that are no steps."""
        return [self._item(part, name, "") for part, name in judging.PARTS().items()]

    @cached_property
    def steps(self) -> list[Item]:
        """The steps, in the order of the list."""
        kinds = self.kinds
        return [
            self._item(f"step-{place}", called(node), kinds.get(text(node, "kind"), ""))
            for place, node in enumerate(nodes(self.document))
        ]

    @cached_property
    def kinds(self) -> dict[str, str]:
        """What kinds of steps are called."""
        kind = next(one for group in NODE for one in group.settings if one.key == "kind")
        return {key: str(word) for key, word in kind.options}

    @property
    def new_kinds(self) -> list[tuple[str, str]]:
        """The kinds of step that can be added."""
        return [(key, self.kinds[key]) for key in NEW_KINDS]

    @cached_property
    def maker(self) -> Maker:
        """What makes the boxes."""
        pickers = Pickers(self.document, people.bureau(), queries.codes())
        faults = dict(self.verdict.faults(self.part))
        for name in self.typed:
            faults[name.replace("fields-", "fields[").replace("-name", "].name")] = _(
                "这个代号已经有了或另有所指，没有改。"
            )
        return Maker(pickers, faults, self.typed)

    @cached_property
    def sections(self) -> list[boxes.Section]:
        """The form of the basics or of a step."""
        if self.part == "basics":
            return boxes.basics(self.maker)
        if self.place is None:
            return []
        return boxes.step(self.maker, nodes(self.document)[self.place])

    @cached_property
    def rows(self) -> list[boxes.Row]:
        """The fields of the form, or the pairs kept apart."""
        if self.part == "fields":
            return boxes.form_rows(self.maker)
        return boxes.pair_rows(self.maker) if self.part == "conflicts" else []

    @property
    def splits(self) -> bool:
        """Whether a step added here is one more branch."""
        return self._kind in steps.SPLITS

    @property
    def ends(self) -> bool:
        """Whether nothing follows the step."""
        return self._kind == "end"

    @property
    def starts(self) -> bool:
        """Whether every case begins at the step, so that it is not deleted by a slip."""
        return self._kind == "draft"

    @property
    def _kind(self) -> str:
        return text(nodes(self.document)[self.place], "kind") if self.place is not None else ""

    @cached_property
    def drawing(self) -> Drawing | None:
        """What the picture shows, if there is one."""
        whole = self.verdict.judged.definition
        found = whole or (salvaged(self.document) if self.readable else None)
        if found is None or not is_drawable(found):
            return None
        return Drawing(describe(found), whole is None)

    def said(self) -> Iterator[tuple[str, str]]:
        """Every box of the form with what is wrong with it, for those already on the page."""
        for section in self.sections:
            yield f"part-{section.key}", section.fault
            yield from _controls(section.controls)
            for seat in section.seats.rows if section.seats else ():
                yield seat.name, seat.fault
                yield from _controls((seat.kind, *([seat.ref] if seat.ref else []), *seat.more))
            if section.ways:
                yield from _ways(section.ways)
        for row in self.rows:
            yield row.name, row.fault
            yield from _controls((*row.controls, *row.more))

    def focus_on(self, do: str) -> None:
        """Where the keyboard goes after a button: to what was added, or to where it could be."""
        verb, _space, about = do.partition(" ")
        node = nodes(self.document)[self.place] if self.place is not None else {}
        if verb == "add_seat":
            self.focus = f"id_seats-{len(tables(node, 'seats')) - 1}-kind"
        elif verb == "add_way":
            found = edges.listed(node, about)
            added = [at for at, one in enumerate(found) if not one.get("to")]
            self.focus = f"id_{about}-{(added or [len(found) - 1])[-1]}-to"
        elif verb in {"add_row", "add_group"}:
            self.focus = f"do_{about}"
        elif verb == "unask":
            self.focus = f"do_{'-'.join(about.split('-')[:3])}"
        elif verb == "add_field":
            self.focus = f"id_fields-{len(fields(self.document)) - 1}-label"
        elif verb in {"row_delete", "row_up"}:
            self.focus = f"do_{about.rpartition('-')[0]}"

    def _item(self, part: str, name: str, kind: str) -> Item:
        return Item(part, name, kind, self.verdict.count(part), part == self.part)


def _controls(controls: tuple[Control, ...]) -> Iterator[tuple[str, str]]:
    return ((one.name, one.fault) for one in controls)


def _ways(ways: Ways) -> Iterator[tuple[str, str]]:
    for way in ways.rows:
        yield way.name, way.fault
        yield way.to.name, way.to.fault
        if way.when is not None:
            yield from _group(way.when)


def _group(group: GroupBox) -> Iterator[tuple[str, str]]:
    yield group.name, group.fault
    for part in group.parts:
        if isinstance(part, LineBox):
            yield part.name, part.fault
        else:
            yield from _group(part)

"""The shape of what is typed about supervised tasks; the rules are the kernel's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhongshu.kernel.supervision.rules import RHYTHMS
from zhongshu.office.matters.models import Matter
from zhongshu.office.people import queries as people

from .founding import Establishing, Point
from .models import Task

POINTS = 4  # milestones on one form
PARTS = 6  # parts a task is split into on one form


class Day(forms.DateInput):
    """A calendar to choose a day from."""

    input_type = "date"


def units() -> list[tuple[str, str]]:
    """The sections, in their order."""
    bureau = people.bureau()
    return [("", "—"), *((code, bureau.names[code]) for code in bureau.directory.units)]


def leaders() -> list[tuple[str, str]]:
    """Who may have instructed it: the leaders of the house."""
    bureau = people.bureau()
    found = {unit.leader for unit in bureau.directory.units.values() if unit.leader}
    found |= set(bureau.directory.posts.get("director", ()))
    return [("", "—"), *sorted(((one, bureau.names[one]) for one in found), key=lambda o: o[1])]


def _spoken(form: forms.Form, row: int, *names: str) -> None:
    """Controls of a table say by themselves what they are, and in which row."""
    for name in names:
        form.fields[name].widget.attrs["aria-label"] = f"{form.fields[name].label} {row}"


class TaskForm(forms.Form):
    """立项单."""

    once = forms.CharField(widget=forms.HiddenInput, max_length=64)
    title = forms.CharField(label=_("事项"), max_length=300)
    source = forms.ChoiceField(label=_("来源"), choices=Task.Source.choices)
    source_ref = forms.CharField(label=_("文号、会议或出处"), max_length=200, required=False)
    source_words = forms.CharField(
        label=_("来源原文"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("照抄批示、决定或文件的原话"),
    )
    requirement = forms.CharField(
        label=_("任务要求"),
        max_length=1000,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("写成能核查的：成果形式、数量、标准"),
    )
    lead = forms.ChoiceField(label=_("牵头部门"), help_text=_("只有一个"))
    assists = forms.MultipleChoiceField(
        label=_("配合部门"), required=False, widget=forms.CheckboxSelectMultiple
    )
    leader = forms.ChoiceField(
        label=_("批示领导"), required=False, help_text=_("填了的，办结后把结果报他阅")
    )
    rhythm = forms.ChoiceField(
        label=_("类别"), choices=[(one.code, one.zh) for one in RHYTHMS], initial="plain"
    )
    due_on = forms.DateField(label=_("办结时限"), widget=Day())
    urgency = forms.ChoiceField(
        label=_("紧急程度"), choices=Matter.Urgency.choices[1:], initial="normal"
    )
    grade = forms.TypedChoiceField(
        label=_("信息类别"), choices=Matter.Grade.choices, coerce=int, initial=1
    )

    def __init__(self, data: Mapping[str, Any] | None = None, **more: Any) -> None:
        super().__init__(data, **more)
        chosen: dict[str, Any] = {"lead": units(), "assists": units()[1:], "leader": leaders()}
        for name, choices in chosen.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        for n in range(1, POINTS + 1):
            self.fields |= {
                f"point{n}": forms.CharField(label=_("节点"), max_length=120, required=False),
                f"point{n}_on": forms.DateField(label=_("时间"), required=False, widget=Day()),
                f"point{n}_percent": forms.IntegerField(
                    label=_("应到 %"), required=False, min_value=0, max_value=100
                ),
            }
            _spoken(self, n, f"point{n}", f"point{n}_on", f"point{n}_percent")

    @property
    def main(self) -> list[forms.BoundField]:
        """The fields above the milestones."""
        return [one for one in self.visible_fields() if not one.name.startswith("point")]

    @property
    def points(self) -> list[list[forms.BoundField]]:
        """The milestones, three fields each."""
        return [
            [self[f"point{n}"], self[f"point{n}_on"], self[f"point{n}_percent"]]
            for n in range(1, POINTS + 1)
        ]

    def clean(self) -> None:
        """A milestone has all of its three parts or none."""
        for n in range(1, POINTS + 1):
            three = [self.cleaned_data.get(f"point{n}{end}") for end in ("", "_on", "_percent")]
            if any(one not in (None, "") for one in three) and None in three:
                self.add_error(f"point{n}", _("节点要有名称、时间和应到进度"))

    def establishing(self, born_of: Matter | None = None, origin: str = "") -> Establishing:
        """What the task begins with."""
        got = self.cleaned_data
        points = [
            Point(got[f"point{n}"], got[f"point{n}_on"], got[f"point{n}_percent"])
            for n in range(1, POINTS + 1)
            if got.get(f"point{n}")
        ]
        plain = {
            name: got[name]
            for name in (
                *("title", "source", "source_ref", "source_words", "requirement", "lead"),
                *("leader", "rhythm", "due_on", "urgency", "grade", "once"),
            )
        }
        return Establishing(
            **plain,
            assists=tuple(got["assists"]),
            points=tuple(points),
            born_of=born_of,
            origin=origin,
        )


class SplitForm(forms.Form):
    """Parts of a task, each with its own lead."""

    def __init__(self, data: Mapping[str, Any] | None = None, **more: Any) -> None:
        super().__init__(data, **more)
        for n in range(1, PARTS + 1):
            self.fields |= {
                f"title{n}": forms.CharField(label=_("要交付什么"), max_length=300, required=False),
                f"lead{n}": forms.ChoiceField(label=_("牵头部门"), choices=units(), required=False),
                f"due{n}": forms.DateField(label=_("时限"), required=False, widget=Day()),
            }
            _spoken(self, n, f"title{n}", f"lead{n}", f"due{n}")

    @property
    def parts(self) -> list[list[forms.BoundField]]:
        """The fields of each part."""
        return [
            [self[f"{name}{n}"] for name in ("title", "lead", "due")] for n in range(1, PARTS + 1)
        ]

    def clean(self) -> None:
        """A part has its lead and its time."""
        for n in range(1, PARTS + 1):
            three = [self.cleaned_data.get(f"{name}{n}") for name in ("title", "lead", "due")]
            if any(three) and not all(three):
                self.add_error(f"title{n}", _("每一项要有交付内容、一个牵头部门和时限"))

    def establishing(self, whole: Task) -> list[Establishing]:
        """What each part begins with: where it came from is where the whole did."""
        got = self.cleaned_data
        return [
            Establishing(
                title=got[f"title{n}"],
                source=whole.source,
                rhythm=whole.rhythm,
                requirement=got[f"title{n}"],
                lead=got[f"lead{n}"],
                due_on=got[f"due{n}"],
                source_ref=whole.source_ref,
                source_words=whole.source_words,
                leader=whole.leader.key if whole.leader else "",
            )
            for n in range(1, PARTS + 1)
            if got.get(f"title{n}")
        ]

"""What is typed about a task that exists: reports, applications, words, rules, recurring ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from zhongshu.kernel.supervision.results import MARKS
from zhongshu.kernel.supervision.rules import PARTS, RHYTHMS, Rules
from zhongshu.office.handling.forms import Papers

from .actions import Recurring, Reporting
from .forms import Day, units
from .models import Application, Recurrence, Task


class ReportForm(forms.Form):
    """进展报告."""

    progress = forms.IntegerField(label=_("进度 %"), min_value=0, max_value=100)
    text = forms.CharField(
        label=_("进展"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("一事一报，写事实和数"),
    )
    why_less = forms.CharField(label=_("进度比上次少的原因"), max_length=300, required=False)
    help_wanted = forms.CharField(label=_("需要协调的事"), max_length=300, required=False)
    evidence = Papers(many=True, label=_("佐证材料"), required=False)
    met = forms.MultipleChoiceField(
        label=_("已到节点"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, task: Task, data: Mapping[str, Any] | None = None, files: Any = None
    ) -> None:
        super().__init__(data, files, initial={"progress": task.progress})
        waiting = [
            (one.pk, f"{one.due_on:%m-%d} {one.name}")
            for one in task.milestones.all()
            if not one.met_at
        ]
        self.fields["met"].choices = waiting  # type: ignore[attr-defined]
        if not waiting:
            del self.fields["met"]

    def said(self, files: tuple[str, ...]) -> Reporting:
        """The report, with the keys of the files that came with it."""
        got = self.cleaned_data
        return Reporting(
            progress=got["progress"],
            text=got["text"],
            why_less=got["why_less"],
            help_wanted=got["help_wanted"],
            files=files,
            met=tuple(map(int, got.get("met", ()))),
        )


class ApplyForm(forms.Form):
    """延期、暂缓、撤项、并项申请."""

    what = forms.ChoiceField(
        label=_("申请"), choices=Application.What.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(label=_("理由"), max_length=500, widget=forms.Textarea({"rows": 3}))
    until = forms.DateField(
        label=_("延至"), required=False, widget=Day(), help_text=_("申请延期的填")
    )
    into = forms.CharField(
        label=_("并入事项的编号"), max_length=60, required=False, help_text=_("申请并项的填")
    )


class WordsForm(forms.Form):
    """Words alone: of a consent, a chase, an answer."""

    words = forms.CharField(
        label=_("意见"), max_length=300, required=False, widget=forms.Textarea({"rows": 3})
    )


class MarksForm(forms.Form):
    """配合评价: a mark and a note for each section that assisted."""

    def __init__(self, task: Task, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.assists = list(task.assists.all())
        given = {one.unit_id: one for one in task.marks.all()}
        for unit in self.assists:
            old = given.get(unit.pk)
            self.fields |= {
                f"mark_{unit.code}": forms.ChoiceField(
                    label=f"{unit.name}",
                    required=False,
                    choices=[("", "—"), *((one, one) for one in MARKS)],
                    initial=old.mark if old else "",
                ),
                f"note_{unit.code}": forms.CharField(
                    label=_("{unit}：说明").format(unit=unit.name),
                    max_length=300,
                    required=False,
                    initial=old.note if old else "",
                ),
            }

    def clean(self) -> None:
        """At least one section is marked."""
        if not self.said():
            raise forms.ValidationError(_("请至少评价一个部门"))

    def said(self) -> dict[str, tuple[str, str]]:
        """The marks that were given or changed, by the code of the section."""
        got = self.cleaned_data
        return {
            unit.code: (got[f"mark_{unit.code}"], got.get(f"note_{unit.code}", ""))
            for unit in self.assists
            if got.get(f"mark_{unit.code}")
            and {f"mark_{unit.code}", f"note_{unit.code}"} & set(self.changed_data)
        }


class RecurringForm(forms.Form):
    """常态化事项."""

    title = forms.CharField(label=_("事项"), max_length=200)
    requirement = forms.CharField(
        label=_("任务要求"), max_length=1000, widget=forms.Textarea({"rows": 2})
    )
    lead = forms.ChoiceField(label=_("牵头部门"))
    every = forms.ChoiceField(label=_("多久一次"), choices=Recurrence.Every.choices)
    days = forms.IntegerField(label=_("办理几个工作日"), min_value=1, max_value=250, initial=5)
    next_on = forms.DateField(label=_("下次立项"), widget=Day())
    rhythm = forms.ChoiceField(
        label=_("类别"), choices=[(one.code, one.zh) for one in RHYTHMS], initial="plain"
    )
    source_ref = forms.CharField(label=_("依据"), max_length=200, required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["lead"].choices = units()  # type: ignore[attr-defined]

    def recurring(self) -> Recurring:
        """What comes again."""
        return Recurring(**self.cleaned_data)


class RulesForm(forms.Form):
    """Another edition of the numbers."""

    since = forms.DateField(label=_("自何日起"), widget=Day())
    source = forms.CharField(label=_("依据"), max_length=200)
    named: ClassVar = {"limit": _("时限"), "first": _("首报"), "every": _("以后每")}

    def __init__(self, edition: Rules, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.edition = edition
        for figure in edition.figures:
            self.fields[f"f_{figure.code}"] = forms.IntegerField(
                label=figure.zh, initial=figure.value, min_value=0, max_value=figure.most
            )
        for rhythm in edition.rhythms:
            for part, value in zip(PARTS, rhythm.days, strict=True):
                name = f"f_{rhythm.code}.{part}"
                self.fields[name] = forms.IntegerField(
                    label=f"{rhythm.zh} {self.named[part]}",
                    initial=value,
                    min_value=1,
                    max_value=1000,
                )

    def changes(self) -> dict[str, int]:
        """The numbers that differ from those in force."""
        return {
            name.removeprefix("f_"): self.cleaned_data[name]
            for name, field in self.fields.items()
            if name.startswith("f_") and self.cleaned_data[name] != field.initial
        }

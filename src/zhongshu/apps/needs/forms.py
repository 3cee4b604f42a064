"""The shape of what is typed about needs and shortages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhongshu.kernel.supervision.ledgers import OUTCOMES
from zhongshu.office.handling.forms import Papers
from zhongshu.office.people import queries as people

from .actions import Asking, Coming, Lacking, Trying
from .models import SORTS, Need, Way


class Day(forms.DateInput):
    """A calendar to choose a day from."""

    input_type = "date"


def units() -> list[tuple[str, str]]:
    """The sections, in their order."""
    bureau = people.bureau()
    return [("", "—"), *((code, bureau.names[code]) for code in bureau.directory.units)]


class _OfUnits(forms.Form):
    """A form that names sections."""

    named: tuple[str, ...] = ()

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name in self.named:
            self.fields[name].choices = units()  # type: ignore[attr-defined]


class NeedForm(_OfUnits):
    """登记需求."""

    named = ("unit", "lead")
    unit = forms.ChoiceField(label=_("谁提的"))
    channel = forms.ChoiceField(label=_("怎么来的"), choices=Need.Channel.choices)
    what = forms.CharField(label=_("要什么"), max_length=200)
    sort = forms.ChoiceField(label=_("种类"), choices=SORTS)
    text = forms.CharField(
        label=_("情况"), max_length=1000, required=False, widget=forms.Textarea({"rows": 3})
    )
    impact = forms.IntegerField(label=_("影响多少人"), required=False, min_value=0)
    needed_on = forms.DateField(label=_("何时要"), required=False, widget=Day())
    lead = forms.ChoiceField(label=_("谁来办"))
    urgent = forms.BooleanField(label=_("急，两小时内答复"), required=False)

    def asking(self) -> Asking:
        """The need."""
        return Asking(**self.cleaned_data)


class AnswerForm(forms.Form):
    """答复需求."""

    outcome = forms.ChoiceField(
        label=_("结果"),
        required=False,
        choices=[("", _("办理中")), *((one, words.zh) for one, words in OUTCOMES.items())],
    )
    text = forms.CharField(label=_("答复"), max_length=1000, widget=forms.Textarea({"rows": 3}))
    planned_on = forms.DateField(label=_("计划时间"), required=False, widget=Day())
    evidence = Papers(many=True, label=_("佐证材料"), required=False)


class ShortageForm(_OfUnits):
    """登记缺口."""

    named = ("owner",)
    what = forms.CharField(label=_("缺什么"), max_length=200)
    sort = forms.ChoiceField(label=_("种类"), choices=SORTS)
    measure = forms.CharField(label=_("单位"), max_length=12, help_text=_("台、人、万元"))
    required = forms.DecimalField(label=_("需要"), min_value=0, max_digits=14, decimal_places=2)
    on_hand = forms.DecimalField(
        label=_("现有"), min_value=0, max_digits=14, decimal_places=2, initial=0
    )
    why = forms.CharField(
        label=_("为什么要"), max_length=500, required=False, widget=forms.Textarea({"rows": 2})
    )
    owner = forms.ChoiceField(label=_("谁去争取"))
    needs = forms.MultipleChoiceField(
        label=_("来自哪些需求"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, open_needs: list[tuple[str, str]], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["needs"].choices = open_needs  # type: ignore[attr-defined]
        if not open_needs:
            del self.fields["needs"]

    def lacking(self) -> Lacking:
        """The shortage."""
        got = dict(self.cleaned_data)
        return Lacking(**{**got, "needs": tuple(got.get("needs", ()))})


class WayForm(forms.Form):
    """申报."""

    sort = forms.ChoiceField(label=_("门路"), choices=Way.Sort.choices)
    asked_of = forms.CharField(label=_("向谁"), max_length=80)
    paper = forms.CharField(label=_("凭哪份文"), max_length=80)
    asked_on = forms.DateField(label=_("何时报"), widget=Day())
    expected_on = forms.DateField(label=_("预计到位"), required=False, widget=Day())
    evidence = Papers(many=True, label=_("佐证材料"), required=False)

    def trying(self) -> Trying:
        """The way."""
        return Trying(**_words(self))


class GrantForm(forms.Form):
    """批复与到位."""

    granted = forms.DecimalField(
        label=_("累计批了多少"), min_value=0, max_digits=14, decimal_places=2
    )
    granted_paper = forms.CharField(
        label=_("批复文号"), max_length=80, required=False, help_text=_("口头答应的不写，不计入")
    )
    arrived = forms.DecimalField(
        label=_("累计到了多少"), min_value=0, max_digits=14, decimal_places=2
    )
    on = forms.DateField(label=_("日期"), widget=Day())
    expected_on = forms.DateField(label=_("预计到齐"), required=False, widget=Day())
    closed = forms.BooleanField(label=_("这条门路走不通了"), required=False)
    evidence = Papers(many=True, label=_("佐证材料"), required=False)

    def coming(self) -> Coming:
        """How far it has come."""
        return Coming(**_words(self))


def _words(form: forms.Form) -> dict[str, Any]:
    """What was typed, without the papers that came with it."""
    return {name: value for name, value in form.cleaned_data.items() if name != "evidence"}

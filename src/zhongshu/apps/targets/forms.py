"""The shape of what is typed about targets."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhongshu.office.handling.forms import Papers

from .actions import Reached
from .models import Node


class TableForm(forms.Form):
    """目标任务书: a spreadsheet, for a year, on some basis."""

    year = forms.IntegerField(label=_("年度"), min_value=2024, max_value=2100)
    basis = forms.CharField(
        label=_("依据"), max_length=200, help_text=_("哪次会议议定，或哪份文件")
    )
    table = forms.FileField(
        label=_("表格"), required=False, help_text=_("xlsx，或 UTF-8、GB18030 的 csv")
    )
    rows = forms.CharField(required=False, widget=forms.HiddenInput, max_length=2_000_000)

    def clean(self) -> None:
        """A table is sent, or the one that was looked at comes back."""
        if not self.cleaned_data.get("table") and not self.cleaned_data.get("rows"):
            self.add_error("table", _("请选一个表格文件"))


class ResultForm(forms.Form):
    """季度结果."""

    quarter = forms.TypedChoiceField(
        label=_("季度"),
        coerce=int,
        choices=[(1, _("一季度")), (2, _("二季度")), (3, _("三季度")), (4, _("四季度"))],
    )
    value = forms.DecimalField(label=_("累计实绩"), min_value=0, max_digits=18, decimal_places=4)
    text = forms.CharField(
        label=_("说明"), max_length=500, required=False, widget=forms.Textarea({"rows": 2})
    )
    evidence = Papers(many=True, label=_("佐证材料"), required=False)

    def __init__(self, node: Node, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if node.unit:
            self.fields["value"].label = _("累计实绩（{unit}）").format(unit=node.unit)

    def said(self, files: tuple[str, ...]) -> Reached:
        """The result, with the keys of the files that came with it."""
        got = self.cleaned_data
        return Reached(quarter=got["quarter"], value=got["value"], text=got["text"], files=files)


class PointsForm(forms.Form):
    """Points by hand, or added and taken away."""

    points = forms.DecimalField(label=_("分"), max_digits=7, decimal_places=2)
    reason = forms.CharField(label=_("理由"), max_length=300)

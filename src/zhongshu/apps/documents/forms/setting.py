"""The shape of what is set up: codes of the archive, ready phrases. 设置."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhongshu.apps.documents.actions.filing import Codes
from zhongshu.apps.documents.archiving import PERIODS
from zhongshu.apps.documents.models import ArchiveScheme, Incoming
from zhongshu.apps.documents.queries.statistics import names
from zhongshu.office.handling.forms import Day
from zhongshu.office.people.models import Unit

CODE = r"^[0-9A-Za-z]{1,12}$"
REGISTERS = {name: code for code, name in Incoming.Register.choices}
PURPOSES = {name: code for code, name in Incoming.Purpose.choices}
ANY = "任何"


class SchemeForm(forms.Form):
    """The codes that archive numbers are made of, and the periods that are proposed."""

    since = forms.DateField(label=_("自哪天起"), widget=Day())
    fonds = forms.RegexField(label=_("全宗号"), regex=CODE, help_text=_("由同级档案馆给定"))
    category = forms.RegexField(label=_("门类代码"), regex=CODE, initial="WS")
    approval = forms.CharField(
        label=_("保管期限表批准文号"),
        required=False,
        max_length=80,
        help_text=_("归档范围和保管期限表须经同级档案主管部门审查同意；未批准的留空，页上会注明"),
    )
    units = forms.CharField(
        label=_("机构代码"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("每行一个：部门名称 空格 代码，如：办公室 BGS"),
    )
    periods = forms.CharField(
        label=_("保管期限建议"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("每行一条，先写的先用：登记簿 办理类别 期限 依据；可写“任何”"),
    )

    @classmethod
    def of(
        cls, scheme: ArchiveScheme | None, today: date, data: Mapping[str, Any] | None
    ) -> SchemeForm:
        """The form, beginning with the codes in force."""
        if scheme is None:
            return cls(data, initial={"since": today})
        named = dict(Unit.objects.values_list("code", "name"))
        registers = {code: name for name, code in REGISTERS.items()} | {"": ANY}
        purposes = {code: name for name, code in PURPOSES.items()} | {"": ANY}
        return cls(
            data,
            initial={
                "since": today,
                "fonds": scheme.fonds,
                "category": scheme.category,
                "approval": scheme.approval,
                "units": "\n".join(f"{named.get(k, k)} {v}" for k, v in scheme.units.items()),
                "periods": "\n".join(
                    " ".join(
                        (
                            registers[one["register"]],
                            purposes[one["purpose"]],
                            one["period"],
                            one["why"],
                        )
                    ).rstrip()
                    for one in scheme.periods
                ),
            },
        )

    def clean_units(self) -> dict[str, str]:
        """Codes by code of unit; each unit and each code once."""
        known = dict(Unit.objects.values_list("name", "code"))
        found: dict[str, str] = {}
        for number, line in _lines(self.cleaned_data["units"]):
            name, _space, code = line.rpartition(" ")
            if name.strip() not in known:
                raise forms.ValidationError(_("第 %(n)s 行：没有这个部门"), params={"n": number})
            if not code.isascii() or not code.isalnum() or code in found.values():
                raise forms.ValidationError(
                    _("第 %(n)s 行：代码用字母数字，不能重复"), params={"n": number}
                )
            found[known[name.strip()]] = code
        return found

    def clean_periods(self) -> list[dict[str, str]]:
        """Rows of register, purpose, period and reason."""
        rows = []
        for number, line in _lines(self.cleaned_data["periods"]):
            register, purpose, period, why = [*line.split(maxsplit=3), "", "", "", ""][:4]
            sound = register in {*REGISTERS, ANY} and purpose in {*PURPOSES, ANY}
            if not sound or period not in PERIODS:
                raise forms.ValidationError(
                    _("第 %(n)s 行读不懂：登记簿 办理类别 期限 依据"), params={"n": number}
                )
            rows.append(
                {
                    "register": REGISTERS.get(register, ""),
                    "purpose": PURPOSES.get(purpose, ""),
                    "period": period,
                    "why": why,
                }
            )
        return rows

    def codes(self) -> Codes:
        """What was typed."""
        return Codes(**{name: self.cleaned_data[name] for name in Codes._fields})


class PhraseForm(forms.Form):
    """A new ready phrase."""

    text = forms.CharField(label=_("常用语"), max_length=60)
    node = forms.ChoiceField(label=_("用在哪个环节"), required=False)
    of_office = forms.BooleanField(label=_("全办公室共用"), required=False)

    def __init__(self, head: bool, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.steps = names()
        node = self.fields["node"]
        if isinstance(node, forms.ChoiceField):
            node.choices = [("", _("所有环节")), *self.steps.items()]
        if not head:
            del self.fields["of_office"]


def _lines(text: str) -> list[tuple[int, str]]:
    """The lines that say something, with their numbers."""
    return [(n, one.strip()) for n, one in enumerate(text.splitlines(), 1) if one.strip()]

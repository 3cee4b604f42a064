"""拟办: who leads, who assists, by when, who is asked, who reads; or all in one press. 拟办.

Advice must be concrete (handbook 1.6): who leads, who assists, by when, who reads. Where nobody
writes a sentence, one is made of what was chosen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from zhongshu.kernel.flow.condition import Value
from zhongshu.office.handling.forms import PREFIX, Day
from zhongshu.office.matters.asking import Said
from zhongshu.office.people.bureau import Bureau

from .acting import StepForm

READ, ACT = "阅知", "批办"
SEVERAL = forms.CheckboxSelectMultiple


class ProposeForm(StepForm):
    """The proposed handling of a document."""

    def suit(self) -> None:
        """The fields in the order in which one thinks of them, with what can be proposed."""
        incoming, bureau = self.paper.incoming, self.bureau
        sections = list(_sections(bureau))
        leaders, heads = list(_leaders(bureau)), list(_heads(bureau))
        chosen = {
            "handling": forms.ChoiceField(
                label=_("办理类别"),
                choices=[(ACT, _("批办")), (READ, _("阅知"))],
                widget=forms.RadioSelect,
            ),
            "lead_unit": forms.ChoiceField(
                label=_("主办"),
                choices=[("", "—"), *sections],
                required=False,
                help_text=_("只有一个主办；不选就由办公室自办"),
            ),
            "assist_units": forms.MultipleChoiceField(
                label=_("协办"), choices=sections, required=False, widget=SEVERAL
            ),
            "handle_by": forms.DateField(
                label=_("办理期限"),
                required=False,
                widget=Day(),
                help_text=_("来文写明时限的，以来文为准"),
            ),
            "needs_reply": forms.BooleanField(label=_("须答复来文单位"), required=False),
            "cosign_units": forms.MultipleChoiceField(
                label=_("先请会签"), choices=sections, required=False, widget=SEVERAL
            ),
            "instructors": forms.MultipleChoiceField(
                label=_("同时请批示"),
                choices=_but(leaders, _director(bureau)),
                required=False,
                widget=SEVERAL,
                help_text=_("主要领导之外的；不选就只呈主要领导"),
            ),
            "readers": forms.MultipleChoiceField(
                label=_("送阅"), choices=[*leaders, *heads], required=False, widget=SEVERAL
            ),
            "more_readers": forms.CharField(
                label=_("另送"),
                required=False,
                max_length=200,
                help_text=_("上面没有的人，写姓名，用顿号隔开"),
            ),
            "reading_order": forms.ChoiceField(
                label=_("传阅方式"),
                choices=[("同时", _("同时送")), ("依次", _("按职级依次送"))],
                widget=forms.RadioSelect,
                initial="同时",
            ),
        }
        for name in [one for one in self.fields if one.startswith(PREFIX)]:
            del self.fields[name]
        self.fields |= {PREFIX + name: field for name, field in chosen.items()}
        self.fields["opinion"].label = _("拟办意见")
        information = incoming.purpose == incoming.Purpose.INFORMATION
        proposed: dict[str, object] = {
            "handling": READ if information else ACT,
            "handle_by": incoming.wanted_by,
            "reading_order": "同时",
            "readers": list(self.paper.readers) if information else [],
            "lead_unit": incoming.suggested_lead.code if incoming.suggested_lead else "",
        }
        for name, value in proposed.items():
            self.initial.setdefault(PREFIX + name, value)

    def clean(self) -> dict[str, object]:
        """What is chosen has to make sense as a whole; every fault at its field."""
        got = super().clean() or {}
        lead, assist = got.get(PREFIX + "lead_unit"), got.get(PREFIX + "assist_units") or []
        if lead and lead in assist:
            self.add_error(PREFIX + "assist_units", _("主办部门不必再列为协办"))
        if assist and not lead:
            self.add_error(PREFIX + "lead_unit", _("两个以上部门办理的，要有一个主办"))
        readers = self._readers(got)
        if got.get(PREFIX + "handling") == READ and not readers:
            self.add_error(PREFIX + "readers", _("阅知件要写明送谁阅"))
        got[PREFIX + "readers"] = readers
        return got

    def _readers(self, got: dict[str, object]) -> list[str]:
        """Those ticked and those named, highest first, each once."""
        known = {self.bureau.names.get(key): key for key in self.bureau.pks}
        more = str(got.get(PREFIX + "more_readers") or "")
        named = [one.strip() for one in more.replace("，", "、").split("、") if one.strip()]
        unknown = [one for one in named if one not in known]
        if unknown:
            told = _("查无此人：{names}").format(names="、".join(unknown))
            self.add_error(PREFIX + "more_readers", told)
        ticked = got.get(PREFIX + "readers") or []
        keys = [
            *(ticked if isinstance(ticked, list) else []),
            *(known[n] for n in named if n in known),
        ]
        return sorted(dict.fromkeys(keys), key=lambda key: -_rank(self.bureau, key))

    def said(self, papers: Mapping[str, Value] | None = None) -> Said:
        """The advice is what was written, or a sentence made of what was chosen."""
        told = super().said(papers)
        changes = dict(told.changes)
        if "readers" not in changes:
            changes.pop("reading_order", None)
        words = told.opinion or advice(changes, self.bureau)
        return replace(told, opinion=words, changes={**changes, "advice": words})


def circulated(readers: Sequence[str], bureau: Bureau) -> dict[str, Value]:
    """What one press on a paper for information fills in: read by these, at once."""
    filled: dict[str, Value] = {
        "handling": READ,
        "readers": tuple(readers),
        "reading_order": "同时",
    }
    return {**filled, "advice": advice(filled, bureau)}


def advice(filled: dict[str, Value], bureau: Bureau) -> str:
    """A plain sentence of what was chosen: 建议由供水科牵头，排水科配合，11月27日前办结。"""
    said = []
    lead = _said(filled.get("lead_unit"), bureau)
    if lead:
        assist = _said(filled.get("assist_units"), bureau)
        by = filled.get("handle_by")
        day = date.fromisoformat(str(by)) if by else None
        parts = [f"建议由{lead}牵头", assist and f"{assist}配合"]
        parts.append(f"{day.month}月{day.day}日前办结" if day else "")
        said.append("，".join(part for part in parts if part))
    cosign, others = (
        _said(filled.get("cosign_units"), bureau),
        _said(filled.get("instructors"), bureau),
    )
    readers = _said(filled.get("readers"), bureau)
    if cosign:
        said.append(f"请{cosign}会签")
    if others:
        said.append(f"呈主要领导阅示，并请{others}批示")
    elif filled.get("handling") != READ:
        said.append("呈主要领导阅示")
    if readers:
        said.append(f"送{readers}{'阅知' if filled.get('handling') == READ else '阅'}")
    if filled.get("needs_reply"):
        said.append("办结后答复来文单位")
    return "。".join(said) + "。"


def _said(value: Value | None, bureau: Bureau) -> str:
    many: Iterable[str] = value if isinstance(value, tuple) else (str(value),) if value else ()
    return "、".join(bureau.names.get(one, one) for one in many)


def _sections(bureau: Bureau) -> Iterator[tuple[str, str]]:
    for code, unit in bureau.directory.units.items():
        if unit.head:
            yield code, bureau.names.get(code, code)


def _leaders(bureau: Bureau) -> Iterator[tuple[str, str]]:
    """Whoever leads a unit, and the principal leader, highest first."""
    who = bureau.directory
    keys = {unit.leader for unit in who.units.values() if unit.leader}
    keys |= set(who.posts.get("director", ()))
    for key in sorted(keys, key=lambda one: (-_rank(bureau, one), bureau.names.get(one, ""))):
        yield key, bureau.names.get(key, key)


def _heads(bureau: Bureau) -> Iterator[tuple[str, str]]:
    leaders = {key for key, _ in _leaders(bureau)}
    for unit in bureau.directory.units.values():
        if unit.head and unit.head not in leaders:
            leaders.add(unit.head)
            yield unit.head, bureau.names.get(unit.head, unit.head)


def _director(bureau: Bureau) -> tuple[str, ...]:
    return bureau.directory.posts.get("director", ())


def _but(options: list[tuple[str, str]], without: tuple[str, ...]) -> list[tuple[str, str]]:
    return [one for one in options if one[0] not in without]


def _rank(bureau: Bureau, key: str) -> int:
    found = bureau.directory.people.get(key)
    return found.rank if found else 0

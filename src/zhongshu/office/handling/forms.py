"""What a verb asks for: its opinion, its people, its fields. The shape; rules are the engine's."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext as _

from zhongshu.kernel.flow.condition import Value
from zhongshu.kernel.flow.definition import Definition, Field
from zhongshu.office import clock
from zhongshu.office.matters.asking import Said
from zhongshu.office.matters.offers import Offer, Trial, choices
from zhongshu.office.people.bureau import Bureau

PREFIX = "f_"
LONGEST = 4000  # characters of an opinion


class Asked(NamedTuple):
    """What a form is made from: the verb on offer, the case, who is who, the draft, a fresh key."""

    offer: Offer
    trial: Trial
    bureau: Bureau
    once: str
    draft: Mapping[str, Any] = {}


class ActForm(forms.Form):
    """The form of one verb for one person; built from what the engine offers him."""

    verb = forms.CharField(widget=forms.HiddenInput, max_length=20)
    slot = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0)
    rev = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0)
    ask = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0)
    reading = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    once = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(
        self, asked: Asked, data: Mapping[str, Any] | None = None, files: Any = None
    ) -> None:
        super().__init__(data, files, initial=_initial(asked))
        self.offer, self.trial = asked.offer, asked.trial
        for need in asked.offer.needs:
            self._add(need, asked.bureau)

    def _add(self, need: str, bureau: Bureau) -> None:
        if need.startswith("opinion"):
            self.fields["opinion"] = forms.CharField(
                label="意见",
                max_length=LONGEST,
                required=need == "opinion",
                widget=forms.Textarea(attrs={"rows": 4}),
            )
        elif need in {"person", "node", "people"}:
            self.fields["to"] = _chooser(need, self.offer, self.trial, bureau)
            if need == "people":
                self.fields["ordered"] = forms.BooleanField(label=_("依次传阅"), required=False)
        elif need == "until":
            self.fields["until"] = forms.DateField(label="到哪天", widget=Day())
        elif need == "fields":
            self.fields |= dict(form_fields(self.trial, self.offer, bureau))

    def said(self, papers: Mapping[str, Value] | None = None) -> Said:
        """What was pressed and typed, for the engine; `papers` are digests of files by field."""
        got = self.cleaned_data
        to = got.get("to") or ()
        until = got.get("until")
        return Said(
            slot=got["slot"] or 0,
            rev=got["rev"] or 0,
            seen=got["seen"],
            opinion=got.get("opinion", "").strip(),
            to=(to,) if isinstance(to, str) else tuple(to),
            ask=got["ask"] or 0,
            reading=got["reading"] or 0,
            ordered=bool(got.get("ordered")),
            changes={**changes(self.trial.definition, got), **(papers or {})},
            until=clock.calendar().close(until) if until else 0,
        )


class Day(forms.DateInput):
    """A day, in the one form that a browser's own control of dates takes."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def _initial(asked: Asked) -> dict[str, object]:
    offer, trial, once = asked.offer, asked.trial, asked.once
    values = {**trial.case.content.values, **asked.draft}
    return {
        **{PREFIX + name: value for name, value in values.items()},
        "verb": offer.verb,
        "slot": offer.slot,
        "rev": offer.rev,
        "ask": offer.ask,
        "reading": offer.reading,
        "seen": trial.case.content.digest,
        "once": once,
    }


def _chooser(need: str, offer: Offer, trial: Trial, bureau: Bureau) -> forms.Field:
    if need == "people":
        here = [one for one in trial.facts.people.people.values() if not one.gone]
        here.sort(key=lambda one: (-one.rank, bureau.names.get(one.id, "")))
        ranked = list(_named([one.id for one in here], trial, bureau))
        told = _("按职级列出；依次传阅就按这个先后，前一位阅过再送后一位。")
        return forms.MultipleChoiceField(label="送给", choices=ranked, help_text=told)
    able, barred = choices(trial, offer)
    named = {node.id: node.name for node in trial.definition.nodes}
    options = (
        [(one, named[one]) for one in able] if need == "node" else list(_named(able, trial, bureau))
    )
    barred_names = "、".join(bureau.names.get(one, one) for one in barred)
    told = _("未列出：{names}。由其承办，后面的环节就没有人能办了。").format(names=barred_names)
    label = "退到" if need == "node" else "交给"
    return forms.ChoiceField(label=label, choices=options, help_text=told if barred else "")


def _named(people: Iterable[str], trial: Trial, bureau: Bureau) -> Iterator[tuple[str, str]]:
    for key in people:
        unit = bureau.names.get(trial.facts.people.people[key].unit, "")
        yield key, f"{bureau.names.get(key, key)}（{unit}）"


def form_fields(trial: Trial, offer: Offer, bureau: Bureau) -> Iterator[tuple[str, forms.Field]]:
    """The fields of the paper's form that this person fills in at this step."""
    flow = trial.definition
    node = flow.by_id.get(offer.node, flow.draft)
    later = {name for one in flow.nodes for name in one.edits if one is not flow.draft}
    drafted = tuple(field.name for field in flow.fields if field.name not in later)
    names = node.edits or (drafted if node is flow.draft else ())
    for name in names:
        yield PREFIX + name, form_field(flow, flow.field[name], bureau)


class Money(forms.DecimalField):
    """Typed in yuan, kept in fen."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more, min_value=0, max_digits=13, decimal_places=2)

    def clean(self, value: Any) -> Any:
        """The amount in fen."""
        yuan = super().clean(value)
        return None if yuan is None else int(yuan * 100)

    def prepare_value(self, value: Any) -> Any:
        """Kept fen as yuan; what was typed stays as it was typed."""
        return Decimal(value) / 100 if isinstance(value, int) else value


class Papers(forms.FileField):
    """One file or several; what was attached before stays unless something new is chosen."""

    def __init__(self, *, many: bool, **more: Any) -> None:
        widget = Several() if many else forms.FileInput()
        super().__init__(**more, widget=widget)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """The files that came."""
        came = data if isinstance(data, list) else [data] if data else []
        if not came and initial is None and self.required:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return [super(Papers, self).clean(one, initial) for one in came]


class Several(forms.FileInput):
    """A control that takes several files."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:  # noqa: ARG002 - Django's
        """All of them."""
        return files.getlist(name) if files else []


PLAIN: Mapping[str, Callable[..., forms.Field]] = {
    "flag": forms.BooleanField,
    "number": partial(forms.IntegerField, min_value=0),
    "date": partial(forms.DateField, widget=Day()),
}


def plain(label: str) -> str:
    """The label of an amount without its unit: kept in fen, it is shown in yuan."""
    return label.removesuffix("（分）")


def form_field(flow: Definition, field: Field, bureau: Bureau) -> forms.Field:
    """The control of one field."""
    common: dict[str, Any] = {
        "label": field.label,
        "required": field.required and field.type != "flag",
    }
    if field.name == flow.amount:
        return Money(**common | {"label": f"{plain(field.label)}（元）"})
    if field.type in PLAIN:
        return PLAIN[field.type](**common)
    if field.type == "file":
        return Papers(many=field.many, **common)
    options = _options(field, bureau)
    if options is None:
        return forms.CharField(**common, max_length=LONGEST)
    if field.many:
        return forms.MultipleChoiceField(**common, choices=options)
    return forms.ChoiceField(**common, choices=options if field.required else [("", "—"), *options])


def _options(field: Field, bureau: Bureau) -> list[tuple[str, str]] | None:
    who = bureau.directory
    known = {"person": who.people, "post": who.posts, "unit": who.units}.get(field.type)
    if known is not None:
        return sorted(((one, bureau.names.get(one, one)) for one in known), key=lambda o: o[1])
    return [(one, one) for one in field.options] if field.type == "choice" else None


def changes(flow: Definition, got: Mapping[str, Any]) -> dict[str, Value]:
    """The fields that were filled in, as the engine wants them; what was left empty is left out."""
    filled: dict[str, Value] = {}
    for name, field in flow.field.items():
        value = got.get(PREFIX + name)
        if field.type == "file" or value is None or value in ("", []):
            continue
        if isinstance(value, date):
            value = value.isoformat()
        many = value if isinstance(value, list | tuple) else (str(value),)
        filled[name] = tuple(map(str, many)) if field.many else value
    return filled

"""The shape of a request: its title and urgency, and the fields of its process."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext_lazy as _

from zhongshu.kernel.flow.condition import Value
from zhongshu.kernel.flow.definition import Definition
from zhongshu.kernel.triage.urgency import Mark
from zhongshu.office.handling.forms import PREFIX, changes, form_field
from zhongshu.office.matters.models import Matter
from zhongshu.office.people.bureau import Bureau

from .actions import Begun


class Blank(NamedTuple):
    """What an empty form is made from."""

    flow: Definition
    bureau: Bureau
    once: str


class RequestForm(forms.Form):
    """A new request. Nothing but the title is needed to keep it; the engine asks for the rest."""

    once = forms.CharField(widget=forms.HiddenInput, max_length=64)
    title = forms.CharField(label=_("标题"), max_length=300)
    urgency = forms.ChoiceField(
        label=_("紧急程度"), choices=Matter.Urgency.choices[1:], initial=Mark.NORMAL
    )

    def __init__(
        self, asked: Blank, data: Mapping[str, Any] | None = None, files: Any = None
    ) -> None:
        flow, bureau = asked.flow, asked.bureau
        super().__init__(data, files, initial={"once": asked.once})
        self.flow = flow
        for field in flow.fields:
            if field.name in flow.drafted:
                control = form_field(flow, field, bureau)
                if data is not None and "submit" not in data:
                    control.required = False  # a draft may be kept half done
                self.fields[PREFIX + field.name] = control

    def begun(self, kind: str) -> Begun:
        """What the request begins with."""
        got = self.cleaned_data
        return Begun(kind, got["title"].strip(), Mark(got["urgency"]), got["once"])

    def filled(self) -> dict[str, Value]:
        """The fields of the process."""
        return changes(self.flow, self.cleaned_data)

"""What the pages of the desk ask for. 案头表单."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from zhongshu.kernel.journal.verify import LONGEST
from zhongshu.office.journal.verb_words import WORDS
from zhongshu.office.journal.walking import Asked
from zhongshu.office.matters import queries as matters

from . import tracing


class _Day(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class JournalForm(forms.Form):
    """Which acts are looked for. Nothing typed is the latest of all that the reader may see."""

    matter = forms.CharField(label=_("事项编号"), max_length=60, required=False)
    who = forms.CharField(label=_("谁办的"), max_length=60, required=False)
    verb = forms.ChoiceField(label=_("何事"), required=False)
    day = forms.DateField(label=_("哪一天"), required=False, widget=_Day)

    def __init__(self, data: Any = None, *, wide: bool) -> None:
        super().__init__(data)
        self.fields["verb"].choices = [("", "—"), *_verbs()]  # type: ignore[attr-defined]
        if not wide:
            del self.fields["who"]

    def clean_who(self) -> tuple[str, ...]:
        """Under what names he is in the journal."""
        typed = self.cleaned_data["who"].strip()
        found = tracing.meant(typed) if typed else ()
        if typed and not found:
            raise forms.ValidationError(_("没有这个人；请写姓名、工号或登录名。"), code="nobody")
        return found

    def asked(self, by: tracing.Reader) -> Asked:
        """The question. Somebody who may not ask at large asks of a matter, or of himself."""
        got = self.cleaned_data if self.is_bound else {}
        number = str(got.get("matter") or "").strip()
        subject = f"{tracing.MATTER}{matters.key_of(number=number) or '-'}" if number else ""
        persons = got.get("who") or (() if subject or by.wide else by.own)
        return Asked(subject, persons, got.get("verb") or "", got.get("day"))


class ReceiptForm(forms.Form):
    """A receipt, pasted in."""

    receipt = forms.CharField(
        label=_("回执"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 8})
    )


def _verbs() -> list[tuple[str, str]]:
    english = (get_language() or "").startswith("en")
    return sorted(((verb, told[1 if english else 0]) for verb, told in WORDS.items()), key=_by_word)


def _by_word(one: tuple[str, str]) -> tuple[str, str]:
    return one[0].partition(".")[0], one[1]

"""The shape of a return: reasons by code, words, what is to be mended."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from zhongshu.apps.documents.actions.returning import Back
from zhongshu.apps.documents.reasons import REASONS


class ReturnForm(forms.Form):
    """Why it goes back. The rules of the office stand in the action."""

    reasons = forms.MultipleChoiceField(
        label=_("退回原因"),
        choices=[(code, f"{code} {zh}") for code, (zh, _en) in REASONS.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    text = forms.CharField(
        label=_("说明"), max_length=1000, required=False, widget=forms.Textarea({"rows": 3})
    )
    fix = forms.CharField(
        label=_("请来文单位补正"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )

    def back(self) -> Back:
        """What was chosen and written."""
        got = self.cleaned_data
        return Back(tuple(got["reasons"]), got["text"], got["fix"])

"""The shape of what is dropped into the tray: one file or many."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

MOST = 50  # files of one batch


class Many(forms.ClearableFileInput):
    """A choice of several files."""

    allow_multiple_selected = True


class Files(forms.FileField):
    """Several files, in the order in which they were chosen. What each holds is not asked here."""

    widget = Many

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:  # noqa: ARG002 - Django's
        """All that came; names and contents are judged when each is kept."""
        came = [one for one in data or [] if isinstance(one, UploadedFile)]
        if not came:
            raise forms.ValidationError(_("请先选文件。"))
        if len(came) > MOST:
            raise forms.ValidationError(_("一次最多 50 个文件，请分几次。"))
        return came


class DropForm(forms.Form):
    """Files for the tray."""

    papers = Files(label=_("选文件"))
    vouched = forms.BooleanField(
        label=_("我声明：文件中像密级标志的字样不是国家秘密标志"), required=False
    )
    batch = forms.RegexField(r"^[0-9a-f]{32}\Z", widget=forms.HiddenInput)

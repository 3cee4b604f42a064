"""Which form answers at which step of the shipped process. 各环节的表单."""

from __future__ import annotations

from collections.abc import Mapping

from .acting import ArchiveForm, CollateForm, ReplyForm, ResultForm, StepForm
from .proposing import ProposeForm

STEPS: Mapping[str, type[StepForm]] = {
    "propose": ProposeForm,
    "collate": CollateForm,
    "lead": ResultForm,
    "own": ResultForm,
    "reply": ReplyForm,
    "archive": ArchiveForm,
}


def form_of(node: str) -> type[StepForm]:
    """The form of a step; the plain one where the step has none of its own."""
    return STEPS.get(node, StepForm)

"""High acts ask once more who it is: password or second factor, at most five minutes ago."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required

from .powers import Rest, View


def confirmed(view: View[Rest]) -> View[Rest]:
    """A view that is done only by whoever has just said again who he is."""
    asked: View[Rest] = reauthentication_required(view)
    return asked

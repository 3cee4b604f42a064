"""Who an account is, from its password: wrong, unknown, suspended and gone all look the same."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend

from zhongshu.office import clock

from .accounts import Account
from .deciding import has_left


class Passwords(AuthenticationBackend):  # type: ignore[misc]  # allauth carries no types
    """The account's own password."""

    def user_can_authenticate(self, user: Account) -> bool:
        """Active, and not of somebody who has left."""
        if not user.is_active:
            return False
        today = clock.local(clock.now()).date()
        return user.person is None or not has_left(user.person, today)

    def get_user(self, user_id: int) -> Account | None:
        """The account of a session, with its person; asked at every request, so that whoever is
        suspended or leaves is out at once."""
        found = Account.objects.select_related("person").filter(pk=user_id).first()
        return found if found and self.user_can_authenticate(found) else None

    @classmethod
    def _stash_user(cls, user: Account | None) -> Account | None:  # noqa: ARG003
        """allauth would send a suspended account to a page of its own; here nobody can tell."""
        return None

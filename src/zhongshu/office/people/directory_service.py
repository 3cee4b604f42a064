"""Sign-in with the house's own directory (LDAP), if the installation has one. 目录服务.

The directory says only whether the password is right. Who has an account, and what it may do, is
decided here; nobody gets in because an entry exists there.
"""

from __future__ import annotations

import ssl
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ldap3 import Connection, Server, Tls
from ldap3.core.exceptions import LDAPException
from ldap3.utils.dn import escape_rdn

from .accounts import Account
from .backends import Passwords

SECONDS = 5


class DirectoryService(Passwords):
    """The password is the directory's."""

    def _authenticate(self, request: HttpRequest | None, **credentials: Any) -> Account | None:  # noqa: ARG002
        """The account, if the directory lets its name in with this password."""
        name, password = credentials.get("username") or "", credentials.get("password") or ""
        # An empty password is an anonymous bind, which every directory accepts.
        if not name or not password or not binds(name, password):
            return None
        found = Account.objects.select_related("person").filter(username__iexact=name).first()
        return found if found and self.user_can_authenticate(found) else None


def binds(name: str, password: str) -> bool:
    """Whether the directory lets this name in with this password; no if it does not answer."""
    tls = Tls(validate=ssl.CERT_REQUIRED)
    server = Server(settings.LDAP_ADDRESS, use_ssl=True, tls=tls, connect_timeout=SECONDS)
    who = settings.LDAP_NAME.format(escape_rdn(name))
    connection = Connection(server, user=who, password=password, receive_timeout=SECONDS)
    try:
        return bool(connection.bind())
    except LDAPException:
        return False
    finally:
        connection.unbind()

"""A password forgotten: a one-time link by mail, to the address in the directory. 忘了口令.

The page only puts a task into the queue, the same for every name that is typed; whether there is
such an account, and whether it may have a link, is found out where nobody can watch the time.
"""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils.translation import gettext as _
from django_tasks import task

from zhongshu.office.actor import machine
from zhongshu.office.people.backends import Passwords
from zhongshu.office.people.models import Account
from zhongshu.office.people.writing import writing

from .accounts import link_for, subject

MAILER = machine("mail")


def ask_for_link(*, username: str) -> None:
    """Have a link sent, if this is the name of an account that may have one. What was typed is
    kept nowhere: it may have been the password."""
    found = Account.objects.filter(username__iexact=username).values_list("pk", flat=True)
    mail_link.enqueue(found.first() or 0)


@task()
def mail_link(account: int) -> None:
    """The task of the background."""
    found = Account.objects.select_related("person").filter(pk=account).first()
    if found is None or not may_have(found):
        return
    with writing(who_is_who=False) as pen:
        token = link_for(found, timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT))
        pen.note("mail_link", subject(found), MAILER)
    link = settings.NOTICES_ADDRESS + reverse("people:first_use", args=[token])
    send_mail(
        _("%s：重设口令") % (settings.BUREAU or "中枢"),
        _(
            "有人为登录名 %(name)s 申请重设口令。打开下面的链接设置新口令，"
            "一小时内有效，只能用一次：\n\n%(link)s\n\n"
            "如果不是您本人申请，不必理会，原口令仍然有效；反复收到，请告诉安全保密管理员。"
        )
        % {"name": found.username, "link": link},
        None,
        [address(found)],
    )


def may_have(account: Account) -> bool:
    """Whoever signs in here with a password of this house, and has an address. A first password
    comes from the administrator's hand, never by mail."""
    usable = account.has_usable_password() and bool(address(account))
    return usable and Passwords().user_can_authenticate(account)


def address(account: Account) -> str:
    """The address in the directory; of an administrator, that of his account."""
    return account.person.email if account.person else account.email


__all__ = ["ask_for_link", "mail_link"]

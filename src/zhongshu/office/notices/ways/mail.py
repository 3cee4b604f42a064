"""By mail, through the one server of the installation. 邮件.

`Backend` gives each connection an end: a server that answers one letter a minute would otherwise
hold the worker for hours, and `smtplib` only bounds the silence between two letters.
"""

from __future__ import annotations

import smtplib
import socket
from email.utils import formataddr
from threading import Timer
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from .letter import Hopeless, Letter, Undelivered, one_line


class Smtp(smtplib.SMTP):
    """A connection that is cut when its time is over, whatever the other side does."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.sock = None
        self.guard = Timer(settings.NOTICES_PATIENCE, self.cut)
        self.guard.daemon = True
        self.guard.start()
        try:
            super().__init__(*args, **kwargs)
        except BaseException:
            self.guard.cancel()
            raise

    def cut(self) -> None:
        """End the connection under whoever waits for it."""
        if self.sock is not None:
            self.sock.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """The connection is over and need not be watched."""
        self.guard.cancel()
        super().close()


class SmtpOverTls(Smtp, smtplib.SMTP_SSL):
    """The same, encrypted from the first byte."""


class Backend(EmailBackend):
    """Django's, over connections that end."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """How a connection is made."""
        return SmtpOverTls if self.use_ssl else Smtp


def send(letter: Letter) -> None:
    """Hand it over. Returns only after the server has taken it."""
    if not letter.address:
        raise Hopeless("没有邮箱")
    try:
        taken = _message(letter).send()
    except smtplib.SMTPResponseException as no:
        raise Undelivered(f"邮件服务器答复 {no.smtp_code}") from no
    except smtplib.SMTPRecipientsRefused as no:
        raise Undelivered("邮件服务器不收此地址") from no
    except (OSError, smtplib.SMTPException) as no:
        raise Undelivered(f"邮件服务器：{type(no).__name__}") from no
    except ValueError as no:  # a header that would not be one, an address that is none
        raise Hopeless("地址或标题不合规") from no
    if not taken:
        raise Undelivered("邮件未被接收")


def _message(letter: Letter) -> EmailMessage:
    """The letter as mail. `ValueError` if its headers would not be headers."""
    return EmailMessage(
        subject=f"【{one_line(settings.BUREAU or '中枢')}】{letter.subject}",
        body=letter.body,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[formataddr((one_line(letter.person), letter.address))],
        headers={
            "Message-ID": f"<{letter.key}@{settings.NOTICES_DOMAIN}>",
            "Auto-Submitted": "auto-generated",
            "X-Priority": "1" if letter.pressing else "3",
        },
    )

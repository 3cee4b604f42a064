"""Accounts: who may sign in. Apart from persons, because administrators are not in the business.

There is no superuser and no staff flag to set: the columns do not exist.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import check_password
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac


class Accounts(BaseUserManager["Account"]):
    """Finds accounts by their sign-in name."""

    def get_by_natural_key(self, username: str | None) -> Account:
        """The account with this sign-in name, in any case of letters."""
        return self.get(username__iexact=username)


class Account(AbstractBaseUser):
    """账号. Exactly one of: a person's, or one of the three administrators' (三员)."""

    class Office(models.TextChoices):
        NONE = "", "业务用户"
        SYSTEM = "system", "系统管理员"
        SECURITY = "security", "安全保密管理员"
        AUDIT = "audit", "安全审计员"

    username = models.CharField("登录名", max_length=40, unique=True)
    email = models.EmailField("邮箱", blank=True)
    person = models.OneToOneField(
        "people.Person",
        verbose_name="人员",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="account",
    )
    office = models.CharField("管理职责", max_length=10, choices=Office.choices, blank=True)
    name = models.CharField("姓名", max_length=60, blank=True)
    is_active = models.BooleanField("已启用", default=False)
    password_set_at = models.DateTimeField(null=True, blank=True)
    # Part of the seal on every session: one more, and all sessions of the account are void.
    epoch = models.PositiveIntegerField(default=0, editable=False)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = Accounts()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(person__isnull=True) ^ Q(office=""),
                name="people_account_is_a_person_or_an_administrator",
            ),
            models.CheckConstraint(
                condition=Q(office__in=("", "system", "security", "audit")),
                name="people_account_has_one_of_three_offices",
            ),
        )

    def __str__(self) -> str:
        return self.username

    @property
    def called(self) -> str:
        """What the page calls whoever is signed in."""
        return self.person.name if self.person else self.name or self.username

    def get_session_auth_hash(self) -> str:
        """What a session must carry to be this account's, until password or epoch change."""
        return self._seal(None)

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """The same under the secrets that were in use before."""
        for secret in settings.SECRET_KEY_FALLBACKS:
            yield self._seal(secret)

    def _seal(self, secret: str | bytes | None) -> str:
        text = f"{self.epoch}:{self.password}"
        return salted_hmac("people.session", text, secret=secret, algorithm="sha256").hexdigest()


class OldPassword(models.Model):
    """A password the account had, as it was hashed then: the last few may not come back."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="old_passwords")
    hashed = models.CharField(max_length=128)
    at = models.DateTimeField()

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.account} {self.at:%Y-%m-%d}"

    def matches(self, password: str) -> bool:
        """Whether this was it."""
        return check_password(password, self.hashed)


class FirstUse(models.Model):
    """A one-time link with which an account gets its password. Only its digest is kept."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="links")
    digest = models.CharField(max_length=64, unique=True)
    since = models.DateTimeField()
    until = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.account} {self.until:%m-%d %H:%M}"


class Identity(models.Model):
    """Whom an identity provider means: pinned to its issuer and subject, never to an address.

    One administrator proposes, another confirms; only then does it sign anybody in.
    """

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="identities")
    issuer = models.CharField(max_length=200)
    subject = models.CharField(max_length=200)
    proposed_by = models.CharField(max_length=80)
    confirmed_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("issuer", "subject"), name="people_identity_once"),
            models.CheckConstraint(
                condition=~Q(confirmed_by=models.F("proposed_by")),
                name="people_identity_confirmed_by_another",
            ),
        )

    def __str__(self) -> str:
        return f"{self.issuer} {self.subject}"

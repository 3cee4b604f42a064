"""Accounts: who may sign in. Apart from persons, because administrators are not in the business.

There is no superuser and no staff flag to set: the columns do not exist.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q


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
        )

    def __str__(self) -> str:
        return self.username

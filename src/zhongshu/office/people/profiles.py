"""The two password profiles: plain data, so that the settings may read them. 口令规则.

Standards contradict each other here, openly: OWASP ASVS 5.0 (6.2.5, 6.2.10) forbids composition
rules and forced change; assessors of GB/T 22239-2019 level 3 (8.1.4.1) ask for both. An
installation chooses one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

HERE = "zhongshu.office.people.passwords"


@dataclass(frozen=True)
class Profile:
    """`days` 0: a password is changed when there is a reason, not by the calendar."""

    shortest: int
    kinds: int = 0
    days: int = 0
    remembered: int = 0
    failures: int = 10
    lock_seconds: int = 600
    second_factor_for: str = "administrators"

    @property
    def validators(self) -> list[dict[str, str]]:
        """For AUTH_PASSWORD_VALIDATORS."""
        chosen = ["Length", "Local", *(["Kinds"] if self.kinds else [])]
        chosen += ["Remembered"] if self.remembered else []
        common = "django.contrib.auth.password_validation.CommonPasswordValidator"
        return [{"NAME": common}, *({"NAME": f"{HERE}.{name}"} for name in chosen)]

    def rate_limits(self) -> dict[str, str]:
        """For ACCOUNT_RATE_LIMITS: by name, by address, by its neighbourhood, by everybody."""
        name = f"{self.failures}/{self.lock_seconds}s/key"
        return {
            "login": "60/m/ip",
            "login_failed": f"20/m/ip,{name}",
            "login_failed_near": "60/10m/key",
            "login_failed_all": "600/10m/key",
            "reset_password": "10/10m/ip,3/10m/key",
        }


PROFILES: Mapping[str, Profile] = MappingProxyType(
    {
        "standard": Profile(shortest=12),
        "dengbao3": Profile(
            shortest=10,
            kinds=3,
            days=90,
            remembered=5,
            failures=5,
            lock_seconds=1800,
            second_factor_for="everybody",
        ),
    }
)

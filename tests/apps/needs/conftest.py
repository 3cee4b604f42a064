"""The bureau of the supervision tests, and its clock."""

from tests.apps.supervision.conftest import Sit, _nothing_kept, sit, time, town

__all__ = ["Sit", "_nothing_kept", "sit", "time", "town"]

"""The bureau of the other tests, for those harnesses that run in this process."""

from tests.config.conftest import _nothing_kept, lasting, time, town

__all__ = ["_nothing_kept", "lasting", "time", "town"]

"""Settings for tests: the product's own, with quick passwords and a folder that is thrown away.

ZHONGSHU_DATABASE chooses PostgreSQL, as for an installation; `python -m tests.postgres` sets it.
"""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("ZHONGSHU_HOME", tempfile.mkdtemp(prefix="zhongshu-test-"))
os.environ.setdefault("ZHONGSHU_HTTPS", "0")

from zhongshu.config.settings import *  # noqa: F403
from zhongshu.config.settings import STATIC_ROOT, STORAGES

Path(STATIC_ROOT).mkdir(parents=True, exist_ok=True)  # the server of static files wants to see it

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
PASSWORD_RESET_BY_MAIL = True
SECOND_FACTOR_FOR = "nobody"  # the tests of sign-in ask for it themselves

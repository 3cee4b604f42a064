"""Settings of the harnesses: the product's own, on a database that is really on the disk.

FAULTS_CONTROL names what is broken on purpose, to see that the harness notices.
"""

import os

from zhongshu.config.settings import *  # noqa: F403
from zhongshu.config.settings import DATABASES

CONTROL = os.environ.get("FAULTS_CONTROL", "")
OPTIONS = DATABASES["default"]["OPTIONS"]
if CONTROL in {"OFF", "NORMAL"}:
    OPTIONS["init_command"] = OPTIONS["init_command"].replace("=FULL", f"={CONTROL}")
if CONTROL == "async":
    OPTIONS["options"] = "-c synchronous_commit=off"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

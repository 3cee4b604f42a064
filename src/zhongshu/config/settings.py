"""Settings. Everything an installation may choose comes from the environment, and is few.

ZHONGSHU_HOME      the folder of all data (database, files, secret, static); default ./zhongshu-data
ZHONGSHU_DATABASE  postgresql://user:password@host:port/name; default SQLite in the folder
ZHONGSHU_HOSTS     names the server answers to, separated by commas; default localhost
ZHONGSHU_HTTPS     "0" only for a trial on one machine: cookies then travel without TLS
ZHONGSHU_BUREAU    the name of the house, as it stands at the head of its pages
ZHONGSHU_PROFILE   password profile: "standard" or "dengbao3" (等保三级)
ZHONGSHU_ADDRESS   where people reach it, for links in mail: https://office.example; default no links
ZHONGSHU_MAIL      smtp://user@host:587 (STARTTLS) or smtps://user@host:465; default no mail
ZHONGSHU_MAIL_FROM the sender's address
ZHONGSHU_WEBHOOK   https://... that is told of each notice, signed; default none
ZHONGSHU_APPRISE   address of the duty channel, if the library apprise is installed; default none
ZHONGSHU_QUIET     hours in which nothing goes out, "20:00-07:30"; "" for none

Secrets stand in files of the folder (secret.key, mail.key, webhook.key) or in ZHONGSHU_MAIL_SECRET
and ZHONGSHU_WEBHOOK_SECRET.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF

HOME = Path(os.environ.get("ZHONGSHU_HOME", "zhongshu-data")).absolute()
HERE = Path(__file__).parent
HTTPS = os.environ.get("ZHONGSHU_HTTPS", "1") != "0"
BUREAU = os.environ.get("ZHONGSHU_BUREAU", "")
PASSWORD_PROFILE = os.environ.get("ZHONGSHU_PROFILE", "standard")

DEBUG = False
ALLOWED_HOSTS = os.environ.get("ZHONGSHU_HOSTS", "localhost,127.0.0.1,[::1]").split(",")


def _secret() -> str:
    """The secret that `zhongshu init` made; without one sessions end with the process."""
    kept = HOME / "secret.key"
    return kept.read_text("ascii") if kept.exists() else secrets.token_urlsafe(64)


def _database(address: str) -> dict[str, Any]:
    """SQLite as durable as it can be, or PostgreSQL at this address."""
    if not address:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": HOME / "zhongshu.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                " PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; PRAGMA cache_size=-32768;"
                " PRAGMA mmap_size=268435456",
            },
        }
    parts = urlsplit(address)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"options": "-c synchronous_commit=on"},
    }


def _told(name: str) -> str:
    """A secret of the installation: from the environment, or its file."""
    kept = HOME / f"{name}.key"
    told = os.environ.get(f"ZHONGSHU_{name.upper()}_SECRET", "")
    return told or (kept.read_text("utf-8").strip() if kept.exists() else "")


SECRET_KEY = _secret()
DATABASES = {"default": _database(os.environ.get("ZHONGSHU_DATABASE", ""))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "zhongshu.office.journal",
    "zhongshu.office.people",
    "zhongshu.office.files",
    "zhongshu.office.matters",
    "zhongshu.office.notices",
    "zhongshu.office.search",
    "zhongshu.office.ui",
    "zhongshu.desk",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "zhongshu.config.urls"
WSGI_APPLICATION = "zhongshu.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["zhongshu.office.ui.templatetags.ui"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = HTTPS
LOCALE_PATHS = [HERE / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
}
FILES_ROOT = HOME / "files"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Sign-in
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = 12 * 3600  # whatever happens; idle sessions end earlier
SESSION_IDLE_SECONDS = 30 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "zhongshu.office.ui.errors.csrf_failure"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# Headers
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}

# Notices that leave the house
NOTICES_ADDRESS = os.environ.get("ZHONGSHU_ADDRESS", "").rstrip("/")
NOTICES_DOMAIN = urlsplit(NOTICES_ADDRESS).hostname or "zhongshu.invalid"
NOTICES_MAIL = os.environ.get("ZHONGSHU_MAIL", "")
NOTICES_WEBHOOK = os.environ.get("ZHONGSHU_WEBHOOK", "")
NOTICES_WEBHOOK_SECRET = _told("webhook")
NOTICES_APPRISE = os.environ.get("ZHONGSHU_APPRISE", "")
NOTICES_QUIET = os.environ.get("ZHONGSHU_QUIET", "20:00-07:30")
NOTICES_TITLE_GRADE = 1  # titles of 公开 and 内部 go out; 工作秘密 never does
NOTICES_TIMEOUT = 10  # seconds of silence
NOTICES_PATIENCE = 30  # seconds in all, however busily the other side talks
EMAIL_BACKEND = "zhongshu.office.notices.ways.mail.Backend"
EMAIL_TIMEOUT = NOTICES_TIMEOUT
EMAIL_HOST_PASSWORD = _told("mail")
DEFAULT_FROM_EMAIL = os.environ.get("ZHONGSHU_MAIL_FROM", "zhongshu@localhost")
_server = urlsplit(NOTICES_MAIL)
EMAIL_HOST, EMAIL_HOST_USER = _server.hostname or "", unquote(_server.username or "")
EMAIL_USE_SSL, EMAIL_USE_TLS = _server.scheme == "smtps", _server.scheme == "smtp"
EMAIL_PORT = _server.port or (465 if EMAIL_USE_SSL else 587)

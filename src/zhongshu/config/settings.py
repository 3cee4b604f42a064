"""Settings. Everything an installation may choose comes from the environment, and is few.

ZHONGSHU_HOME      the folder of all data (database, files, secret, static); default ./zhongshu-data
ZHONGSHU_DATABASE  postgresql://user:password@host:port/name; default SQLite in the folder
ZHONGSHU_HOSTS     names the server answers to, separated by commas; default localhost
ZHONGSHU_HTTPS     "0" only for a trial on one machine: cookies then travel without TLS
ZHONGSHU_GATEWAY   "1" when a gateway in front ends TLS and sets X-Forwarded-Proto itself
ZHONGSHU_PROXIES   how many gateways stand in front and add to X-Forwarded-For; 1 with a gateway
ZHONGSHU_HEADS     a folder on another machine, where the heads of the journal are kept
ZHONGSHU_BUREAU    the name of the house, as it stands at the head of its pages
ZHONGSHU_PROFILE   password profile: "standard" or "dengbao3" (等保三级)
ZHONGSHU_WORDS     words no password may be made of (name of the bureau, its 拼音), with commas
ZHONGSHU_LDAP      ldaps://host and the name to bind as: ldaps://dc.local uid={},ou=people,dc=local
ZHONGSHU_OIDC      issuer, client id and secret of an identity provider, with blanks between
ZHONGSHU_ADDRESS   where people reach it, for links in mail: https://office.example; with it and
                   mail, whoever has forgotten his password may ask for a link
ZHONGSHU_MAIL      smtp://user@host:587 (STARTTLS) or smtps://user@host:465; default no mail
ZHONGSHU_MAIL_FROM the sender's address
ZHONGSHU_WEBHOOK   https://... that is told of each notice, signed; default none
ZHONGSHU_APPRISE   address of the duty channel, for the extra `apprise`; default none
ZHONGSHU_QUIET     hours in which nothing goes out, "20:00-07:30"; "" for none

Secrets stand in files of the folder (secret.key, mail.key, webhook.key) or in ZHONGSHU_MAIL_SECRET
and ZHONGSHU_WEBHOOK_SECRET.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF

from zhongshu.office.people.profiles import PROFILES

from .database import database

HOME = Path(os.environ.get("ZHONGSHU_HOME", "zhongshu-data")).absolute()
HERE = Path(__file__).parent
HTTPS = os.environ.get("ZHONGSHU_HTTPS", "1") != "0"
GATEWAY = os.environ.get("ZHONGSHU_GATEWAY", "") == "1"
PROXIES = int(os.environ.get("ZHONGSHU_PROXIES", "1" if GATEWAY else "0"))
HEADS = os.environ.get("ZHONGSHU_HEADS", "")
BUREAU = os.environ.get("ZHONGSHU_BUREAU", "中枢")
PASSWORD_PROFILE = os.environ.get("ZHONGSHU_PROFILE", "standard")

DEBUG = False
ALLOWED_HOSTS = os.environ.get("ZHONGSHU_HOSTS", "localhost,127.0.0.1,[::1]").split(",")


def _secret() -> str:
    """The secret that `zhongshu init` made; without one sessions end with the process."""
    kept = HOME / "secret.key"
    return kept.read_text("ascii") if kept.exists() else secrets.token_urlsafe(64)


def _told(name: str) -> str:
    """A secret of the installation: from the environment, or its file."""
    kept = HOME / f"{name}.key"
    told = os.environ.get(f"ZHONGSHU_{name.upper()}_SECRET", "")
    return told or (kept.read_text("utf-8").strip() if kept.exists() else "")


SECRET_KEY = _secret()
DATABASES = {"default": database(os.environ.get("ZHONGSHU_DATABASE", ""), HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "zhongshu.office.journal",
    "zhongshu.office.people",
    "zhongshu.office.files",
    "zhongshu.office.matters",
    "zhongshu.office.notices",
    "zhongshu.office.search",
    "zhongshu.office.ui",
    "zhongshu.office.handling",
    "zhongshu.apps.documents",
    "zhongshu.apps.processes",
    "zhongshu.apps.requests",
    "zhongshu.apps.supervision",
    "zhongshu.apps.targets",
    "zhongshu.apps.needs",
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
    "django.contrib.messages.middleware.MessageMiddleware",
    "zhongshu.office.people.sessions.Steady",
    "zhongshu.office.people.sessions.Times",
    "zhongshu.office.people.sessions.SignInFirst",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "zhongshu.office.people.sessions.FirstThings",
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
FILES_LARGEST = 100 * 2**20  # bytes of one file
FILES_A_DAY = 2 * 2**30  # bytes one person may add on one day
FILES_COUNT_A_DAY = 2_000  # and files
FILES_SPARE = 2**30  # bytes of the disk that uploads leave free
FONTS_ROOT = HOME / "fonts"  # the office's own fonts, preferred to those of the system
FILE_UPLOAD_HANDLERS = [
    "zhongshu.office.files.receiving.Gate",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Sign-in
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["zhongshu.office.people.backends.Passwords"]
AUTH_PASSWORD_VALIDATORS = PROFILES[PASSWORD_PROFILE].validators
PASSWORD_LOCAL_WORDS = [word for word in os.environ.get("ZHONGSHU_WORDS", "").split(",") if word]
PASSWORD_RESET_BY_MAIL = all(os.environ.get(f"ZHONGSHU_{name}") for name in ("MAIL", "ADDRESS"))
PASSWORD_RESET_TIMEOUT = 3600
SECOND_FACTOR_FOR = PROFILES[PASSWORD_PROFILE].second_factor_for
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES  # else strangers are told apart by the gateway's address
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "zhongshu.office.people.sign_in.Adapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/account/login/"
ACCOUNT_RATE_LIMITS = PROFILES[PASSWORD_PROFILE].rate_limits()
MFA_ADAPTER = "zhongshu.office.people.second_factor.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = BUREAU or "中枢"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS  # a trial on localhost
LDAP_ADDRESS, _, LDAP_NAME = os.environ.get("ZHONGSHU_LDAP", "").partition(" ")
if LDAP_ADDRESS:
    AUTHENTICATION_BACKENDS.insert(0, "zhongshu.office.people.directory_service.DirectoryService")
OIDC_ISSUER, OIDC_CLIENT, OIDC_SECRET = (
    *os.environ.get("ZHONGSHU_OIDC", "").split(" "),
    "",
    "",
)[:3]
if OIDC_ISSUER:
    INSTALLED_APPS += ["allauth.socialaccount", "allauth.socialaccount.providers.openid_connect"]
    SOCIALACCOUNT_ADAPTER = "zhongshu.office.people.identity_provider.Adapter"
    SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
    SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "house",
                    "name": "统一身份",
                    "client_id": OIDC_CLIENT,
                    "secret": OIDC_SECRET,
                    # who it is stands in the token, whose issuer and audience are checked
                    "settings": {"server_url": OIDC_ISSUER, "fetch_userinfo": False},
                }
            ],
        }
    }
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
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if GATEWAY else None
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

"""The one settings file. Everything that differs between installations comes from the environment.

SIJEONG_MODE          production (default), demo, test
SIJEONG_SECRET_KEY    50 random characters or more; required in production
SIJEONG_HOSTS         comma-separated host names; required in production
SIJEONG_DATA          folder of the SQLite database, files and logs (default: ./var)
SIJEONG_CITIES        folder of the city folders (default: ./cities)
SIJEONG_SEARCH        folder of this machine's search indexes (default: search in SIJEONG_DATA); a local disk
DATABASE_URL          postgres://… (default: SQLite in SIJEONG_DATA)
SIJEONG_DEBUG         1: tracebacks in the browser; refused in production
SIJEONG_HTTPS         0: plain http (demo, or a proxy that speaks TLS and forwards X-Forwarded-Proto is =1)
SIJEONG_PROXIES       how many proxies stand before the server (default: 0): whose address counts at sign-in
SIJEONG_EMAIL_URL     smtp://user:password@host:port (smtps: STARTTLS); without it mail is written to SIJEONG_DATA/mail
SIJEONG_MAIL_FROM     whom mails come from; required in production where there is mail
SIJEONG_ADDRESS       what addresses in mails begin with (default: https and the first host)
SIJEONG_OIDC_NAME, _URL, _CLIENT, _SECRET    an OpenID Connect provider
SIJEONG_UPLOAD_MB     largest file taken in (default: 200)
SIJEONG_WORKER_MB     memory of its own that a worker may keep after a task; beyond it it begins anew (default: 400)
SIJEONG_API_RATE      requests a minute that one API token may send (default: 600)
SIJEONG_LOG           json (default in production) or text
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from .logs import logging_config

MODE = os.environ.get("SIJEONG_MODE", "production")
if MODE not in {"production", "demo", "test"}:
    raise ImproperlyConfigured(f"SIJEONG_MODE={MODE}: allowed are production, demo, test")
PRODUCTION = MODE == "production"
DEBUG = os.environ.get("SIJEONG_DEBUG") == "1"
SECRET_KEY = os.environ.get("SIJEONG_SECRET_KEY", "" if PRODUCTION else "sijeong-demo-key-" + "0" * 40)
ALLOWED_HOSTS = [host for host in os.environ.get("SIJEONG_HOSTS", "").split(",") if host] or (
    [] if PRODUCTION else ["localhost", "127.0.0.1", "[::1]", "testserver"]
)
HTTPS = os.environ.get("SIJEONG_HTTPS", "1" if PRODUCTION else "0") == "1"
ADDRESS = os.environ.get("SIJEONG_ADDRESS", "").rstrip("/") or (
    f"{'https' if HTTPS else 'http'}://{ALLOWED_HOSTS[0] if ALLOWED_HOSTS else 'localhost'}"
)


def _refuse_unsafe() -> None:
    """Outside the demo an installation starts safe or not at all."""
    faults = []
    if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 10 or SECRET_KEY.startswith("sijeong-demo"):
        faults.append(
            "SIJEONG_SECRET_KEY: 무작위 글자 50자 이상이어야 합니다 (sijeong doctor --new-key 가 만들어 줍니다)"
        )
    if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
        faults.append("SIJEONG_HOSTS: 서비스할 호스트 이름을 쉼표로 적으십시오; * 는 쓸 수 없습니다")
    mail = urlsplit(os.environ.get("SIJEONG_EMAIL_URL", ""))
    if mail.scheme and "@" not in os.environ.get("SIJEONG_MAIL_FROM", ""):
        faults.append("SIJEONG_MAIL_FROM: 메일을 보내는 주소를 적으십시오")
    if mail.scheme not in {"", "smtp", "smtps"} or (mail.scheme and not mail.hostname):
        faults.append("SIJEONG_EMAIL_URL: smtp://호스트:포트 나 smtps://… 로 적으십시오")
    if mail.scheme == "smtp" and mail.password and mail.hostname not in {"localhost", "127.0.0.1", "::1"}:
        faults.append("SIJEONG_EMAIL_URL: 비밀번호가 암호 없이 나갑니다. smtps://… 로 적으십시오")
    if DEBUG:
        faults.append("SIJEONG_DEBUG=1: 운영에서는 쓸 수 없습니다")
    if faults:
        raise ImproperlyConfigured("안전하지 않은 설정입니다.\n" + "\n".join(faults))


if PRODUCTION:
    _refuse_unsafe()

DATA = Path(os.environ.get("SIJEONG_DATA", "var")).resolve()
CITIES = Path(os.environ.get("SIJEONG_CITIES", "cities")).resolve()
HERE = Path(__file__).resolve().parent

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "sijeong.audit",
    "sijeong.org",
    "sijeong.links",
    "sijeong.notices",
    "sijeong.search",
    "sijeong.documents",
    "sijeong.cases",
    "sijeong.statistics",
    "sijeong.council",
    "sijeong.portal",
    "sijeong.figures",
    "sijeong.benefits",
    "sijeong.allocation",
    "sijeong.reports",
    "sijeong.site",
]

MIDDLEWARE = [
    "sijeong.site.middleware.RequestId",
    "sijeong.site.middleware.Head",
    "sijeong.site.middleware.ApiProblems",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "sijeong.site.middleware.ContentPolicy",
    "sijeong.portal.middleware.Unknown",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "sijeong.site.middleware.BodyLimit",  # before the form is read for its token
    "sijeong.site.middleware.Uploads",
    "django.middleware.csrf.CsrfViewMiddleware",
    "sijeong.site.middleware.Typed",  # a form without its token is not read
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "sijeong.site.middleware.Seen",
    "sijeong.site.middleware.SignedIn",
    "sijeong.search.saved.Opening",
]

ROOT_URLCONF = "sijeong.site.urls"
WSGI_APPLICATION = "sijeong.site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [HERE / "templates", *sorted(HERE.parent.glob("*/templates"))],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "sijeong.site.jinja.environment",
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "sijeong.site.context.site",
            ],
        },
    },
    # Only for what a library brings (allauth's mail texts): our own pages are Jinja2.
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL") or f"sqlite:///{DATA}/sijeong.sqlite3",
        conn_max_age=60,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Writers queue at BEGIN instead of failing at COMMIT; a commit is on the disk before it is said.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32000; PRAGMA temp_store=MEMORY",
    }
else:
    DATABASES["default"]["ENGINE"] = "sijeong.site.postgresql"
    # Parameters apart from the text, so that a statement asked again is neither parsed nor planned again: most of what
    # a page costs the database is planning.
    DATABASES["default"]["OPTIONS"] = {"server_side_binding": True, "prepare_threshold": 2}
ATOMIC_REQUESTS = False

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

LANGUAGE_CODE = "ko"
TIME_ZONE = "Asia/Seoul"
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = None

STATIC_URL = "/static/"
STATICFILES_DIRS = [HERE / "static"]
# Whole fonts, for what is written as PDF.
PRINT_FONTS = HERE / "static" / "dist" / "print"
STATIC_ROOT = DATA / "static"
WHITENOISE_AUTOREFRESH = MODE == "test"  # tests serve what the finders see, and collect nothing
FILES_ROOT = DATA / "files"
# Reads files for the rooms below: a path and its sniffed kind to its text and what could not be read.
FILE_READER = "sijeong.reports.reading.plain.plain_text"
# Raised when it learns to see more: what was read before is read again by the worker, and before it is published.
FILE_READER_EDITION = 6
# Gives the places of benefits whose text leaves them to an allocation.
BENEFIT_PLACES = "sijeong.site.places.Rounds"
# Search: this machine's own indexes, made from the database and no part of a backup.
SEARCH_ROOT = Path(os.environ.get("SIJEONG_SEARCH") or DATA / "search").resolve()
SEARCH_ENGINE = "sijeong.search.shelf.Tantivy"
SEARCH_SOURCES = [
    "sijeong.cases.searching.CASES", "sijeong.council.searching.MEETINGS", "sijeong.portal.searching.PUBLIC_CASES",
]  # fmt: skip
# Routes of the lists of which a person saves views.
SAVED_LISTS = ("cases", "follow_ups", "administration", "case_import")
WORKER_MEMORY = int(os.environ.get("SIJEONG_WORKER_MB", "400")) * 1024 * 1024
UPLOAD_LIMIT = int(os.environ.get("SIJEONG_UPLOAD_MB", "200")) * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": FILES_ROOT},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if MODE == "test"
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# Sign-in
AUTH_USER_MODEL = "org.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
SESSION_ENGINE = "sijeong.org.signed_in"
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if MODE == "test"
    else ["django.contrib.auth.hashers.Argon2PasswordHasher"]
)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/account/login/"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "sijeong.site.accounts.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "sijeong.site.accounts.SocialAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[시정] "
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
# Offices share machines: closing the browser signs out.
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_RATE_LIMITS = {"login_failed": "5/5m/key,50/m/ip", "login": "120/m/ip", "reauthenticate": "10/m/user",
                       "benefit_apply": "10/h/ip", "benefit_status": "30/h/ip"}  # fmt: skip
ACCOUNT_PREVENT_ENUMERATION = True
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("SIJEONG_PROXIES", "0"))
USERSESSIONS_TRACK_ACTIVITY = True
MFA_ADAPTER = "sijeong.site.accounts.MFAAdapter"
# Accounts are made by administrators, so an e-mail address proves nothing and needs no proof.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "시정"
MFA_TOTP_TOLERANCE = 1  # who reads the digits in the last second of their half minute sends them in the next
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_PASSKEY_LOGIN_ENABLED = True
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "city",
                "name": os.environ.get("SIJEONG_OIDC_NAME", "통합 로그인"),
                "client_id": os.environ["SIJEONG_OIDC_CLIENT"],
                "secret": os.environ.get("SIJEONG_OIDC_SECRET", ""),
                "settings": {"server_url": os.environ["SIJEONG_OIDC_URL"], "uid_field": "sub"},
            }
        ]
        if "SIJEONG_OIDC_URL" in os.environ
        else [],
    }
}
# Browsers hold the sign-in form to form-action all the way to the provider.
_oidc = urlsplit(os.environ.get("SIJEONG_OIDC_URL", ""))
OIDC_ORIGINS = [f"{_oidc.scheme}://{_oidc.netloc}"] if _oidc.netloc else []
# The lock-out counts in the database cache, so that every web process sees the same count.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    if MODE == "test"
    else {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "site_cache"}
}

# Safety
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 10 * 60 * 60
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "sijeong.site.views.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF, *OIDC_ORIGINS],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

# Of one token; see links.rates.
API_REQUESTS_A_MINUTE = int(os.environ.get("SIJEONG_API_RATE", "600"))

# Mail
DEFAULT_FROM_EMAIL = os.environ.get("SIJEONG_MAIL_FROM", "sijeong@localhost")
_mail = urlsplit(os.environ.get("SIJEONG_EMAIL_URL", ""))
MAIL = bool(_mail.scheme)  # without it nobody can reset a password by mail, and the pages do not offer it
if MODE == "test":
    EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
elif MAIL:
    EMAIL_HOST, EMAIL_PORT = _mail.hostname or "", _mail.port or 25
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
    EMAIL_USE_TLS = _mail.scheme == "smtps"
    EMAIL_TIMEOUT = 20  # seconds a word; a claimed mail is begun only while this fits its lease
else:
    EMAIL_BACKEND, EMAIL_FILE_PATH = "django.core.mail.backends.filebased.EmailBackend", DATA / "mail"

LOGGING_CONFIG = None
LOGGING = logging_config(os.environ.get("SIJEONG_LOG", "json" if PRODUCTION else "text"))
# Whether browsers should know the host by heart (HSTS preload) is for who owns the domain to say. SQLite has no
# columns beside an index's keys, and does without.
SILENCED_SYSTEM_CHECKS = ["security.W021", "models.W040"]

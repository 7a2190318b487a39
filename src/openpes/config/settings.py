"""Settings, read from the environment. One file for demo, office and ministry; what differs is said outside.

OPENPES_COUNTRY   two-letter code of the country pack (PH)
OPENPES_DATA      folder for databases, files and caches (./var)
OPENPES_DEMO      1: demonstration with synthetic people and one-click sign-in; 0: real service
OPENPES_SECRET    secret key; made and kept in OPENPES_DATA when unset
OPENPES_HOSTS     comma-separated host names that the service answers to
OPENPES_HTTPS     1: served behind https (secure cookies, HSTS)
DATABASE_URL      postgres://user:password@host:port/name ; unset: SQLite in OPENPES_DATA
"""

from __future__ import annotations

import os
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from openpes.config import database, locale_info, secret
from openpes.config.apps_list import ROOMS

COUNTRY = os.environ.get("OPENPES_COUNTRY", "PH").strip().upper()
DATA = Path(os.environ.get("OPENPES_DATA", "var")).absolute()
DEMO = os.environ.get("OPENPES_DEMO", "1") == "1"
HTTPS = os.environ.get("OPENPES_HTTPS", "0") == "1"
DEBUG = False
# What a service makes lies with the service, not in somebody's home. (Where a cache was named, that one is used.)
if not os.environ.get("NUMBA_CACHE_DIR"):
    os.environ.setdefault("OPENPES_NUMBA_CACHE", str(DATA / "kernels"))

SECRET_KEY = secret.read_or_make(DATA)
ALLOWED_HOSTS = [host for host in os.environ.get("OPENPES_HOSTS", "").split(",") if host] or (
    ["*"] if DEMO else ["localhost", "127.0.0.1", "[::1]"]
)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "axes",
    "csp",
    *(f"openpes.{room}" for room in ROOMS),
    "openpes.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Pages travel at a quarter of their size. What a page holds of secrets (the token of a form) is masked anew each
    # time, and the length of an answer is blurred, so that compression tells nothing.
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "openpes.web.doorkeeper.Doorkeeper",
    "openpes.web.getting_ready.GettingReady",
    "openpes.web.local_digits.LocalDigits",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "openpes.config.urls"
WSGI_APPLICATION = "openpes.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "openpes.web.context.page",
            ],
            "builtins": ["django.templatetags.i18n", "openpes.web.templatetags.openpes"],
        },
    }
]
FORM_RENDERER = "openpes.web.forms.OpenpesRenderer"

DATABASES = database.databases(DATA, COUNTRY, os.environ.get("DATABASE_URL", ""))
DATABASE_ROUTERS = ["openpes.config.database.AccessLogRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 60 * 60 * 10
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "openpes_session", "openpes_csrf"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
IDLE_MINUTES = 30

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "web:sign_in"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.5
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "openpes.web.doorkeeper.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
OTP_TOTP_ISSUER = "openpes"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "manifest-src": ["'self'"],
    }
}

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
# Who says nothing about languages reads the country's first one.
LANGUAGES = locale_info.languages_of(COUNTRY)
LANGUAGE_CODE = LANGUAGES[0][0]
locale_info.compile_stale(code for code, _name in LANGUAGES)
# Languages whose catalogue waits for a reader, with the word that says so in each of them.
DRAFT_LANGUAGES = {code: locale_info.DRAFT_MARKS[code] for code in locale_info.unsigned(c for c, _name in LANGUAGES)}
FORMAT_MODULE_PATH = "openpes.config.formats"
LOCALE_PATHS = [Path(__file__).parent.parent / "locale"]
LANGUAGE_COOKIE_NAME = "openpes_language"
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = False
MEDIA_ROOT = DATA / "files"
STORED_FILES = DATA / "files"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# What a dialogue may set off lies downstream of it: the roof names it.
DIALOGUE_DEEDS = "openpes.journeys.talk.Deeds"
MESSAGING_PROVIDER = os.environ.get("OPENPES_SMS_PROVIDER", "screen")
# Where texts are handed over, who signs for them, and what a segment costs ("PHP 63=0.40 63917=0.35").
SMS_URL, SMS_FROM = os.environ.get("OPENPES_SMS_URL", ""), os.environ.get("OPENPES_SMS_FROM", "")
SMS_USER, SMS_PASSWORD = os.environ.get("OPENPES_SMS_USER", ""), os.environ.get("OPENPES_SMS_PASSWORD", "")
# Without this secret the doors for incoming texts and deliveries do not exist.
SMS_SECRET = os.environ.get("OPENPES_SMS_SECRET", "")
SMS_BODY = os.environ.get("OPENPES_SMS_BODY", '{"to": "{number}", "text": "{text}", "ref": "{ref}"}')
SMS_PRICES = os.environ.get("OPENPES_SMS_PRICES", "")
SERVICE_NAME = _("openpes")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("OPENPES_LOG", "WARNING")},
    "loggers": {"axes": {"level": "ERROR"}},
}
# HTTPS is said by OPENPES_HTTPS; what a ministry's other host names do (W005, W021) is not ours to decide.
SILENCED_SYSTEM_CHECKS = [f"security.{code}" for code in ("W004", "W005", "W008", "W012", "W016", "W021")]
# Links in text messages need the address that people reach the service under.
BASE_URL = os.environ.get("OPENPES_BASE_URL", f"http://localhost:{os.environ.get('OPENPES_PORT', '8000')}")

"""Django's settings. What differs between machines comes from the environment (see ``goodoffices doctor``).

=========================  =====================================================================
GOODOFFICES_HOME           the data folder (default: the user's data directory)
GOODOFFICES_DATABASE_URL   empty: SQLite in the data folder; or ``postgresql://…``
GOODOFFICES_LIST_KEYS      the folder of list keys (default: list-keys in the data folder)
GOODOFFICES_HOST           the name people type (default: localhost); passkeys are bound to it
GOODOFFICES_SMTP_URL       by which server letters leave (``web.mailing.smtp``); empty: none are sent
GOODOFFICES_MAIL_FROM      the address they come from (default: good-offices@ that name)
=========================  =====================================================================

Reading the settings writes nothing.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from goodoffices.storage import databases, home
from goodoffices.web.mailing import smtp

HERE = Path(__file__).parent
HOME = home.folder()
HOST = os.environ.get("GOODOFFICES_HOST", "localhost")
LOCAL = HOST in {"localhost", "127.0.0.1"}

DEBUG = False
# Before `home.ensure` has made the secret, nothing that must outlive this process can be signed with it.
SECRET_KEY = (HOME / "secret").read_text() if (HOME / "secret").exists() else secrets.token_hex(32)
ALLOWED_HOSTS = ["localhost", "127.0.0.1"] if LOCAL else [HOST]
ROOT_URLCONF = "goodoffices.web.urls"
WSGI_APPLICATION = "goodoffices.web.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "goodoffices.storage",
    "goodoffices.web.base",
    "goodoffices.web.accounts",
    "goodoffices.web.acting",
    "goodoffices.web.commitments",
    "goodoffices.web.conditions",
    "goodoffices.web.intake",
    "goodoffices.web.handover",
    "goodoffices.web.calendars",
    "goodoffices.web.invitations",
    "goodoffices.web.prisoners",
    "goodoffices.web.lists",
    "goodoffices.web.mailing",
    "goodoffices.web.public",
    "goodoffices.web.reconciling",
    "goodoffices.web.rooms",
    "goodoffices.web.sealing",
    "goodoffices.web.statements",
    "goodoffices.web.talks",
]

MIDDLEWARE = [
    "goodoffices.web.middleware.Headers",
    "goodoffices.web.middleware.SameNotFound",
    "goodoffices.web.middleware.Limits",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "goodoffices.web.middleware.ViewersZone",
    "goodoffices.web.walls.Walls",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "accounts" / "templates", HERE / "base" / "templates"],  # before allauth's own
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

DATABASES = {"default": databases.database(os.environ.get("GOODOFFICES_DATABASE_URL", ""), HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "storage.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "my-talks"
ACCOUNT_ADAPTER = "goodoffices.web.accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {"login": "goodoffices.web.accounts.forms.SignIn"}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None  # none is asked for
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
# Tries a minute. A whole delegation may come from one address; what protects an account is the count by name.
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "60/m/ip,5/300s/key"}
MFA_RATE_LIMITS = {"webauthn_login": "120/m/ip"}
ALLAUTH_TRUSTED_PROXY_COUNT = 0 if LOCAL else 1  # the web server in front, which also says that it spoke HTTPS
MFA_ADAPTER = "goodoffices.web.accounts.adapters.SecondStepAdapter"
MFA_FORMS = {"add_webauthn": "goodoffices.web.accounts.forms.AddPasskey"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Good Offices"
MFA_TOTP_TOLERANCE = 1  # steps of 30 seconds: phones' clocks differ
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # what signs acts must know who holds it
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = LOCAL

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = not LOCAL
SESSION_COOKIE_AGE = 12 * 60 * 60  # seconds: a working day at the table
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"  # arriving by a link in a message must not break forms open in other tabs
CSRF_COOKIE_AGE = None  # with the session: no date in it that would depend on the clock
CSRF_COOKIE_SECURE = not LOCAL
CSRF_FAILURE_VIEW = "goodoffices.web.base.errors.csrf_failure"
CSRF_TRUSTED_ORIGINS = [] if LOCAL else [f"https://{HOST}"]
SECURE_SSL_REDIRECT = not LOCAL
SECURE_PROXY_SSL_HEADER = None if LOCAL else ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 0 if LOCAL else 365 * 24 * 60 * 60
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024  # bytes of a form without its files
MAX_UPLOAD_BYTES = 26 * 1024 * 1024  # a paper of 25 MiB and the form around it
# In memory and nowhere else: what is handed in may be names of prisoners, and a temporary file would outlive them.
FILE_UPLOAD_MAX_MEMORY_SIZE = MAX_UPLOAD_BYTES
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]

# Counts failed sign-ins, by name and by address, and nothing of the talks. Each process counts for itself.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True  # served from the installed package: no step that collects them
WHITENOISE_AUTOREFRESH = False
WHITENOISE_ALLOW_ALL_ORIGINS = False  # nobody else's pages need them

_mail = smtp.settings(os.environ.get("GOODOFFICES_SMTP_URL", ""))
EMAIL_BACKEND, EMAIL_HOST, EMAIL_PORT = _mail.backend, _mail.host, _mail.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.user, _mail.password
EMAIL_USE_SSL, EMAIL_USE_TLS, EMAIL_TIMEOUT = _mail.tls, _mail.starttls, smtp.SECONDS
DEFAULT_FROM_EMAIL = os.environ.get("GOODOFFICES_MAIL_FROM", f"good-offices@{HOST}")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}

"""Settings: read from the data folder of the installation, never from the code.

The data folder (`SHOUMI_DATA`) holds `installation.toml`, `secret.key`, the database and the encrypted
attachments. proof.md's table of settings is kept here; a value that is unsafe outside the demonstration
stops the start (`shoumi.config.installation`).
"""

import os
import sqlite3
from pathlib import Path

from csp.constants import NONE, SELF

from shoumi.config.installation import Installation

BASE_DIR = Path(__file__).resolve().parents[2]
INSTALLATION = Installation.load(Path(os.environ.get("SHOUMI_DATA", BASE_DIR / "data" / "default")))

SECRET_KEY = INSTALLATION.secret_key
DEBUG = False
ALLOWED_HOSTS = INSTALLATION.hosts
DEPLOYMENT_GRADE = INSTALLATION.grade
DEMONSTRATION = INSTALLATION.demonstration

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "shoumi.platform.trail",
    "shoumi.platform.directory",
    "shoumi.platform.numbering",
    "shoumi.platform.rulebook",
    "shoumi.platform.access",
    "shoumi.platform.attachments",
    "shoumi.platform.obligations",
    "shoumi.platform.custody",
    "shoumi.platform.approvals",
    "shoumi.platform.ui",
    "shoumi.platform.works",
    "shoumi.platform.registers",
    "shoumi.domains.documents",
    "shoumi.domains.circulation",
    "shoumi.domains.classification",
    "shoumi.domains.handling",
    "shoumi.domains.dispatch",
    "shoumi.domains.equipment",
    "shoumi.domains.facilities",
    "shoumi.domains.organisation",
    "shoumi.domains.accounts",
    "shoumi.domains.ledgers",
    "shoumi.domains.personnel",
    "shoumi.domains.intake",
    "shoumi.desk",
]
MIDDLEWARE = [
    "shoumi.platform.ui.middleware.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "shoumi.platform.trail.middleware.asked_once",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "shoumi.domains.accounts.views.middleware.SessionLimits",
    "shoumi.platform.ui.middleware.RefusalMiddleware",
    "shoumi.domains.accounts.views.middleware.FirstSteps",
    "shoumi.platform.ui.middleware.OnceMiddleware",
]
ROOT_URLCONF = "shoumi.config.urls"
WSGI_APPLICATION = "shoumi.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "shoumi.platform.ui.context.frame",
            ]
        },
    }
]

# SQLite 3.7.0-3.51.2 can corrupt a database when WAL is reset (fixed in 3.51.3, 3.44.6 and 3.50.7).
_version = sqlite3.sqlite_version_info
WAL_IS_SAFE = (
    _version >= (3, 51, 3) or (3, 44, 6) <= _version < (3, 45) or (3, 50, 7) <= _version < (3, 51)
)
_journal = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
    if WAL_IS_SAFE
    else "PRAGMA journal_mode=DELETE; PRAGMA synchronous=EXTRA;"
)
if INSTALLATION.database_url:
    DATABASES = {"default": INSTALLATION.postgres()}
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": INSTALLATION.folder / "shoumi.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    # trusted_schema stays on: 3.40 refuses json_valid() in a CHECK without it; a schema
                    # changed by hand is found by its fingerprint instead (trail.schema).
                    f"{_journal} PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;"
                    "PRAGMA recursive_triggers=ON; PRAGMA temp_store=MEMORY;"
                ),
            },
        }
    }
ATOMIC_REQUESTS = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "directory.Person"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
LOGIN_URL = "/login/"
PASSWORD_HASHERS = ["shoumi.config.passwords.Argon2"]
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "shoumi"
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = INSTALLATION.https
CSRF_COOKIE_SECURE = INSTALLATION.https
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "shoumi.platform.ui.errors.csrf_failure"
CSRF_TRUSTED_ORIGINS = INSTALLATION.trusted_origins
SECURE_HSTS_SECONDS = 31_536_000 if INSTALLATION.https else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "report-uri": "/csp/",
    }
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000
FILE_UPLOAD_PERMISSIONS = 0o600

STATIC_URL = "/static/"
# Served from the package itself: an installation without a collecting step cannot forget it.
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 600

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}

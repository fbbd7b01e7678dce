"""Django's settings, all of them derived from the LOOPWELL_* environment (config/env.py)."""

import hashlib
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext_lazy

from loopwell import __version__
from loopwell.config import env

ENV = env.read()
PACKAGE = Path(__file__).resolve().parent.parent
DATA_DIR: Path = ENV["data_dir"]
SECRET_KEY = ENV["secret_key"] or env.secret_key(DATA_DIR)
DEBUG = False
BASE_URL: str = ENV["base_url"]
_base = urlsplit(BASE_URL)
ALLOWED_HOSTS = [str(_base.hostname), "127.0.0.1", "localhost", *ENV["allowed_hosts"]]
CSRF_TRUSTED_ORIGINS = [BASE_URL]

INSTALLED_APPS = [
    "loopwell.access",
    "loopwell.journal",
    "loopwell.jobs",
    "loopwell.people",
    "loopwell.surveys",
    "loopwell.sampling",
    "loopwell.responses",
    "loopwell.delivery",
    "loopwell.themes",
    "loopwell.cases",
    "loopwell.insights",
    "loopwell.huddles",
    "loopwell.initiatives",
    "loopwell.stories",
    "loopwell.promoters",
    "loopwell.targets",
    "loopwell.benchmarks",
    "loopwell.notify",
    "loopwell.digests",
    "loopwell.integrations.imap",
    "loopwell.integrations.sql",
    "loopwell.integrations.webhooks",
    "loopwell.integrations",
    "loopwell.demo",
    "loopwell.console",
    "loopwell.respond",
    "loopwell.api",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
]

MIDDLEWARE = [
    "loopwell.config.security.SecurityHeaders",
    "loopwell.config.security.WithoutNul",
    "django.middleware.security.SecurityMiddleware",
    "loopwell.config.lean.CustomersPassBy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "loopwell.console.middleware.PersonalSettings",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "loopwell.console.middleware.ExpectedErrors",
]

ROOT_URLCONF = "loopwell.config.urls"
WSGI_APPLICATION = "loopwell.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "loopwell.console.context.page",
                "loopwell.demo.context.sign_in_page",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"


def _database(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    if parts.scheme in ("", "sqlite"):
        path = Path(unquote(parts.path)) if parts.scheme else DATA_DIR / "loopwell.sqlite3"
        pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32000;"
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": path,
            "CONN_MAX_AGE": None,  # opening a file and its pragmas cost more than most requests
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas},
            "TEST": {"NAME": DATA_DIR / "test.sqlite3"},
        }
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": parts.port or "",
        "OPTIONS": {"pool": {"min_size": 1, "max_size": ENV["database_pool"], "timeout": 20}},
    }


DATABASES = {"default": _database(ENV["database_url"])}
SOURCES: dict[str, str] = ENV["sources"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
EMBEDDINGS: bool = ENV["embeddings"]
WAREHOUSE_URL: str = ENV["warehouse_url"] or (
    ENV["database_url"]
    if DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql"
    else f"duckdb://{DATA_DIR / 'warehouse.duckdb'}"
)

LANGUAGE_CODE = ENV["language"]
LANGUAGES = [
    ("en", gettext_lazy("English")),
    ("ru", gettext_lazy("Russian")),
    ("uk", gettext_lazy("Ukrainian")),
    ("pl", gettext_lazy("Polish")),
]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
FORMAT_MODULE_PATH = ["loopwell.config.formats"]
USE_TZ = True
TIME_ZONE = ENV["time_zone"]


def _static_digest() -> str:
    """Changes when a shipped file changes, so that browsers may keep what they have for ever."""
    digest = hashlib.sha256(__version__.encode())
    for path in sorted(PACKAGE.glob("*/static/**/*")):
        if path.is_file():
            facts = path.stat()
            digest.update(
                f"{path.relative_to(PACKAGE)}:{facts.st_size}:{facts.st_mtime_ns}".encode()
            )
    return digest.hexdigest()[:12]


STATIC_URL = f"/static/{_static_digest()}/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 365 * 24 * 3600
MEDIA_ROOT = DATA_DIR / "files"
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "loopwell.access.adapter.ClosedSignup"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PREVENT_ENUMERATION = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Loopwell"

SECURE = BASE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_NAME = "loopwell_session"
CSRF_COOKIE_NAME = "loopwell_csrf"
CSRF_FAILURE_VIEW = "loopwell.console.errors.form_expired"
LANGUAGE_COOKIE_NAME = "loopwell_language"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if SECURE:
    SECURE_HSTS_SECONDS = 31536000
if ENV["trust_proxy"]:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")


def _provider(name: str, account: str, webhook_key: str) -> dict[str, object]:
    """What anymail must know of a mail provider; keys keep their case."""
    key, _at, domain = account.partition("@")
    first, _colon, second = unquote(key).partition(":")
    words = name.upper()
    own: dict[str, dict[str, object]] = {
        "mailgun": {"MAILGUN_SENDER_DOMAIN": domain, "MAILGUN_WEBHOOK_SIGNING_KEY": webhook_key},
        "mailjet": {"MAILJET_SECRET_KEY": second},
        "postmark": {"POSTMARK_SERVER_TOKEN": first},
        "sendgrid": {"SENDGRID_TRACKING_WEBHOOK_VERIFICATION_KEY": webhook_key},
    }
    return {f"{words}_API_KEY": first, "REQUESTS_TIMEOUT": (10, 30), **own.get(name, {})}


def _email(url: str) -> None:
    """Mail leaves by SMTP or through a provider, or is written to files when no server is named."""
    scope = globals()
    scope["OUTBOX_DIR"] = DATA_DIR / "outbox"
    if not url:
        scope["EMAIL_BACKEND"] = "django.core.mail.backends.filebased.EmailBackend"
        scope["EMAIL_FILE_PATH"] = DATA_DIR / "outbox"
        return
    parts = urlsplit(url)
    if parts.scheme in env.ESPS:
        scope["EMAIL_BACKEND"] = f"anymail.backends.{parts.scheme}.EmailBackend"
        scope["ANYMAIL"] = _provider(parts.scheme, parts.netloc, ENV["email_webhook_key"])
        scope["EMAIL_ESP"] = scope["EMAIL_PROVIDER"] = parts.scheme
        return
    scope["EMAIL_PROVIDER"] = parts.hostname or "localhost"
    scope["EMAIL_BACKEND"] = "django.core.mail.backends.smtp.EmailBackend"
    scope["EMAIL_HOST"] = parts.hostname or "localhost"
    scope["EMAIL_PORT"] = parts.port or {"smtp": 25, "smtp+tls": 587, "smtps": 465}[parts.scheme]
    scope["EMAIL_HOST_USER"] = unquote(parts.username or "")
    scope["EMAIL_HOST_PASSWORD"] = unquote(parts.password or "")
    scope["EMAIL_USE_TLS"] = parts.scheme == "smtp+tls"
    scope["EMAIL_USE_SSL"] = parts.scheme == "smtps"
    scope["EMAIL_TIMEOUT"] = 30


OUTBOX_DIR: Path = DATA_DIR / "outbox"
EMAIL_PROVIDER = EMAIL_ESP = ""
ANYMAIL: dict[str, object] = {}
_email(ENV["email_url"])
EMAIL_TO_FILES = not ENV["email_url"]
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENV["email_from"]
REPLY_ADDRESS: str = ENV["reply_address"]
EMAIL_PER_SECOND: int = ENV["email_per_second"]
SMS_URL: str = ENV["sms_url"]
SMS_METHOD: str = ENV["sms_method"]
SMS_HEADERS: dict[str, str] = ENV["sms_headers"]
SMS_BODY: str = ENV["sms_body"]
SMS_SUCCESS: str = ENV["sms_success"]
SMS_ID: str = ENV["sms_id"]
CODER_URL: str = ENV["coder_url"]
CODER_KEY: str = ENV["coder_key"]
CODER_MODEL: str = ENV["coder_model"]
ALLOW_PRIVATE_NETWORKS: bool = ENV["allow_private_networks"]
SENDERS: int = ENV["senders"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"loopwell": {"level": ENV["log_level"]}},
}

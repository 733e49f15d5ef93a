"""Settings shared by every way of running. Everything that differs is read from the environment."""

from pathlib import Path

import dj_database_url
from django.utils.translation import gettext_lazy as _
from environs import Env

env = Env()
BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = Path(env.str("VAR_DIR", str(BASE_DIR / "var")))

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY", "")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", [])
SITE_URL = env.str("SITE_URL", "http://127.0.0.1:8000")
# Demonstration mode offers one-click sign-in for invented accounts and shows the ribbon.
DEMONSTRATION = env.bool("DEMONSTRATION", False)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.admin",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "rules.apps.AutodiscoverRulesConfig",
    "simple_history",
    "csp",
    "django_htmx",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "cohes3ion.lib",
    "cohes3ion.accounts",
    "mapping",
    "governance",
    "journeys",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "cohes3ion.lib.middleware.known_methods",
    "cohes3ion.lib.middleware.addresses_without_nul",
    "cohes3ion.lib.middleware.unavailable_database",
    "cohes3ion.lib.middleware.Compression",
    "django.middleware.http.ConditionalGetMiddleware",
    "cohes3ion.lib.public_pages.public_pages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "cohes3ion.lib.middleware.private_pages",
    "axes.middleware.AxesMiddleware",
    "cohes3ion.lib.middleware.pages_for_wrong_methods",
]

ROOT_URLCONF = "cohes3ion.urls"
WSGI_APPLICATION = "cohes3ion.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csrf",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "cohes3ion.lib.context.site",
            ],
            "builtins": ["cohes3ion.lib.template_tags", "django.templatetags.i18n"],
        },
    },
]

DATABASES = {
    "default": dj_database_url.parse(
        env.str("DATABASE_URL", f"sqlite:///{VAR_DIR / 'stm.sqlite3'}"),
        conn_max_age=60,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Without these, half of the writes of twelve people at once fail with "database is locked".
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["OPTIONS"] = {
        "options": "-c statement_timeout=30000 -c lock_timeout=5000 "
        "-c idle_in_transaction_session_timeout=60000"
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "cohes3ion.accounts.adapter.InvitedOnlyAdapter"
ACCOUNT_PREVENT_ENUMERATION = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "governance:workspace"
ACCOUNT_LOGOUT_REDIRECT_URL = "journeys:start"
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "accounts/locked.html"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "cohes3ion.lib.errors.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

LANGUAGE_CODE = "en"
FORMAT_MODULE_PATH = ["cohes3ion.formats"]
LANGUAGES = [("en", "English"), ("el", "Ελληνικά"), ("es", "Español"), ("pl", "Polski")]
LOCALE_PATHS = [BASE_DIR / "cohes3ion" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Brussels"

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "cohes3ion.lib.whole_files.WholeFileStorage"},
    "staticfiles": {"BACKEND": "cohes3ion.lib.static_files.SiteStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
# Nothing under MEDIA_ROOT has an address of its own: files leave through views that check the record.
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", str(VAR_DIR / "media")))
MEDIA_URL = ""
# Outlines of regions other than those shipped: a folder made as mapping/data/PROVENANCE.md says.
OUTLINES_DIR = env.str("OUTLINES_DIR", "")

# The tables that pages under @public_page read. A change of any row makes all of them anew.
PUBLIC_ROWS = [
    "mapping.Project",
    "mapping.Exercise",
    "mapping.Region",
    "mapping.RegionMap",
    "governance.MapEdition",
    "governance.Adoption",
    "governance.Analysis",
    "governance.RegionResult",
    "journeys.Document",
    "journeys.SummarySentence",
    "journeys.ActionPlan",
    "journeys.Action",
    "journeys.MeetingCount",
]
PUBLIC_PAGES_BYTES = 24 * 1024 * 1024  # compressed, in each process; a diagnosis takes about 60 kB

DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 7_000  # a matrix of 2,000 cells at once, with versions and what was shown
DATA_UPLOAD_MAX_NUMBER_FILES = 10
EVIDENCE_MAX_BYTES = 25 * 1024 * 1024
# A film about the method, shown on "How mapping works": mapping.mp4 with mapping.en.vtt and mapping.en.txt.
VIDEO_DIR = env.str("VIDEO_DIR", "") or str(VAR_DIR / "video")
# A clamd that checks uploads: the path of its socket, or host:port. Empty: files are not checked.
CLAMD_ADDRESS = env.str("CLAMD_ADDRESS", "")
# Who registered for an event is forgotten so many days after it.
EVENT_PEOPLE_DAYS = env.int("EVENT_PEOPLE_DAYS", 90)
# A language model for matching, as a path to a callable: texts and languages in, a row of numbers each out.
MATCHING_MODEL = env.str("MATCHING_MODEL", "")
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "cohes3ion.lib.uploads.LimitedUploadHandler",
]

# A worker shows a sign of life every ten seconds; after a lease without one its work goes to another.
JOB_HEARTBEAT_SECONDS = env.float("JOB_HEARTBEAT_SECONDS", 10)
JOB_LEASE_SECONDS = env.float("JOB_LEASE_SECONDS", 30)
JOB_WAITING_SECONDS = env.float("JOB_WAITING_SECONDS", 60)
JOB_SWEEP_SECONDS = env.float("JOB_SWEEP_SECONDS", 30)
JOB_TIME_LIMIT_SECONDS = env.int("JOB_TIME_LIMIT_SECONDS", 270)
# So much longer has work that does not hear the limit; then its process is killed.
JOB_GRACE_SECONDS = env.int("JOB_GRACE_SECONDS", 30)
JOB_MEMORY_MIB = env.int("JOB_MEMORY_MIB", 4096)

REDIS_URL = env.str("REDIS_URL", f"redis+socket://{VAR_DIR / 'redis.sock'}")
CELERY_BROKER_URL = REDIS_URL
CELERY_RESULT_BACKEND = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 100
CELERY_WORKER_MAX_MEMORY_PER_CHILD = JOB_MEMORY_MIB * 1024 // 2
# A message carries the limits of the process that sent it: web, beat and workers need the same settings.
CELERY_TASK_SOFT_TIME_LIMIT = JOB_TIME_LIMIT_SECONDS
CELERY_TASK_TIME_LIMIT = JOB_TIME_LIMIT_SECONDS + JOB_GRACE_SECONDS
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 2,
    "socket_timeout": 5,
}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    "sweep-analyses": {"task": "governance.sweep_jobs", "schedule": JOB_SWEEP_SECONDS},
    "forget-replies": {"task": "accounts.forget_replies", "schedule": 3600},
    "send-reminders": {"task": "governance.send_reminders", "schedule": 900.0},
    "tell-who-was-named": {"task": "governance.tell_who_was_named", "schedule": 300.0},
    "look-after-events": {"task": "journeys.look_after_events", "schedule": 900.0},
    "forget-subscribers": {"task": "journeys.forget_subscribers", "schedule": 3600.0},
    "look-after-matches": {"task": "journeys.look_after_matches", "schedule": 20.0},
    "catch-up-search": {"task": "journeys.catch_up_search", "schedule": 60.0},
    "deliver-mails": {"task": "accounts.deliver_due", "schedule": JOB_SWEEP_SECONDS},
    "sweep-documents": {"task": "journeys.sweep_jobs", "schedule": JOB_SWEEP_SECONDS},
}

EMAIL_BACKEND = env.str("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
EMAIL_HOST = env.str("EMAIL_HOST", "localhost")
EMAIL_PORT = env.int("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = env.bool("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "stm@localhost")

API_PER_MINUTE = env.int("API_PER_MINUTE", 100)  # requests of one account, over all its programs
# Of one account, or of one address where nobody is signed in; 0: no limit.
SEARCHES_PER_MINUTE = env.int("SEARCHES_PER_MINUTE", 60)
ORDERS_PER_MINUTE = env.int("ORDERS_PER_MINUTE", 30)  # files, analyses and documents ordered or sent
# A proxy in front says who asks, and over which protocol.
BEHIND_PROXY = env.bool("BEHIND_PROXY", False)
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "cohes3ion.accounts.programs.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["cohes3ion.accounts.programs.MayWrite"],
    "DEFAULT_THROTTLE_CLASSES": ["cohes3ion.accounts.programs.PerAccount"],
    "DEFAULT_PARSER_CLASSES": ["cohes3ion.lib.json_bodies.StrictJSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PAGINATION_CLASS": "cohes3ion.lib.pagination.Pages",
    "DEFAULT_FILTER_BACKENDS": [
        "cohes3ion.lib.parameters.KnownParameters",
        "django_filters.rest_framework.DjangoFilterBackend",
    ],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "cohes3ion.lib.problems.exception_handler",
    "PAGE_SIZE": 50,
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Smart Territorial Mapping",
    "DESCRIPTION": "Published maps, scores and findings; answers of those who take part. How to write them: "
    "docs/api.md. Every number is this product's own method (stm-1).",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "cohes3ion.lib.schema.without_database_limits",
    ],
    "ENUM_NAME_OVERRIDES": {
        "AnswerKindEnum": "mapping.enums.AnswerKind",
        "CapabilityKindEnum": "mapping.enums.CapabilityKind",
        "CapabilityRoleEnum": "mapping.enums.ChainRole",
        "UnitKindEnum": "mapping.enums.UnitKind",
        "ServiceEnum": "mapping.enums.Service",
    },
}

LANGUAGE_NAMES = dict(LANGUAGES)
SITE_NAME = _("Smart Territorial Mapping")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "WARNING")},
}
SILENCED_SYSTEM_CHECKS: list[str] = []

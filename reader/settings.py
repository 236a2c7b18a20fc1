"""
All settings, read from the environment. With nothing set the site is safe and runs.

The variables are listed in docs/operators.md.
"""

from email.utils import formataddr
from pathlib import Path

from csp.constants import NONE, SELF

from reader.environment import (
    env,
    env_bool,
    env_choice,
    env_database,
    env_days,
    env_list,
    env_mail_server,
    env_networks,
    env_sender,
    secret_from_file,
)
from reader.languages import LANGUAGES

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env("DATA_DIR", str(BASE_DIR / "var"))).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)

# --- The site -----------------------------------------------------------------------

SITE_NAME = env("SITE_NAME", "Foldline")
DEBUG = env_bool("DEBUG", default=False)
SECRET_KEY = env("SECRET_KEY") or secret_from_file(DATA_DIR / "secret_key")
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS", "localhost 127.0.0.1 [::1]")
# Who may post without an account: everybody, everybody after a look by a moderator, nobody.
COMMENT_GUESTS = env_choice("COMMENT_GUESTS", ("open", "held", "off"))
# Whether readers see suggested hashtags at once, or when an editor has accepted them.
HASHTAG_SUGGESTIONS = env_choice("HASHTAG_SUGGESTIONS", ("public", "review"))
# How old an article is when its comments close; never at 0.
COMMENTS_CLOSE_AFTER_DAYS = env_days("COMMENTS_CLOSE_AFTER_DAYS")
# Whether readers vote for and against comments, or for them only.
COMMENT_VOTES = env_choice("COMMENT_VOTES", ("up-down", "up"))
RATE_LIMITS = env_bool("RATE_LIMITS", default=True)
# What the first start gives an empty site: articles to look at, and an account for the desk.
SAMPLE_EDITION = env_bool("SAMPLE_EDITION", default=True)
EDITOR_PASSWORD = env("EDITOR_PASSWORD")
# Everybody is asked to come back later, while an operator works on the site.
MAINTENANCE = env_bool("MAINTENANCE", default=False)
# Where tests and benchmarks find real articles; they are not part of the project.
CORPUS_DIR = Path(env("CORPUS_DIR", str(BASE_DIR.parent / "shared" / "data")))
# Who may say in X-Forwarded-For where a request came from; nobody else is believed.
TRUSTED_PROXIES = env_networks("TRUSTED_PROXIES")
# Asks search engines to leave out pages that show what a publisher published first.
NOINDEX_REPUBLISHED = env_bool("NOINDEX_REPUBLISHED", default=False)
# Set by whoever serves over HTTPS; then cookies travel only there.
HTTPS = env_bool("HTTPS", default=False)

# --- Parts --------------------------------------------------------------------------

INSTALLED_APPS = [
    "reader",
    "reader.accounts",
    "reader.articles",
    "reader.hashtags",
    "reader.search",
    "reader.glance",
    "reader.stories",
    "reader.following",
    "reader.related",
    "reader.display",
    "reader.about",
    "reader.desk.apps.DeskConfig",
    "comments.badges",
    "comments.threads",
    "comments.moderation",
    "comments.notices",
    "comments.finding",
    "reader.desk.apps.AdminSiteConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    # Its templates draw every form; see FORM_RENDERER.
    "django.forms",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # Before the policies below, which concern pages and would double the size of a small file.
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "reader.middleware.permissions_policy",
    "reader.display.middleware.interface_language",
    "reader.middleware.maintenance",
    "reader.middleware.speculation_rules",
    "reader.middleware.private_to_the_known",
    # Pads its answers by chance, so that their size does not betray a token.
    "django.middleware.gzip.GZipMiddleware",
    # Where there is no token.
    "reader.compression.brotli_for_everybody",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "reader.display.middleware.display_choices",
    "reader.csrf.CookielessCsrfMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "reader.middleware.htmx_redirects",
]

ROOT_URLCONF = "reader.urls"
WSGI_APPLICATION = "reader.wsgi.application"
# An address typed without its scheme is https, as in Django 6; the setting goes away with 5.2.
FORMS_URLFIELD_ASSUME_HTTPS = True
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "reader.context.site",
            ],
        },
    },
]

# --- Data ---------------------------------------------------------------------------

DATABASES = {
    "default": env_database("DATABASE_URL", f"sqlite:///{DATA_DIR / 'db.sqlite3'}"),
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # Writers queue up instead of failing when a reader turns into a writer.
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        # WAL with FULL: an acknowledged commit survives a power cut.
        "init_command": (
            "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA mmap_size=268435456;"
            "PRAGMA cache_size=-20000;PRAGMA journal_size_limit=67108864;PRAGMA temp_store=MEMORY;"
        ),
    }

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
# BundleFinder joins static/css and static/js; only static/files is served as it is.
STATICFILES_DIRS = [BASE_DIR / "static" / "files"]
STATICFILES_FINDERS = [
    "reader.assets.BundleFinder",
    "reader.fonts.FontFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
# Browsers take rules about early fetching under this type only; see reader.middleware.
WHITENOISE_MIMETYPES = {".speculationrules": "application/speculationrules+json"}
MEDIA_ROOT = DATA_DIR / "media"

# --- People -------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "articles:front"
LOGOUT_REDIRECT_URL = "articles:front"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_ADAPTER = "reader.accounts.adapter.AccountAdapter"
ACCOUNT_SIGNUP_FORM_CLASS = "reader.accounts.forms.NameForm"
ACCOUNT_USER_DISPLAY = "reader.accounts.models.display_name"
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_EMAIL_SUBJECT_PREFIX = f"{SITE_NAME}: "
ACCOUNT_SESSION_REMEMBER = True
# {} keeps allauth's own limits, which docs/operators.md lists.
ACCOUNT_RATE_LIMITS: dict[str, str] | bool = {} if RATE_LIMITS else False
ACCOUNT_LOGOUT_REDIRECT_URL = LOGOUT_REDIRECT_URL
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
# Some mail servers let a stranger's first letter wait.
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
MFA_SUPPORTED_TYPES = ["webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ADAPTER = "reader.accounts.passkeys.PasskeyAdapter"
MFA_FORMS = {
    "add_webauthn": "reader.accounts.passkeys.AddPasskeyForm",
    "edit_webauthn": "reader.accounts.passkeys.RenamePasskeyForm",
    "login_webauthn": "reader.accounts.passkeys.LogInForm",
    "reauthenticate_webauthn": "reader.accounts.passkeys.ReauthenticateForm",
}
MFA_RATE_LIMITS = ACCOUNT_RATE_LIMITS

_mail = env_mail_server("EMAIL_URL")
EMAIL_BACKEND = _mail.backend
EMAIL_HOST, EMAIL_PORT = _mail.host, _mail.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.user, _mail.password
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.starts_tls, _mail.is_tls
# A person waits for the page meanwhile.
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env_sender("EMAIL_FROM", formataddr((SITE_NAME, "news@localhost")))
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- Words and time -----------------------------------------------------------------

LANGUAGE_CODE = LANGUAGES[0][0]
LOCALE_PATHS = [DATA_DIR / "locale"]
FORMAT_MODULE_PATH = ["reader.formats"]
TIME_ZONE = env("TIME_ZONE", "UTC")
USE_I18N = True
USE_TZ = True

# --- Safety -------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_SSL_REDIRECT = HTTPS
# For this host alone. Its subdomains, and lists that browsers carry for years, are not the site's
# to promise for: who wants that says so in the proxy.
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SAMESITE = "Lax"
SILENCED_SYSTEM_CHECKS = [
    "security.W003",  # looks for Django's middleware by name; ours is a subclass of it
    "security.W005",  # wants HSTS for subdomains, see above
    "security.W021",  # wants HSTS preloaded, see above
]
CSRF_FAILURE_VIEW = "reader.views.csrf_failure"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", "WARNING")},
}

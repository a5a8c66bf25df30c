"""Assembly: the one place that sees every room and wires them together."""

from __future__ import annotations

import gc
from importlib import import_module
from pkgutil import iter_modules

from flask import Flask
from flask_compress import Compress
from flask_migrate import Migrate
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from config import ROOT, Settings, Signing, read_settings
from portal import models
from portal.adapters.catalogue_search import CatalogueIndexes
from portal.adapters.clock import SystemClock
from portal.adapters.demonstration_key import demonstration_key
from portal.adapters.digests import KeyedDigests
from portal.adapters.documents import ReadingRoom
from portal.adapters.entropy import SystemEntropy
from portal.adapters.one_time_codes import SealedOneTimeCodes
from portal.adapters.scanner import ClamDaemon, NoScanner
from portal.adapters.signing import FileKey, PadesSigner, TokenKey
from portal.adapters.single_sign_on import OpenIdProvider
from portal.adapters.storage import FolderStorage
from portal.adapters.typesetting import TypstTypesetter
from portal.domain.ports import Clock
from portal.domain.retention import RetentionPeriods
from portal.models.database import db, prepare_engine
from portal.rulebook.loader import Rulebook, load
from portal.services.house import House
from portal.web import doors
from portal.web.access import current_actor, init_access, require_markers
from portal.web.account.security import init_security
from portal.web.account.sessions import unread_here
from portal.web.formatting import init_formatting
from portal.web.headers import init_headers
from portal.web.kept_forms import take_kept
from portal.web.languages import init_languages
from portal.web.limits import limiter
from portal.web.navigation import init_navigation
from portal.web.outcomes import init_outcomes
from portal.web.rendering import init_rendering
from portal.web.retention import init_retention
from portal.web.site import init_site
from portal.web.transactions import init_transactions
from portal.wording.stationery import TemplateStationery

# Addresses of static files carry a digest of their content, so a kept copy is never stale.
_A_YEAR = 365 * 24 * 3600

csrf = CSRFProtect()
migrate = Migrate(directory=str(ROOT / "migrations"), render_as_batch=True)


def create_app(
    settings: Settings | None = None, *, clock: Clock | None = None, rulebook: Rulebook | None = None
) -> Flask:
    """Build the portal. Refuses to start with bad settings, a broken rulebook, or an unmarked view.

    ``clock`` and ``rulebook`` are given by tests and demonstrations; service uses the machine's
    clock and the shipped rulebook.
    """
    settings = settings or read_settings()
    app = Flask(
        "portal",
        root_path=str(ROOT / "portal"),
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "static"),
    )
    init_rendering(app)
    _configure(app, settings)
    _open_database(app, settings)
    app.extensions["house"] = House(
        session=db.session,  # type: ignore[arg-type]  # a session of Flask-SQLAlchemy is a session
        clock=clock or SystemClock(),
        entropy=SystemEntropy(),
        storage=FolderStorage(settings.storage_folder),
        reader=ReadingRoom(settings.signature_trust_roots),
        scanner=ClamDaemon(settings.clamd_address) if settings.clamd_address else NoScanner(),
        stationery=TemplateStationery(ROOT / "templates"),
        rulebook=rulebook or load(),
        one_time_codes=SealedOneTimeCodes(settings.password_salt, "Twin City Bridge"),
        identity_digests=KeyedDigests(settings.identity_key),
        typesetter=TypstTypesetter(ROOT / "templates" / "documents"),
        signer=_signer(settings.signing),
        catalogue_indexes=CatalogueIndexes(),
        base_url=settings.base_url,
        operator=settings.operator.name,
        sign_on=_sign_on(settings),
        retention=RetentionPeriods.set_by_operator(settings.retention_months),
    )
    app.extensions["settings"] = settings
    _open_doors(app, settings)
    require_markers(app)
    _stand_behind(app, settings)
    # The rulebook stays for good: the collector need not walk through it in the middle of a page.
    gc.collect()
    gc.freeze()
    return app


def _sign_on(settings: Settings) -> OpenIdProvider | None:
    given = settings.single_sign_on
    if given is None:
        return None
    return OpenIdProvider(
        issuer=given.issuer,
        client_id=given.client_id,
        client_secret=given.client_secret,
        name=given.name,
    )


def _signer(signing: Signing) -> PadesSigner:
    """The operator's key; a demonstration's own where none is configured."""
    token = signing.token
    if token is not None:
        key = TokenKey(module=token.module, token=token.token, label=token.key, pin=token.pin)
        return PadesSigner(key, timestamp_url=signing.timestamp_url)
    file = signing.pkcs12 or demonstration_key(signing.demonstration_folder)
    return PadesSigner(FileKey(file, signing.passphrase), timestamp_url=signing.timestamp_url)


def _configure(app: Flask, settings: Settings) -> None:
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_TRACK_MODIFICATIONS=False,
        MAX_CONTENT_LENGTH=settings.largest_request_bytes,
        MAX_FORM_MEMORY_SIZE=1024 * 1024,
        SESSION_COOKIE_NAME="bridge",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.base_url.startswith("https://"),
        PERMANENT_SESSION_LIFETIME=30 * 60,
        WTF_CSRF_TIME_LIMIT=None,
        RATELIMIT_STORAGE_URI=settings.limits_url,
        RATELIMIT_HEADERS_ENABLED=False,
        OPERATOR_NAME=settings.operator.name,
        OPERATOR_EMAIL=settings.operator.email,
        PRIVACY_OFFICER=settings.operator.privacy_officer,
        PASSWORD_SALT=settings.password_salt,
    )
    if settings.environment == "test":
        app.config["TESTING"] = True


def _open_database(app: Flask, settings: Settings) -> None:
    if settings.database_url.startswith("sqlite:////"):
        (ROOT / "instance").mkdir(exist_ok=True)
    # Migrations and tests compare the schema with every table there is, named by a use case or not.
    for family in iter_modules(models.__path__):
        import_module(f"{models.__name__}.{family.name}")
    db.init_app(app)
    migrate.init_app(app, db)
    with app.app_context():
        prepare_engine(db.engine)


def _compress_pages(app: Flask) -> None:
    """Send pages packed. Registered before everything else, so that it handles the finished answer.

    Nothing a stranger can put into a page is packed beside a secret that lasts: tokens against
    forged forms are signed anew for each page, and the session's cookie goes only with our own links.
    """
    app.config.update(COMPRESS_MIMETYPES=["text/html", "application/json"], COMPRESS_ALGORITHM=["br", "gzip"])
    Compress(app)


def _open_doors(app: Flask, settings: Settings) -> None:
    _compress_pages(app)
    init_transactions(app)
    init_languages(
        app, account_language=lambda: current_actor().language if current_actor().is_signed_in else None
    )
    init_headers(app)
    init_formatting(app, app.extensions["house"].clock.today)
    init_retention(app, lambda: app.extensions["house"].retention)
    init_site(app)
    init_navigation(app, current_actor, unread_here)
    csrf.init_app(app)
    limiter.init_app(app)
    init_security(app, settings)
    init_access(app)
    app.before_request(take_kept)
    init_outcomes(app)
    # Production always has a mail server, or it does not start.
    shows_mailbox = settings.mail is None
    app.jinja_env.globals["mailbox_shown"] = shows_mailbox
    doors.open_all(app, shows_mailbox=shows_mailbox, has_single_sign_on=settings.single_sign_on is not None)


def _stand_behind(app: Flask, settings: Settings) -> None:
    """Serve the static files well, and read addresses past the proxies that are ours."""
    served = WhiteNoise(app.wsgi_app, root=str(ROOT / "static"), prefix="static/", max_age=_A_YEAR)
    proxies = settings.trusted_proxies
    # Assigning ``wsgi_app`` is the way Flask names for putting middleware around a portal.
    if proxies:
        app.wsgi_app = ProxyFix(served, x_for=proxies, x_proto=proxies, x_host=proxies)  # type: ignore[method-assign]
    else:
        app.wsgi_app = served  # type: ignore[method-assign]

"""Flask-Security, set up for this house: our forms, our words, our outbox, our tables.

Owns the joining only. What a password, a token or a session is stays the library's business.
"""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, after_this_request, current_app, render_template
from flask_security import MailUtil, Security, SQLAlchemyUserDatastore
from sqlalchemy import select

from config import Settings
from portal.domain.places import Jurisdiction
from portal.models.accounts import Account, Appointed
from portal.models.database import db
from portal.services.accounts import make_professional
from portal.services.house import House
from portal.services.outbox import post_words
from portal.web.account.forms import (
    ChangePassword,
    ConfirmAgain,
    ForgotPassword,
    Register,
    ResetPassword,
    SignIn,
    VerifyPassword,
)
from portal.web.account.words import MESSAGES, SUBJECTS
from portal.web.languages import CatalogueDomain, current_language
from portal.web.limits import limiter

SHORTEST_PASSWORD = 12


class Datastore(SQLAlchemyUserDatastore):  # type: ignore[misc]
    """Makes accounts through the house's own use case, so that a person stands behind each."""

    def create_user(self, **fields: Any) -> Account:
        """Make a professional's account; Flask-Security commits at the end of the request."""
        house: House = current_app.extensions["house"]
        return make_professional(
            house,
            email=fields["email"],
            password_digest=fields["password"],
            home=Jurisdiction(fields["home"]),
            language=current_language().locale,
        )

    def find_user(self, case_insensitive: bool = False, **identity: Any) -> Account | None:
        """Find an account in one statement, its appointments in a second."""
        (name, value), *_ = identity.items()
        if name == "email":
            value = str(value).lower()
        return db.session.scalars(select(Account).where(getattr(Account, name) == value)).one_or_none()


class OutboxMail(MailUtil):  # type: ignore[misc]
    """Hands Flask-Security's e-mails to the outbox, in the transaction they belong to."""

    def send_mail(
        self,
        template: str,
        subject: str,
        recipient: Any,
        sender: Any,
        body: str | None,
        html: str | None,
        **context: Any,
    ) -> None:
        """Post the words as rendered; addresses come as a plain string here."""
        house: House = current_app.extensions["house"]
        post_words(
            house,
            template.rpartition("/")[2],
            recipient=str(recipient),
            language=current_language().locale,
            subject=str(subject),
            body=_tidy(body or ""),
        )
        # The library commits only what it made itself; an e-mail about an account that was there
        # before would stay behind.
        after_this_request(_commit)


def init_security(app: Flask, settings: Settings) -> None:
    """Set Flask-Security up; its views live under /account."""
    app.config.update(_configuration(settings))
    security = Security(
        app,
        Datastore(db, Account, Appointed),
        mail_util_cls=OutboxMail,
        render_template=_render,
        login_form=SignIn,
        register_form=Register,
        send_confirmation_form=ConfirmAgain,
        forgot_password_form=ForgotPassword,
        reset_password_form=ResetPassword,
        change_password_form=ChangePassword,
        verify_form=VerifyPassword,
    )
    security.i18n_domain = CatalogueDomain()
    app.jinja_env.globals["_fsdomain"] = security.i18n_domain.gettext
    _limit_tries(app)


def _render(template: str, **context: Any) -> str:
    forms = [value for name, value in context.items() if name.endswith("_form")]
    return render_template(template, form=forms[0] if forms else None, **context)


def _limit_tries(app: Flask) -> None:
    # Each address may try so often; the library itself has no limit of its own.
    for endpoint, limit in {
        "security.login": "20 per minute; 100 per hour",
        "security.register": "10 per minute; 40 per hour",
        "security.forgot_password": "10 per minute; 40 per hour",
        "security.send_confirmation": "10 per minute; 40 per hour",
        "security.reset_password": "20 per minute",
        "security.change_password": "20 per minute",
        "security.verify": "20 per minute",
    }.items():
        app.view_functions[endpoint] = limiter.limit(limit, methods=["POST"])(
            app.view_functions[endpoint]
        )


def _configuration(settings: Settings) -> dict[str, Any]:
    templates = {
        "LOGIN_USER": "sign_in",
        "REGISTER_USER": "register",
        "FORGOT_PASSWORD": "forgot_password",
        "RESET_PASSWORD": "reset_password",
        "CHANGE_PASSWORD": "change_password",
        "SEND_CONFIRMATION": "confirm_again",
        "VERIFY": "verify_password",
        "LOGOUT_USER": "sign_out",
    }
    emails = {
        "EMAIL_TEMPLATE_CONFIRM": "confirm_address",
        "REGISTER_EMAIL_TEMPLATE": "confirm_address",
        "REGISTER_EMAIL_EXISTING_TEMPLATE": "already_registered",
        "EMAIL_TEMPLATE_PASSWORD_RESET": "reset_password",
        "EMAIL_TEMPLATE_PASSWORD_RESET_NOTICE": "password_changed",
        "EMAIL_TEMPLATE_PASSWORD_CHANGE_NOTICE": "password_changed",
    }
    urls = {
        "LOGIN": "/account/sign-in",
        "LOGOUT": "/account/sign-out",
        "REGISTER": "/account/register",
        "RESET": "/account/reset",
        "CHANGE": "/account/password",
        "CONFIRM": "/account/confirm",
        "VERIFY": "/account/verify",
    }
    return {
        "SECURITY_PASSWORD_SALT": settings.password_salt,
        "SECURITY_PASSWORD_HASH": "argon2",
        "SECURITY_PASSWORD_SCHEMES": ["argon2", "plaintext"],
        "SECURITY_DEPRECATED_PASSWORD_SCHEMES": [],
        "SECURITY_PASSWORD_LENGTH_MIN": SHORTEST_PASSWORD,
        "SECURITY_REGISTERABLE": True,
        "SECURITY_USE_REGISTER_V2": True,
        "SECURITY_CONFIRMABLE": True,
        "SECURITY_RECOVERABLE": True,
        "SECURITY_CHANGEABLE": True,
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
        "SECURITY_EMAIL_HTML": False,
        "SECURITY_EMAIL_VALIDATOR_ARGS": {"test_environment": not settings.is_production},
        "SECURITY_EMAIL_SENDER": settings.mail.sender if settings.mail else "bridge@localhost",
        "SECURITY_DATETIME_FACTORY": _now,
        "SECURITY_POST_LOGIN_VIEW": "/account",
        "SECURITY_POST_LOGOUT_VIEW": "/",
        "SECURITY_POST_REGISTER_VIEW": "/account/registered",
        "SECURITY_POST_CONFIRM_VIEW": "/account/sign-in",
        "SECURITY_POST_RESET_VIEW": "/account/sign-in",
        "SECURITY_POST_CHANGE_VIEW": "/account",
        **{f"SECURITY_{name}_URL": url for name, url in urls.items()},
        **{f"SECURITY_{name}_TEMPLATE": f"account/{page}.html" for name, page in templates.items()},
        **{f"SECURITY_{name}": f"emails/account/{page}" for name, page in emails.items()},
        **{f"SECURITY_MSG_{name}": message for name, message in MESSAGES.items()},
        **{f"SECURITY_EMAIL_SUBJECT_{name}": subject for name, subject in SUBJECTS.items()},
    }


def _now() -> Any:
    house: House = current_app.extensions["house"]
    return house.clock.now()


def _commit(answer: Response) -> Response:
    db.session.commit()
    return answer


def _tidy(body: str) -> str:
    """Templates leave gaps where a condition stood; a letter has one blank line at a time."""
    lines = [line.rstrip() for line in body.strip().splitlines()]
    kept = [line for at, line in enumerate(lines) if line or (at and lines[at - 1])]
    return "\n".join(kept) + "\n"

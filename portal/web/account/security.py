"""Flask-Security, set up for this house: our forms, our words, our outbox, our tables.

Owns the joining only. What a password, a token or a session is stays the library's business.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Flask, current_app, render_template
from flask_security import MailUtil, Security, SQLAlchemyUserDatastore, url_for_security
from sqlalchemy import select

from config import Settings
from portal.domain.places import Jurisdiction
from portal.models.accounts import Account, Appointed
from portal.models.database import db
from portal.services.accounts import make_professional
from portal.services.eligibility_checks import claim_check
from portal.services.house import House
from portal.services.outbox import post_words
from portal.web.account.entry import SecondStep
from portal.web.account.forms import (
    AtTheField,
    ChangePassword,
    ConfirmAgain,
    ForgotPassword,
    Register,
    ResetPassword,
    SignIn,
)
from portal.web.account.library_views import stand_before_its_views
from portal.web.account.sessions import commit_after_this_request, init_sessions
from portal.web.account.ways_forms import PasskeyForm
from portal.web.account.words import MESSAGES, SUBJECTS
from portal.web.languages import CatalogueDomain, current_language
from portal.web.public.check.visit import key_to_claim

SHORTEST_PASSWORD = 12


class Datastore(SQLAlchemyUserDatastore):
    """Makes accounts through the house's own use case, so that a person stands behind each."""

    def create_user(self, **fields: Any) -> Account:
        """Make a professional's account; Flask-Security commits at the end of the request."""
        house: House = current_app.extensions["house"]
        account = make_professional(
            house,
            email=fields["email"],
            password_digest=fields["password"],
            home=Jurisdiction(fields["home"]),
            language=current_language().locale,
        )
        claim_check(house, key_to_claim(), account.id)
        return account

    def find_user(self, case_insensitive: bool = False, **identity: Any) -> Account | None:
        """Find an account in one statement, its appointments in a second."""
        ((name, value),) = identity.items()
        if name == "email":
            value = str(value).lower()
        return db.session.scalars(select(Account).where(getattr(Account, name) == value)).one_or_none()


class OutboxMail(MailUtil):
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
        commit_after_this_request()


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
    )
    security.two_factor_plugins = SecondStep()
    security.want_json(lambda _request: False)
    security.i18n_domain = CatalogueDomain()  # type: ignore[assignment]  # anything with gettext will do
    app.jinja_env.globals["_fsdomain"] = security.i18n_domain.gettext
    # Links in e-mail begin with the configured address: a request's own could be anybody's.
    security.mail_context_processor(
        lambda: {"mail_link": lambda name, **values: settings.base_url + url_for_security(name, **values)}
    )
    app.jinja_env.globals["portal_address"] = settings.base_url
    security.login_context_processor(_beside_the_password)
    init_sessions(app, security, staff_need_second_step=settings.is_production)
    stand_before_its_views(app)


def _beside_the_password() -> dict[str, Any]:
    """What the sign-in page offers besides its own form."""
    sign_on = current_app.extensions["house"].sign_on
    return {"passkey_form_of_page": PasskeyForm(formdata=None), "provider": sign_on and sign_on.name}


def _render(template: str, **context: Any) -> str:
    forms = [value for name, value in context.items() if name.endswith("_form")]
    if forms and isinstance(forms[0], AtTheField):
        forms[0].bring_slips_back()
    return render_template(template, form=forms[0] if forms else None, **context)


_TEMPLATES = {
    "LOGIN_USER": "sign_in",
    "REGISTER_USER": "register",
    "FORGOT_PASSWORD": "forgot_password",
    "RESET_PASSWORD": "reset_password",
    "CHANGE_PASSWORD": "change_password",
    "SEND_CONFIRMATION": "confirm_again",
    "LOGOUT_USER": "sign_out",
}
_EMAILS = {
    "EMAIL_TEMPLATE_CONFIRM": "confirm_address",
    "REGISTER_EMAIL_TEMPLATE": "confirm_address",
    "REGISTER_EMAIL_EXISTING_TEMPLATE": "already_registered",
    "EMAIL_TEMPLATE_PASSWORD_RESET": "reset_password",
    "EMAIL_TEMPLATE_PASSWORD_RESET_NOTICE": "password_changed",
    "EMAIL_TEMPLATE_PASSWORD_CHANGE_NOTICE": "password_changed",
}
_ADDRESSES = {
    "LOGIN_URL": "/account/sign-in",
    "LOGOUT_URL": "/account/sign-out",
    "REGISTER_URL": "/account/register",
    "RESET_URL": "/account/reset",
    "CHANGE_URL": "/account/password",
    "CONFIRM_URL": "/account/confirm",
    "POST_LOGIN_VIEW": "/account",
    "POST_LOGOUT_VIEW": "/",
    "POST_REGISTER_VIEW": "/account/registered",
    "POST_CONFIRM_VIEW": "/account/sign-in",
    "POST_RESET_VIEW": "/account/sign-in",
    "POST_CHANGE_VIEW": "/account",
}


def _configuration(settings: Settings) -> dict[str, Any]:
    own = {
        "PASSWORD_SALT": settings.password_salt,
        "PASSWORD_HASH": "argon2",
        "PASSWORD_SCHEMES": ["argon2", "plaintext"],
        "PASSWORD_HASH_PASSLIB_OPTIONS": {
            f"argon2__{name}": value for name, value in settings.password_cost.items()
        },
        "DEPRECATED_PASSWORD_SCHEMES": [],
        "PASSWORD_LENGTH_MIN": SHORTEST_PASSWORD,
        "REGISTERABLE": True,
        "USE_REGISTER_V2": True,
        "CONFIRMABLE": True,
        "RECOVERABLE": True,
        "CHANGEABLE": True,
        "RETURN_GENERIC_RESPONSES": True,
        # Asking again who somebody is has a page of our own, which knows passkeys too.
        "FRESHNESS": timedelta(minutes=-1),
        "EMAIL_HTML": False,
        "EMAIL_VALIDATOR_ARGS": {"test_environment": not settings.is_production},
        "EMAIL_SENDER": settings.mail.sender if settings.mail else "bridge@localhost",
        "DATETIME_FACTORY": _now,
        # Accounts are made by ``./run staff add``, which knows jurisdictions.
        "CLI_USERS_NAME": False,
        "CLI_ROLES_NAME": False,
        **_ADDRESSES,
        **{f"{name}_TEMPLATE": f"account/{page}.html" for name, page in _TEMPLATES.items()},
        **{name: f"emails/account/{page}" for name, page in _EMAILS.items()},
        **{f"MSG_{name}": message for name, message in MESSAGES.items()},
        **{f"EMAIL_SUBJECT_{name}": subject for name, subject in SUBJECTS.items()},
    }
    return {f"SECURITY_{name}": value for name, value in own.items()}


def _now() -> Any:
    house: House = current_app.extensions["house"]
    return house.clock.now()


def _tidy(body: str) -> str:
    """Templates leave gaps where a condition stood; a letter has one blank line at a time."""
    lines = [line.rstrip() for line in body.strip().splitlines()]
    kept = [line for at, line in enumerate(lines) if line or (at and lines[at - 1])]
    return "\n".join(kept) + "\n"

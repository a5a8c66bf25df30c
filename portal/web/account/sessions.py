"""The browser's side of a sign-in: begun, carried by the cookie, looked up at each request, ended.

Owns joining the library's signed cookie to the house's own record of the sign-in, and the mark by
which a browser is known again. It must not know how somebody proved who they are.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from typing import Final
from uuid import UUID

from flask import (
    Flask,
    Response,
    after_this_request,
    current_app,
    flash,
    g,
    redirect,
    request,
    session,
    url_for,
)
from flask_babel import gettext as _
from flask_login import user_logged_out
from flask_security import Security, password_reset, user_authenticated
from flask_security.utils import set_request_attr
from werkzeug.wrappers import Response as AnyResponse

from portal.domain.people import STAFF, Actor
from portal.domain.places import Jurisdiction
from portal.domain.sign_ins import KEPT_FOR, WayIn, device_of
from portal.models.accounts import Account
from portal.models.database import db, writing
from portal.services.accounts import prove_address
from portal.services.lost_ways import stop_by_sign_in
from portal.services.sign_ins import (
    Standing,
    begin_sign_in,
    close_all_but,
    end_sign_in,
    find_signed_in,
    note_proof,
    note_seen,
)
from portal.web.access import access_to, current_actor
from portal.web.form_tokens import SIGN_IN, bind_tokens
from portal.web.house import the_house
from portal.web.languages import current_language

DEVICE_COOKIE: Final = "bridge_device"
STAFF_NEED_SECOND_STEP: Final = "STAFF_NEED_SECOND_STEP"


def init_sessions(app: Flask, security: Security, *, staff_need_second_step: bool) -> None:
    """Let the library's sign-ins be records of ours.

    ``staff_need_second_step``: whether staff may act only when they came in with two things.
    """
    app.config[STAFF_NEED_SECOND_STEP] = staff_need_second_step
    app.login_manager.user_loader(_load)  # type: ignore[attr-defined]  # Flask-Login hangs itself there
    # The library would also take tokens in headers and addresses; nothing here gives any out.
    app.login_manager.request_loader(lambda _request: None)  # type: ignore[attr-defined]  # as above
    user_authenticated.connect(_begin, app)
    user_logged_out.connect(_end, app)
    password_reset.connect(_end_all, app)
    app.jinja_env.globals["opens_without_second_step"] = opens_without_second_step
    app.before_request(_require_second_step_of_staff)
    app.after_request(_note_seen)


def standing() -> Standing:
    """The sign-in of this request; only for views behind a marker that asks for an account."""
    current_actor()  # the account is read when first asked for
    found: Standing = g.standing
    return found


def unread_here() -> int:
    """How much is unread in the inbox of this request's reader; it was counted when they were looked up."""
    found: Standing | None = g.get("standing")
    return found.unread if found else 0


def opens_without_second_step() -> datetime | None:
    """When the password alone will open this reader's account, because somebody says that all else is lost."""
    found: Standing | None = g.get("standing")
    return found.opens_at if found else None


def is_staff(actor: Actor) -> bool:
    """True for those who decide about others."""
    return any(actor.has(role) for role in STAFF)


def commit_after_this_request() -> None:
    """Commit what the library changed in this request together with what the house did."""
    after_this_request(_commit)


def _commit(answer: Response) -> Response:
    db.session.commit()
    return answer


def _load(user_id: str) -> Account | None:
    if g.get("failsafe", False):
        return None  # The page for our own faults asks who is there; the database may be what failed.
    with suppress(ValueError):
        key = UUID(session.get(SIGN_IN, ""))
        found = find_signed_in(the_house(), uniquifier=user_id, sign_in_id=key)
        if found is not None:
            g.standing = found[1]
            # The library's own views ask how somebody came to be known.
            set_request_attr("fs_authn_via", "session")
            return found[0]
    return None


def _begin(app: Flask, user: Account, authn_via: Sequence[str], **_rest: object) -> None:
    """The library has let somebody in: make it a sign-in of ours.

    ``authn_via`` names the way in and, after it, the second step when there was one.
    """
    house = the_house()
    if "change" in authn_via:
        # A new password: this browser stays, every other is shut out.
        note_proof(house, UUID(session[SIGN_IN]), is_strong=False)
        close_all_but(house, user.id, UUID(session[SIGN_IN]))
        return
    way = WayIn(authn_via[0])
    is_strong = len(authn_via) > 1 or way is WayIn.PASSKEY
    device = device_of(request.user_agent.string, _device_digest())
    key = begin_sign_in(house, user, way=way, is_strong=is_strong, device=device)
    session[SIGN_IN] = str(key)
    bind_tokens(key)
    if is_strong:
        stop_by_sign_in(house, user)
    g.pop("actor", None)
    g.standing = Standing(key, is_strong, house.clock.now(), house.clock.now())
    if not is_strong and is_staff(current_actor()):
        flash(
            _(
                "Your account decides about others, and a password alone opens it. "
                "Add a passkey or an authenticator app under “Account”, “Ways to sign in”."
            )
        )


def _end(app: Flask, **_rest: object) -> None:
    key = session.pop(SIGN_IN, None)
    actor = g.get("actor")
    if key and actor is not None and actor.is_signed_in:
        end_sign_in(the_house(), actor, UUID(key))
    g.pop("actor", None)


def _end_all(app: Flask, user: Account, **_rest: object) -> None:
    """A password chosen by the link in an e-mail shuts every browser out, and proves the address."""
    close_all_but(the_house(), user.id, None)
    if user.confirmed_at is None:
        # The form has checked it: only an address that was never confirmed is asked.
        home = Jurisdiction(request.form["home"])
        prove_address(the_house(), user, home=home, language=current_language().locale)


def _device_digest() -> str:
    """The digest of the mark by which this browser is known again; leaves one where there is none."""
    mark = request.cookies.get(DEVICE_COOKIE) or secrets.token_urlsafe(24)

    @after_this_request
    def leave(answer: Response) -> Response:
        answer.set_cookie(
            DEVICE_COOKIE,
            mark,
            max_age=KEPT_FOR,
            path="/account",
            secure=current_app.config["SESSION_COOKIE_SECURE"],
            httponly=True,
            samesite="Lax",
        )
        return answer

    return sha256(mark.encode()).hexdigest()


def _note_seen(answer: Response) -> Response:
    """Once in ten minutes, when the page is made: its own short transaction, whatever the page did."""
    seen: Standing | None = g.get("standing")
    if seen is None or session.get(SIGN_IN) != str(seen.id) or answer.status_code >= 500:
        return answer
    token = writing.set(True)
    try:
        note_seen(the_house(), seen)
    finally:
        writing.reset(token)
    return answer


def _require_second_step_of_staff() -> AnyResponse | None:
    if not current_app.config[STAFF_NEED_SECOND_STEP] or request.endpoint is None:
        return None
    access = access_to(current_app, request.endpoint)
    if access is None or not access.roles or not is_staff(current_actor()) or standing().is_strong:
        return None
    flash(_("Before you can act for others, add a passkey or an authenticator app to your account."))
    return redirect(url_for("account.ways"), 303)

"""Who may enter which view. A view without exactly one marker stops the start.

    @open_to_all            anybody
    @signed_in              any account
    @for_role(Role.OFFICER) accounts that hold one of the roles

The marker is only looked at here, before any view runs; what an actor may do to a particular
record is decided by the use case, when acting.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, abort, current_app, g, request, session
from flask_login import current_user

from portal.domain.people import NOBODY, Actor, Appointment, Role
from portal.web.kept_forms import keep_and_sign_in

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Access:
    """What a marker asks: nothing, an account, or one of some roles."""

    needs_account: bool
    roles: frozenset[Role] = frozenset()

    def admits(self, actor: Actor) -> bool:
        """True when the actor may enter."""
        if not self.needs_account:
            return True
        return actor.is_signed_in and (not self.roles or any(actor.has(role) for role in self.roles))


OPEN = Access(needs_account=False)
SIGNED_IN = Access(needs_account=True)

# Views that are not ours, spelled out one by one.
FRAMEWORK_VIEWS: Mapping[str, Access] = {
    "static": OPEN,
    "security.static": OPEN,
    "security.login": OPEN,
    "security.logout": OPEN,
    "security.register": OPEN,
    "security.send_confirmation": OPEN,
    "security.confirm_email": OPEN,
    "security.forgot_password": OPEN,
    "security.reset_password": OPEN,
    "security.change_password": SIGNED_IN,
}


class UnmarkedView(Exception):
    """The portal does not start with a view whose door stands open by oversight."""


def open_to_all(view: View) -> View:
    """Mark a view that anybody may enter."""
    return _mark(view, OPEN)


def signed_in(view: View) -> View:
    """Mark a view that any account may enter."""
    return _mark(view, SIGNED_IN)


def for_role(*roles: Role) -> Callable[[View], View]:
    """Mark a view that only accounts with one of the roles may enter."""
    return lambda view: _mark(view, Access(needs_account=True, roles=frozenset(roles)))


def _mark(view: View, access: Access) -> View:
    if hasattr(view, "access"):
        raise UnmarkedView(f"{view.__qualname__} carries two access markers")
    view.access = access  # type: ignore[attr-defined]  # where ``access_to`` looks for it
    return view


def access_to(app: Flask, endpoint: str) -> Access | None:
    """The marker of an endpoint, or None when it has none."""
    marked: Access | None = getattr(app.view_functions.get(endpoint), "access", None)
    return marked or FRAMEWORK_VIEWS.get(endpoint)


def require_markers(app: Flask) -> None:
    """Stop the start, naming every view without a marker."""
    bare = sorted({rule.endpoint for rule in app.url_map.iter_rules() if not access_to(app, rule.endpoint)})
    if bare:
        raise UnmarkedView(f"views without an access marker: {', '.join(bare)}")


def init_access(app: Flask) -> None:
    """Guard every request by its view's marker."""
    app.before_request(_stay_signed_in)
    app.before_request(_guard)


def _stay_signed_in() -> None:
    # The half hour of a sign-in counts from the last thing a person did, not from the first.
    if "_user_id" in session:
        session.permanent = True


def current_actor() -> Actor:
    """The one who acts in this request."""
    if "actor" not in g:
        g.actor = _read_actor()
    actor: Actor = g.actor
    return actor


def _read_actor() -> Actor:
    if not current_user.is_authenticated:
        return NOBODY
    return Actor(
        account_id=current_user.id,
        person_id=current_user.person_id,
        language=current_user.language,
        appointments=frozenset(Appointment(held.name, held.jurisdiction) for held in current_user.roles),
    )


def _guard() -> Any:
    if request.endpoint is None:
        return None  # no such address: the router answers 404 or 405
    access = access_to(current_app, request.endpoint)
    if access is None:
        abort(403)
    if access.admits(current_actor()):
        return None
    if not current_actor().is_signed_in:
        return keep_and_sign_in()
    return abort(403)

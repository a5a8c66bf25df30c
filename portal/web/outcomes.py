"""From what went wrong to what a person sees: one place, every kind, in the reader's language.

A form shows a ``Refused`` at the field where it can be mended (see ``portal/web/forms``); what
arrives here had no form to go back to. The page for our own faults needs neither database nor
session, because one of them may be what failed.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable

from flask import Flask, Response, current_app, g, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from jinja2 import TemplateNotFound
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from portal.domain.errors import AlreadyDone, Conflict, NotFound, NotPermitted, PortalError, Refused
from portal.models.database import db
from portal.web.access import access_to
from portal.web.kept_forms import keep_typed
from portal.web.messages.table import message_for

log = logging.getLogger("portal")

STATUS_OF: dict[type[PortalError], int] = {
    Refused: 422,
    NotPermitted: 403,
    NotFound: 404,
    Conflict: 409,
    AlreadyDone: 409,
}


def init_outcomes(app: Flask) -> None:
    """Answer every error with a page of its own."""
    app.register_error_handler(PortalError, _show_portal_error)
    app.register_error_handler(CSRFError, _show_stale_page)
    app.register_error_handler(HTTPException, _show_http_error)
    app.register_error_handler(Exception, _show_our_fault)


def sent_once(act: Callable[[], str]) -> str:
    """Run a use case; for a form that was sent before, give what its first sending gave."""
    try:
        return act()
    except AlreadyDone as done:
        return done.result


def _show_portal_error(error: PortalError) -> Response:
    db.session.rollback()
    changed = error.code == "row.changed"
    return _page(STATUS_OF[type(error)], message=message_for(error), changed=changed)


def _show_stale_page(error: CSRFError) -> Response:
    """The page had been open too long, or came from elsewhere: nothing is done, nothing is lost."""
    access = access_to(current_app, request.endpoint) if request.endpoint else None
    kept = keep_typed(of_visitors=access is not None and not access.needs_account)
    return _page(400, kept=kept, form_address=request.full_path.rstrip("?"))


def _show_http_error(error: HTTPException) -> Response:
    if error.response is not None:
        return make_response(error.response)
    answer = _page(error.code or 500)
    for name, value in error.get_headers():
        if name.lower() in ("allow", "retry-after"):
            answer.headers[name] = value
    retry = getattr(error, "retry_after", None)
    if retry is not None and "Retry-After" not in answer.headers:
        answer.headers["Retry-After"] = str(retry)
    return answer


def _show_our_fault(error: Exception) -> Response:
    reference = secrets.token_hex(3).upper()
    log.exception("fault %s at %s", reference, request.endpoint, exc_info=error)
    g.failsafe = True
    try:
        db.session.rollback()
    except SQLAlchemyError:
        log.error("fault %s: the session could not be rolled back", reference)
    return _page(500, reference=reference)


def _page(status: int, **facts: object) -> Response:
    try:
        body = render_template(f"errors/{status}.html", status=status, **facts)
    except TemplateNotFound:
        body = render_template("errors/other.html", status=status, **facts)
    return make_response(body, status)

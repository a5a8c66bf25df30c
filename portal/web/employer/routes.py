"""The pages of everybody who checks a share."""

from __future__ import annotations

from uuid import UUID

from flask import current_app, render_template, request

from portal.domain.errors import Refused
from portal.domain.people import Role
from portal.services.accounts import find_account
from portal.services.checking import check_share, list_own_looks
from portal.web.access import current_actor, for_role, open_to_all
from portal.web.employer.blueprint import employer
from portal.web.employer.forms import CheckForm
from portal.web.employer.pages import answer_page, looks_page, registers
from portal.web.house import the_house
from portal.web.limits import limiter
from portal.web.messages.table import message_for

__all__ = ["employer"]

_TRIES = "10 per minute; 60 per hour"
_LONGEST_CODE = 60


def _tries_allowed() -> str:
    """How often one address may try; configurable, because an office is one address too."""
    return str(current_app.config.get("CHECK_TRIES", _TRIES))


@employer.route("", methods=["GET", "POST"])
@open_to_all
@limiter.limit(_tries_allowed, methods=["POST"])
def check() -> str | tuple[str, int]:
    """Ask about a share, and read the answer. The answer is never kept at an address of its own."""
    form = CheckForm(looked_as=_own_name() if request.method == "GET" else None)
    if request.method == "GET" and "code" in request.args:
        # A certificate's QR code leads here with its code; what else stands there is not looked at.
        form.code.data = request.args["code"][:_LONGEST_CODE]
    if form.validate_on_submit():
        try:
            answer = check_share(
                the_house(),
                current_actor(),
                code=form.code.data or "",
                factor=form.factor_given,
                looked_as=form.looked_as.data or "",
                once=form.once.data,
            )
            return render_template("employer/check.html", form=None, answer=answer_page(answer))
        except Refused as refusal:
            form.refuse(message_for(refusal), field=refusal.field)
            form.renew()
    form.lay_out()
    status = 422 if form.is_submitted() else 200
    return render_template("employer/check.html", form=form, answer=None), status


@employer.get("/looks")
@for_role(Role.EMPLOYER_MEMBER)
def looks() -> str:
    """The looks this account took, with their receipts."""
    before = request.args.get("before", type=UUID)
    found = list_own_looks(the_house(), current_actor(), before=before)
    return render_template("employer/looks.html", page=looks_page(found))


@employer.get("/about")
@open_to_all
def index() -> str:
    """What an answer means, and where to look up the licence itself."""
    found = registers(the_house().rulebook.targets.values())
    return render_template("employer/index.html", registers=found)


def _own_name() -> str | None:
    """The name an employer's member looks under, so that it need not be typed each time."""
    actor = current_actor()
    if actor.account_id is None or not actor.has(Role.EMPLOYER_MEMBER):
        return None
    account = find_account(the_house(), actor.account_id)
    return account.name if account else None

"""From the check into an account: open one with the answers, or take them into the one there is."""

from __future__ import annotations

from flask import flash, redirect, render_template, session, url_for
from flask_babel import gettext as _, ngettext
from werkzeug.wrappers import Response

from portal.domain.eligibility.answers import Answers, HeldAnswer, WorkedAnswer
from portal.domain.errors import Refused
from portal.domain.people import Actor, Role
from portal.services.eligibility_carrying import Carriage, Lacking, carry_over, plan_carriage
from portal.services.eligibility_checks import KeptCheck
from portal.services.house import House
from portal.web.access import current_actor, for_role, open_to_all
from portal.web.house import the_house
from portal.web.messages.table import message_for
from portal.web.outcomes import sent_once
from portal.web.professional.about_me.pages import answer_word
from portal.web.professional.words import vocabulary_word
from portal.web.public.check.blueprint import eligibility
from portal.web.public.check.forms import ActForm
from portal.web.public.check.visit import KEY, this_visit
from portal.web.public.check.words import holding_word, work_word

Answer = str | Response | tuple[str, int]


@eligibility.post("/account")
@open_to_all
def open_account() -> Response:
    """Lead to a new account, or to what would be added to the one that is signed in."""
    if current_actor().has(Role.PROFESSIONAL):
        return redirect(url_for("eligibility.carry"), 303)
    return redirect(url_for("security.register"), 303)


@eligibility.route("/carry", methods=["GET", "POST"])
@for_role(Role.PROFESSIONAL)
def carry() -> Answer:
    """What would be recorded, before it is; then all of it in one act."""
    house, actor, visit = the_house(), current_actor(), this_visit()
    form = ActForm()
    check = visit.check
    if form.validate_on_submit() and check is not None:
        try:
            count = int(sent_once(lambda: carry_over(house, actor, check=check, once=form.once.data)))
        except Refused as refusal:
            form.refuse(message_for(refusal))
        else:
            return _carried(house, actor, check, count)
    plan = plan_carriage(house, actor, visit.answers)
    body = render_template(
        "eligibility/carry.html", form=form, page=_page(house, plan), waits=check is not None
    )
    return body, 422 if form.has_errors else 200


def _carried(house: House, actor: Actor, check: KeptCheck, count: int) -> Response:
    """Say what was recorded; what still lacks something keeps its page."""
    flash(
        ngettext("%(num)s answer is now in your file.", "%(num)s answers are now in your file.", count),
        "success",
    )
    if plan_carriage(house, actor, check.answers).lacking:
        return redirect(url_for("eligibility.carry"), 303)
    session.pop(KEY, None)
    return redirect(url_for("professional.home"), 303)


@eligibility.post("/drop")
@for_role(Role.PROFESSIONAL)
def drop() -> Response:
    """Delete the answers without recording them."""
    this_visit().forget()
    flash(_("Your answers are deleted."), "success")
    return redirect(url_for("professional.home"), 303)


def _page(house: House, plan: Carriage) -> dict[str, object]:
    return {
        "count": plan.count,
        "credentials": [_word(house, one) for one in plan.credentials],
        "periods": [_word(house, one) for one in plan.periods],
        "facts": [
            (vocabulary_word(house, "facts", name), answer_word(value))
            for name, value in (plan.facts or {}).items()
        ],
        "known": [_word(house, one) for one in plan.known],
        "kept": [vocabulary_word(house, "facts", name) for name in plan.kept],
        "lacking": [_lacking(house, one) for one in plan.lacking],
    }


def _lacking(house: House, one: Lacking) -> dict[str, str]:
    is_work = isinstance(one.item, WorkedAnswer)
    endpoint = "eligibility.period" if is_work else "eligibility.holding"
    return {
        "text": _word(house, one.item),
        "why": message_for(one.why),
        "address": url_for(endpoint, item=one.item.id),
    }


def _word(house: House, one: HeldAnswer | WorkedAnswer) -> str:
    if isinstance(one, WorkedAnswer):
        return work_word(house, one)
    (holding,) = Answers(holdings=(one,)).as_dossier().holdings
    return holding_word(house, holding)

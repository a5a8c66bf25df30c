"""The questions: one to a page, each answered with what is known, or left open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from flask import abort, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.domain.eligibility.answers import EDUCATION, Answers, Held, HeldAnswer, Told
from portal.domain.eligibility.questions import (
    Question,
    question_again,
)
from portal.domain.eligibility.unanswered import DEGREE, WORK, question_of
from portal.domain.errors import Refused
from portal.domain.sense import Limits, birth_faults, work_faults
from portal.services.house import House
from portal.web.access import open_to_all
from portal.web.forms.base import PortalForm
from portal.web.house import the_house
from portal.web.messages.table import message_for
from portal.web.professional.words import qualification_word
from portal.web.public.check.blueprint import eligibility
from portal.web.public.check.forms import (
    NO,
    UNSURE,
    YES,
    BirthForm,
    FactForm,
    HeldForm,
    TellForm,
    answered_before,
    refuse_too_many,
)
from portal.web.public.check.steps import address_of, go_on
from portal.web.public.check.visit import Visit, this_visit
from portal.web.public.check.words import (
    TURNED,
    holding_word,
    question_word,
    statement_word,
    why_asked,
    work_word,
)

Answer = str | Response | tuple[str, int]
_BORN_ON = "born_on"


@eligibility.route("/questions/<key>", methods=["GET", "POST"])
@open_to_all
def question(key: str) -> Answer:
    """One question, for the first time or to change its answer; an unknown one does not exist."""
    visit = this_visit()
    left = visit.left()
    asked = next((one for one in left if one.key == key), None) or question_again(
        key, visit.aims, visit.asking
    )
    if asked is None:
        return go_on(visit) if not visit.answers.aims else abort(404)
    if asked.fact == _BORN_ON:
        return _ask_birth(visit, asked, left)
    if asked.fact:
        return _ask_fact(visit, asked, left)
    if key in (DEGREE, WORK):
        return _ask_told(visit, asked, left)
    return _ask_held(visit, asked, left)


def _drawn(form: PortalForm, asked: Question, left: tuple[Question, ...], **more: object) -> Answer:
    house = the_house()
    body = render_template(
        "eligibility/question.html",
        form=form,
        title=question_word(house, asked.key),
        action=url_for("eligibility.question", key=asked.key),
        why=why_asked(house, asked),
        statement=statement_word(house, asked.key),
        left=len(left),
        **more,
    )
    return body, 422 if form.has_errors else 200


def _ask_fact(visit: Visit, asked: Question, left: tuple[Question, ...]) -> Answer:
    facts = visit.answers.facts
    stated: dict[str, bool | None] = {YES: True, NO: False, UNSURE: None}
    if asked.fact in TURNED:
        stated = {YES: False, NO: True, UNSURE: None}
    before = facts.get(asked.fact)
    spelled = {value: answer for answer, value in stated.items()}
    known = {"answer": spelled[before if isinstance(before, bool) else None]} if asked.fact in facts else {}
    form = FactForm(data=known)
    if form.validate_on_submit():
        answered = {**facts, asked.fact: stated[str(form.answer.data)]}
        return go_on(visit.keep(replace(visit.answers, facts=answered)))
    return _drawn(form, asked, left, is_turned=asked.fact in TURNED)


def _ask_birth(visit: Visit, asked: Question, left: tuple[Question, ...]) -> Answer:
    form = BirthForm(data={_BORN_ON: visit.answers.facts.get(_BORN_ON)})
    if form.validate_on_submit():
        born_on: date | None = form.born_on.data
        for fault in _birth_problems(visit, born_on):
            form.refuse(message_for(fault), field=_BORN_ON)
        if not form.has_errors:
            answered = {**visit.answers.facts, _BORN_ON: born_on}
            return go_on(visit.keep(replace(visit.answers, facts=answered)))
    return _drawn(form, asked, left)


def _ask_held(visit: Visit, asked: Question, left: tuple[Question, ...]) -> Answer:
    form = HeldForm(visit.house, asked.codes, data=answered_before(visit.answers, asked))
    if form.validate_on_submit():
        ticked = set(form.held.data) if form.answer.data == YES else set()
        return go_on(visit.keep(_held(visit, asked, ticked, unsure=form.answer.data == UNSURE)))
    form.show_list()
    return _drawn(form, asked, left)


def _held(visit: Visit, asked: Question, ticked: set[str], *, unsure: bool) -> Answers:
    """The answers with this list answered; what was said of a qualification still ticked stays."""
    answers = visit.answers
    otherwise = Held.UNSURE if unsure else Held.NO
    held = {**answers.held, **{code: Held.YES if code in ticked else otherwise for code in asked.codes}}
    kept = [
        one for one in answers.holdings if one.qualification not in asked.codes or one.qualification in ticked
    ]
    known = {one.qualification for one in kept}
    new = [
        HeldAnswer(str(visit.house.new_key()), code)
        for code in asked.codes
        if code in ticked and code not in known
    ]
    return replace(answers, held=held, holdings=(*kept, *new))


def _ask_told(visit: Visit, asked: Question, left: tuple[Question, ...]) -> Answer:
    """A list told item by item: degrees, and periods of work."""
    house, answers = visit.house, visit.answers
    items = _items(visit, asked.key)
    form = TellForm(_told_choices(house, asked, has_items=bool(items)), data=_told_before(answers, asked.key))
    if form.validate_on_submit():
        chosen = str(form.answer.data)
        if chosen in (NO, UNSURE):
            told = Told.UNSURE if chosen == UNSURE else Told.WHOLE
            is_degree = asked.key == DEGREE
            return go_on(
                visit.keep(replace(answers, degrees=told) if is_degree else replace(answers, work=told))
            )
        if asked.key == WORK:
            return redirect(url_for("eligibility.add_period"), 303)
        refuse_too_many(form, answers)
        if not form.has_errors:
            new = HeldAnswer(str(house.new_key()), chosen)
            visit = visit.keep(replace(answers.with_holding(new), degrees=answers.degrees.reopened))
            return redirect(address_of(visit, new), 303)
    return _drawn(form, asked, left, items=items, item_title=_("What you told us"))


def _told_before(answers: Answers, key: str) -> dict[str, str]:
    told = answers.degrees if key == DEGREE else answers.work
    return {Told.WHOLE: {"answer": NO}, Told.UNSURE: {"answer": UNSURE}}.get(told, {})


def _told_choices(house: House, asked: Question, *, has_items: bool) -> list[tuple[str, str]]:
    unsure = (UNSURE, _("Not sure, or I prefer not to say"))
    if asked.key == WORK:
        add = _("Add another period of work") if has_items else _("Add a period of work")
        none = _("That is all") if has_items else _("I have not worked yet")
        return [(YES, add), (NO, none), unsure]
    codes = dict.fromkeys(("education.degree", *(one for one in asked.codes if one.startswith(EDUCATION))))
    kinds = [(code, _("Add: %(what)s", what=qualification_word(house, code))) for code in codes]
    return [*kinds, (NO, _("That is all") if has_items else _("None of these")), unsure]


def _items(visit: Visit, key: str) -> list[dict[str, str]]:
    """What was told of a list so far, each with its page."""
    dossier, catalogue = visit.answers.as_dossier(), visit.house.rulebook.qualifications
    if key == WORK:
        return [
            {
                "id": one.id,
                "text": work_word(visit.house, one),
                "address": url_for("eligibility.period", item=one.id),
            }
            for one in dossier.work
        ]
    return [
        {
            "id": one.id,
            "text": holding_word(visit.house, one),
            "address": url_for("eligibility.holding", item=one.id),
        }
        for one in dossier.holdings
        if question_of(one.qualification, catalogue) == DEGREE
    ]


def _birth_problems(visit: Visit, born_on: date | None) -> list[Refused]:
    """A birthday that makes no sense by itself, or beside the days already told."""
    today, answers = visit.house.clock.today(), visit.answers
    found = birth_faults(born_on, today)
    if found or born_on is None:
        return found
    days = [one.days.awarded_on or one.days.begun_on for one in answers.holdings]
    if any(day is not None and day < born_on for day in days):
        return [Refused("credential.day_before_birth", field=_BORN_ON)]
    limits = Limits(today, born_on)
    faults = [fault for one in answers.periods for fault in work_faults(one.begun_on, None, limits)]
    return [Refused(faults[0].code, field=_BORN_ON, **faults[0].params)] if faults else []

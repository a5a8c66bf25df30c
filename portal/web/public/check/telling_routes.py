"""What is told item by item: the days of a qualification, and periods of work."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.domain.attributes import attribute_faults
from portal.domain.credentials import Kind, dates_asked
from portal.domain.eligibility.answers import EDUCATION, Held, HeldAnswer, WorkedAnswer
from portal.domain.eligibility.questions import (
    ambiguous_with,
    needed_attributes,
)
from portal.domain.eligibility.unanswered import DEGREE, WORK
from portal.domain.errors import Refused
from portal.domain.rules.catalogue import Qualification
from portal.domain.sense import Limits, credential_faults, work_faults
from portal.web.access import open_to_all
from portal.web.forms.base import PortalForm
from portal.web.messages.table import message_for
from portal.web.professional.words import qualification_word, said
from portal.web.professional.work.forms import FULL, PART, UNSURE as SHARE_UNSURE, answers_in
from portal.web.public.check.blueprint import eligibility
from portal.web.public.check.forms import (
    MeantForm,
    PeriodForm,
    holding_fields,
    holding_form,
    refuse_too_many,
    typed_holding,
)
from portal.web.public.check.steps import back_to_list, go_on
from portal.web.public.check.visit import Visit, this_visit

Answer = str | Response | tuple[str, int]


@eligibility.route("/holdings/<uuid:item>/meant", methods=["GET", "POST"])
@open_to_all
def meant(item: object) -> Answer:
    """Which of several things of one name it is: a question, never a match."""
    visit, one = _this_holding(str(item))
    catalogue = visit.house.rulebook.qualifications
    entries = ambiguous_with(one.qualification, catalogue)
    if not entries:
        return redirect(url_for("eligibility.holding", item=one.id), 303)
    form = MeantForm(entries, data={"meant": one.qualification if one.sure else None})
    if form.validate_on_submit():
        code = str(form.meant.data)
        answers = visit.answers.without_holding(one.id)
        now = one if code == one.qualification else HeldAnswer(one.id, code)
        answers = replace(answers, held={**answers.held, code: Held.YES})
        twice = [old for old in answers.holdings if old.qualification == code]
        if not twice:
            answers = answers.with_holding(replace(now, sure=True))
        return go_on(visit.keep(answers))
    body = render_template(
        "eligibility/meant.html",
        form=form,
        title=said(next(entry.ask for entry in entries if entry.ask)),
        action=url_for("eligibility.meant", item=one.id),
    )
    return body, 422 if form.has_errors else 200


@eligibility.route("/holdings/<uuid:item>", methods=["GET", "POST"])
@open_to_all
def holding(item: object) -> Answer:
    """The days of one qualification, and what the rules aimed at read of it besides."""
    visit, one = _this_holding(str(item))
    house = visit.house
    entry = house.rulebook.qualifications[one.qualification]
    needed = needed_attributes(one.qualification, visit.aims, visit.asking) | {"level"}
    form = holding_form(house, entry, needed, one)
    if form.validate_on_submit():
        days, attributes = typed_holding(form, entry)
        now = replace(one, days=days, attributes=_without_empty(attributes), told=True)
        _refuse_all(form, _holding_problems(visit, now, entry, attributes))
        if not form.has_errors:
            visit = visit.keep(visit.answers.with_holding(now))
            return back_to_list(visit, DEGREE) if entry.code.startswith(EDUCATION) else go_on(visit)
    elif request.method == "POST":
        form.validate()
    body = render_template(
        "eligibility/holding.html",
        form=form,
        title=qualification_word(house, one.qualification),
        asked=holding_fields(form, entry),
        action=url_for("eligibility.holding", item=one.id),
        item=one,
    )
    return body, 422 if form.has_errors else 200


@eligibility.route("/work/new", methods=["GET", "POST"])
@open_to_all
def add_period() -> Answer:
    """A period of work."""
    visit = this_visit()
    if not visit.answers.towards:
        return go_on(visit)
    return _ask_period(visit, None)


@eligibility.route("/work/<uuid:item>", methods=["GET", "POST"])
@open_to_all
def period(item: object) -> Answer:
    """A period of work, to change it."""
    visit = this_visit()
    one = visit.answers.period(str(item))
    return _ask_period(visit, one) if one is not None else abort(404)


@eligibility.post("/remove/<uuid:item>")
@open_to_all
def remove(item: object) -> Response:
    """Take one qualification or period of work out of the answers."""
    visit, key = this_visit(), str(item)
    one = visit.answers.holding(key)
    is_work = visit.answers.period(key) is not None
    visit = visit.keep(visit.answers.without_holding(key).without_period(key))
    if is_work:
        return back_to_list(visit, WORK)
    if one is not None and one.qualification.startswith(EDUCATION):
        return back_to_list(visit, DEGREE)
    return go_on(visit)


def _ask_period(visit: Visit, one: WorkedAnswer | None) -> Answer:
    form = PeriodForm(visit.house, data=_period_known(one) if one else None)
    if form.validate_on_submit():
        typed = answers_in(form)
        limits = Limits(visit.house.clock.today(), visit.answers.born_on)
        _refuse_all(form, work_faults(typed.begun_on, typed.ended_on, limits))
        if one is None:
            refuse_too_many(form, visit.answers)
        if not form.has_errors and typed.begun_on is not None:
            now = WorkedAnswer(
                id=one.id if one else str(visit.house.new_key()),
                employer=typed.employer,
                employer_kind=typed.employer_kind,
                place=typed.place,
                functions=typed.functions,
                begun_on=typed.begun_on,
                ended_on=typed.ended_on,
                post=typed.post,
                share_percent=typed.share_percent,
                manages=typed.manages,
            )
            answers = visit.answers.with_period(now)
            visit = visit.keep(replace(answers, work=answers.work.reopened))
            return back_to_list(visit, WORK) if answers.tracks else go_on(visit)
    form.show_percent()
    item = url_for("eligibility.period", item=one.id) if one else url_for("eligibility.add_period")
    body = render_template("eligibility/period.html", form=form, action=item, item=one)
    return body, 422 if form.has_errors else 200


def _period_known(one: WorkedAnswer) -> dict[str, object]:
    share = {None: SHARE_UNSURE, 100: FULL}.get(one.share_percent, PART)
    return {
        "employer": one.employer,
        "employer_kind": one.employer_kind,
        "place": one.place,
        "functions": list(one.functions),
        "begun_on": one.begun_on,
        "ended_on": one.ended_on,
        "post": one.post,
        "share": share,
        "share_percent": str(one.share_percent) if share == PART else "",
        "manages": one.manages,
    }


def _this_holding(item: str) -> tuple[Visit, HeldAnswer]:
    visit = this_visit()
    one = visit.answers.holding(item)
    if one is None:
        abort(404)
    return visit, one


def _holding_problems(
    visit: Visit, one: HeldAnswer, entry: Qualification, typed: object
) -> Iterable[Refused]:
    """What makes no sense about the days and the rest; a day left out is no fault here."""
    today, book = visit.house.clock.today(), visit.house.rulebook
    limits = Limits(today, visit.answers.born_on)
    days = credential_faults(one.days, dates_asked(Kind(entry.kind)), limits)
    attributes = {name: str(value) for name, value in one.attributes.items()}
    rest = attribute_faults(
        entry, attributes, catalogue=book.qualifications, vocabulary=book.vocabulary, today=today
    )
    return [fault for fault in (*days, *rest) if fault.code != "credential.day_missing"]


def _refuse_all(form: PortalForm, faults: Iterable[Refused]) -> None:
    for fault in faults:
        field = form._fields.get(fault.field) if fault.field else None
        if field is None or not field.errors:
            form.refuse(message_for(fault), field=fault.field)


def _without_empty(attributes: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in attributes.items() if value}

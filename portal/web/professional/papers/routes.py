"""Several papers of one examination: choosing them, then answering for each on one page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flask import flash, redirect, render_template, request, url_for
from flask_babel import ngettext
from werkzeug.wrappers import Response

from portal.domain.errors import NotFound, Refused
from portal.domain.people import Role
from portal.domain.rules.catalogue import Qualification
from portal.services.catalogue import papers_beside
from portal.services.credentials import Paper, credential_problems, register_several
from portal.web.access import current_actor, for_role
from portal.web.house import the_house
from portal.web.messages.table import message_for
from portal.web.professional.acting import acted
from portal.web.professional.blueprint import professional
from portal.web.professional.papers.forms import PapersForm, choose_form, named, papers_form, papers_in
from portal.web.professional.papers.pages import papers_asked
from portal.web.professional.words import authority_word

Answer = str | Response | tuple[str, int]


@professional.get("/credentials/papers/<family>")
@for_role(Role.PROFESSIONAL)
def choose_papers(family: str) -> Answer:
    """Choose the papers of one examination to register in one go."""
    house = the_house()
    papers = _papers_of(family)
    form = choose_form(house, papers, request.args)
    was_sent = "sent" in request.args
    if was_sent and form.validate():
        return redirect(url_for("professional.register_papers", family=family, paper=form.paper.data), 303)
    body = render_template(
        "professional/choose_papers.html",
        form=form,
        family=family,
        authority=authority_word(house, papers[0].authority),
    )
    return body, 422 if form.has_errors else 200


@professional.route("/credentials/papers/<family>/register", methods=["GET", "POST"])
@for_role(Role.PROFESSIONAL)
def register_papers(family: str) -> Answer:
    """Answer for each paper chosen, and register them all or none."""
    house = the_house()
    chosen = _chosen(_papers_of(family))
    if not chosen:
        return redirect(url_for("professional.choose_papers", family=family), 303)
    form = papers_form(house, chosen)
    if request.method == "POST":
        papers = papers_in(form, chosen)
        done = acted(
            form,
            lambda: _register(form, papers),
            problems=lambda: _problems(papers),
        )
        if done is not None:
            flash(ngettext("%(num)s paper registered.", "%(num)s papers registered.", int(done)), "success")
            return redirect(url_for("professional.credentials"), 303)
    body = render_template(
        "professional/register_papers.html",
        form=form,
        family=family,
        papers=papers_asked(house, form, chosen),
        authority=authority_word(house, chosen[0].authority),
        action=url_for("professional.register_papers", family=family, paper=[entry.code for entry in chosen]),
    )
    return body, 422 if form.has_errors else 200


def _register(form: PapersForm, papers: Sequence[Paper]) -> str:
    """Register them; each paper that looks like one already recorded is asked about at its place."""
    try:
        return register_several(the_house(), current_actor(), papers=papers, once=form.once.data)
    except Refused as refusal:
        for place in str(refusal.params.get("places", "")).split():
            twin = Refused("credential.duplicate")
            form.refuse(message_for(twin), field=named(int(place), "is_another"))
        raise


def _problems(papers: Sequence[Paper]) -> Iterator[Refused]:
    """The faults of every paper, each at that paper's field."""
    for place, paper in enumerate(papers):
        for fault in credential_problems(the_house(), current_actor(), paper.qualification, paper.said):
            field = named(place, fault.field) if fault.field else None
            yield Refused(fault.code, field=field, **fault.params)


def _papers_of(family: str) -> Sequence[Qualification]:
    found = papers_beside(the_house(), f"{family}.")
    if not found:
        raise NotFound("qualification.not_found")
    return found


def _chosen(papers: Sequence[Qualification]) -> list[Qualification]:
    wanted = set(request.args.getlist("paper"))
    return [entry for entry in papers if entry.code in wanted]

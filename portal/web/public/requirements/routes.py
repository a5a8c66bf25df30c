"""The requirements browser: anybody may read every rule, its sources, its dates and its releases."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, Response, render_template, request
from flask_babel import gettext as _

from portal.domain.errors import NotFound
from portal.domain.search import LONGEST_QUERY
from portal.services.reading import release_numbered
from portal.services.target_search import search_targets
from portal.web.access import open_to_all
from portal.web.asked_day import AskedDayForm, spread_day
from portal.web.house import the_house
from portal.web.languages import current_language
from portal.web.public.requirements.answers import answers_page
from portal.web.public.requirements.forms import SourceFilterForm, TargetSearchForm
from portal.web.public.requirements.guide import kind_views
from portal.web.public.requirements.listing import index_page, search_view, track_view
from portal.web.public.requirements.pages import Span, span_of, target_page
from portal.web.public.requirements.releases import release_answer, releases_page
from portal.web.public.requirements.sources import KINDS, sources_page
from portal.wording.dates import long_day

requirements = Blueprint("requirements", __name__)


@requirements.get("/requirements")
@open_to_all
def index() -> str:
    """All tracks and targets, and the answer to a search among them."""
    house = the_house()
    form = TargetSearchForm(formdata=request.args)
    typed = (form.q.data or "")[:LONGEST_QUERY]
    found = search_view(typed, search_targets(house, typed), house.rulebook) if typed else None
    return render_template("requirements/index.html", form=form, page=index_page(house.rulebook, found))


@requirements.get("/requirements/reading-guide")
@open_to_all
def reading_guide() -> str:
    """What the words of every rule mean, and what they do not."""
    kinds = kind_views(the_house().rulebook.vocabulary)
    return render_template("requirements/reading_guide.html", kinds=kinds)


@requirements.get("/requirements/questions")
@open_to_all
def questions() -> str:
    """What people ask about the requirements, answered."""
    return render_template("requirements/questions.html", page=answers_page(the_house().rulebook))


@requirements.get("/requirements/tracks/<track>")
@open_to_all
def track(track: str) -> str:
    """One track."""
    rulebook = the_house().rulebook
    known = rulebook.tracks.get(track)
    if known is None:
        raise NotFound("page.not_found")
    return render_template("requirements/track.html", track=track_view(known, rulebook))


@requirements.get("/requirements/targets/<target>")
@open_to_all
def target(target: str) -> str | tuple[str, int]:
    """One target: the rule in force today or on the day asked, clause by clause."""
    house = the_house()
    known = house.rulebook.targets.get(target)
    if known is None:
        raise NotFound("page.not_found")
    span, today = span_of(known), house.clock.today()
    form, asked = _asked(span)
    day = asked or span.nearest(today)
    if not form.has_errors:
        form.show(day)
    is_open = request.args.get("open") == "all"
    page = target_page(known, house.rulebook, on=day, today=today, is_open=is_open)
    drawn = render_template("requirements/target.html", form=form, page=page)
    return (drawn, 422) if form.has_errors else drawn


def _asked(span: Span) -> tuple[AskedDayForm, date | None]:
    """The form, and the day asked for; none when nobody asked, or for a day without a rule."""
    asked = spread_day(request.args)
    form = AskedDayForm(span.first, formdata=asked or None)
    if not asked or not form.validate() or form.on.data is None:
        return form, None
    day: date = form.on.data
    if span.last is not None and day > span.last:
        ended = long_day(span.last, current_language())
        form.refuse(
            _("These rules ended on %(day)s. Choose that day or an earlier one.", day=ended), field="on"
        )
        return form, None
    return form, day


@requirements.get("/sources")
@open_to_all
def sources() -> str:
    """Every source, or those somebody looks for, and which are due for reading again."""
    house = the_house()
    form = SourceFilterForm(formdata=request.args)
    words = (form.q.data or "")[:LONGEST_QUERY].strip()
    kind = form.kind.data if form.kind.data in KINDS else ""
    page = sources_page(house.rulebook, on=house.clock.today(), words=words, kind=kind)
    return render_template("requirements/sources.html", form=form, page=page)


@requirements.get("/releases")
@open_to_all
def releases() -> str:
    """Every published release of the rulebook, with its digest."""
    return render_template("requirements/releases.html", page=releases_page(the_house()))


@requirements.get("/releases/<int:number>.json")
@open_to_all
def release(number: int) -> Response:
    """One release as a file whose SHA-256 is the digest it is listed with."""
    house = the_house()
    return release_answer(house, release_numbered(house, number))

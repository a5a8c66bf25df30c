"""Where a step leads: the form that records it, or the programme that prepares for it.

Owns the doors out of the mapping page: register this credential, add this work, answer this
question, attach this document, take this course. It must not know which way a step belongs to.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from flask import url_for
from flask_babel import gettext as _

from portal.domain.rules.catalogue import Measure, Track
from portal.domain.rules.clauses import Clause, Leaf
from portal.domain.rules.rulesets import version_in_force
from portal.rulebook.loader import Rulebook
from portal.services.reading import qualifications_in
from portal.web.languages import current_language

_ABOUT_ME: Final = ("person_is", "age_at_least")
_WORK: Final = ("experience_at_least", "employed_in")
_DEGREE: Final = "education.degree"
# More doors than this are no choice but a catalogue, and the catalogue has a page.
_MOST_NAMED: Final = 2


@dataclass(frozen=True, slots=True)
class Door:
    """A link to where a step is done or recorded."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Doors:
    """Finds the doors of a step. ``programmes`` leads from what a module gives to its programme."""

    rulebook: Rulebook
    programmes: Mapping[str, str]

    def of(self, clause: Clause, measures: Iterable[Measure]) -> tuple[Door, ...]:
        """The doors of one open clause that ``measures`` close."""
        if not isinstance(clause, Leaf):
            return self._credentials([gives for gives in map(_gives, measures) if gives])
        if clause.test in _ABOUT_ME:
            return (Door(_("Answer it under “About me”"), url_for("professional.about_me")),)
        if clause.test in _WORK:
            return (Door(_("Add this work"), url_for("professional.register_work")),)
        if clause.test == "education_at_least":
            return self._credentials([_DEGREE])
        given = [gives for gives in map(_gives, measures) if gives]
        return self._credentials(given or list(qualifications_in(clause.test, clause.parameters)))

    def _credentials(self, codes: list[str]) -> tuple[Door, ...]:
        known = [code for code in dict.fromkeys(codes) if code in self.rulebook.qualifications]
        if not known:
            return ()
        if len(known) > _MOST_NAMED:
            find = url_for("professional.find_qualification")
            return (Door(_("Find the qualification you hold, and add it"), find),)
        return (*map(self._register, known), *self._courses(known))

    def _register(self, code: str) -> Door:
        title = self.rulebook.qualifications[code].title.in_language(current_language().locale)
        return Door(
            _("Add “%(what)s” once you hold it", what=title),
            url_for("professional.register_credential", qualification=code),
        )

    def _courses(self, codes: list[str]) -> Iterable[Door]:
        """A course that prepares closes nothing by itself; its door says so."""
        found = {
            self.programmes[gives]: None
            for measure in self.rulebook.measures.values()
            if (gives := _gives(measure)) in self.programmes and prepares_for(measure, codes)
        }
        for programme in found:
            yield Door(
                _("See a course that prepares for it"), url_for("professional.programme", code=programme)
            )


def prepares_for(measure: Measure, codes: Iterable[str]) -> bool:
    """Whether a measure prepares for one of the qualifications."""
    named = measure.more.get("prepares_for")
    return isinstance(named, list | tuple) and not set(named).isdisjoint(codes)


def preparing_codes(rulebook: Rulebook, track: Track, *, on: date) -> frozenset[str]:
    """What the courses give that prepare for something a track asks: the modules to look for."""
    courses = [measure for measure in rulebook.measures.values() if measure.more.get("prepares_for")]
    asked = {
        gives
        for target in (*track.hk, *track.sz)
        for measure in _closing(rulebook, target, on)
        if (gives := _gives(measure))
    }
    return frozenset(_gives(course) for course in courses if prepares_for(course, asked))


def _closing(rulebook: Rulebook, target: str, on: date) -> Iterable[Measure]:
    ruleset = rulebook.targets[target].ruleset
    if on < ruleset.versions[0].in_force_from:
        return
    for clause in version_in_force(ruleset, on=on).clauses.values():
        yield from (rulebook.measures[name] for name in clause.closed_by if name in rulebook.measures)


def _gives(measure: Measure) -> str:
    return str(measure.more.get("gives") or "")

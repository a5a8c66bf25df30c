"""Applying: one file, one case for each side, from the first draft to the officers' desk.

Owns starting, the declarations and consents, submitting and withdrawing. It must not know pages;
reading is in ``own_cases.py``, and what officers do is another room's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from sqlalchemy import delete, func, select, true
from sqlalchemy.orm import joinedload

from portal.domain.cases import Move, Stage, is_open
from portal.domain.credentials import COUNTS_AS_DECLARED
from portal.domain.declarations import WORDING_VERSION, Wording, wordings_asked
from portal.domain.errors import Conflict, NotFound, Refused
from portal.domain.people import Actor, own_person
from portal.domain.places import Jurisdiction
from portal.domain.recognitions import is_over
from portal.models.cases import Case, Declaration
from portal.models.credentials import Credential, WorkPeriod
from portal.models.people import Person
from portal.models.recognitions import Recognition
from portal.services.case_moves import move_case
from portal.services.facts import status_of
from portal.services.house import House
from portal.services.journal import journal_case
from portal.services.notices import tell_person
from portal.services.photographs import take_photographs
from portal.services.standings import settle_standings
from portal.services.work import one_act, require_version

# These granted nothing and are over, so that another case for the same target may follow.
OVER = frozenset({Stage.DECLINED, Stage.WITHDRAWN, Stage.LAPSED})


def start_application(
    house: House,
    actor: Actor,
    *,
    track: str,
    targets: Sequence[str],
    language: str,
    once: str | None = None,
) -> str:
    """Begin an application for one side or both of a track; gives its key.

    Refuses a target that is not of the track, two targets on one side, none at all, and a target
    for which the person has an open case or a recognition that is not over, because two files on
    one question would be decided twice.
    """
    person_id = own_person(actor)
    sides = _sides(house, track, targets)
    with one_act(house, actor, once=once) as act:
        _refuse_second_case(house, person_id, sides)
        application_id = house.new_key()
        for side, target in sides.items():
            case = _draft(house, person_id, application_id, side)
            case.track, case.target, case.language = track, target, language
            house.session.add(case)
            house.session.flush()  # the journal names a case that the database has accepted
            journal_case(house, actor, "case.started", case, target=target)
        act.result = str(application_id)
    return act.result


def give_declarations(
    house: House,
    actor: Actor,
    application_id: UUID,
    *,
    given: Collection[str],
    wording_version: str,
    language: str,
    version: int,
    once: str | None = None,
) -> str:
    """Record the declarations and consents of an application in the words that were read.

    ``given`` holds the keys of the statements that were ticked. Refuses with
    ``declarations.wording_changed`` when the words have changed since the page was drawn, and
    names the first statement that was not agreed to.
    """
    person_id = own_person(actor)
    with one_act(house, actor, once=once) as act:
        cases = drafts_of(house, person_id, application_id)
        require_version(_version(cases), version)
        if wording_version != WORDING_VERSION:
            raise Refused("declarations.wording_changed")
        asked = wordings_asked(_home(house, person_id), [case.jurisdiction for case in cases])
        for wording in asked:
            if wording.key not in given:
                raise Refused(f"declarations.{wording.kind}_missing", field=wording.key)
        for case in cases:
            _record_declarations(house, case, asked, language)
        act.result = str(application_id)
    return act.result


def submit_application(
    house: House,
    actor: Actor,
    application_id: UUID,
    *,
    version: int,
    once: str | None = None,
) -> str:
    """Send the drafts of an application to the officers of their sides, in one act.

    Each case is photographed on both bases as the officers will find it. Refuses when a name,
    something to assess, or a declaration is missing; ``version`` is what the applicant checked.
    """
    person_id = own_person(actor)
    with one_act(house, actor, once=once) as act:
        cases = drafts_of(house, person_id, application_id)
        require_version(_version(cases), version)
        _refuse_incomplete(house, person_id, cases)
        settle_standings(house, person_id)
        for case in cases:
            move_case(house, actor, case, Move.SUBMIT)
            case.submitted_at = house.clock.now()
            take_photographs(house, case)
            journal_case(house, actor, "case.submitted", case, target=case.target)
        tell_person(
            house,
            person_id,
            "application_received",
            references=[case.reference for case in cases],
        )
        act.result = str(application_id)
    return act.result


def withdraw_case(
    house: House, actor: Actor, reference: str, *, version: int, once: str | None = None
) -> str:
    """Take back one case at any open stage, and with it every consent given on it; gives its application's key.

    From then on no officer may open the file for it. An open request for a human review ends. The
    other side of the track, if it was applied for, stays as it is.
    """
    with one_act(house, actor, once=once) as act:
        case = own_case(house, actor, reference)
        require_version(case.version, version)
        was_draft = case.stage is Stage.DRAFT
        move_case(house, actor, case, Move.WITHDRAW)
        journal_case(house, actor, "case.withdrawn", case)
        if not was_draft:
            tell_person(house, case.person_id, "application_withdrawn", references=[case.reference])
        act.result = str(case.application_id)
    return act.result


def drafts_of(house: House, person_id: UUID, application_id: UUID) -> Sequence[Case]:
    """The drafts of a person's application, Hong Kong first.

    Refuses a stranger with ``page.not_found``, and with ``case.not_in_stage`` when nothing of it
    is a draft any more.
    """
    cases = house.session.scalars(
        select(Case)
        .where(Case.application_id == application_id, Case.person_id == person_id)
        .order_by(Case.jurisdiction)
    ).all()
    if not cases:
        raise NotFound("page.not_found")
    drafts = [case for case in cases if case.stage is Stage.DRAFT]
    if not drafts:
        raise Conflict("case.not_in_stage")
    return drafts


def _sides(house: House, track: str, targets: Sequence[str]) -> dict[Jurisdiction, str]:
    """Which target is asked on which side, checked against the track."""
    known = house.rulebook.tracks.get(track)
    if known is None:
        raise Refused("application.unknown_track", field="track")
    sides: dict[Jurisdiction, str] = {}
    for target in targets:
        if target not in (*known.hk, *known.sz):
            raise Refused("application.unknown_target")
        side = house.rulebook.targets[target].jurisdiction
        if side in sides:
            raise Refused("application.one_target_a_side", field=side.value)
        sides[side] = target
    if not sides:
        raise Refused("application.no_side", field=Jurisdiction.HONG_KONG.value)
    return dict(sorted(sides.items()))


def _draft(house: House, person_id: UUID, application_id: UUID, side: Jurisdiction) -> Case:
    return Case(
        id=house.new_key(),
        reference=house.new_reference(side.value.upper()),
        application_id=application_id,
        person_id=person_id,
        jurisdiction=side,
        stage=Stage.DRAFT,
        started_at=house.clock.now(),
    )


def standing_cases(house: House, person_id: UUID, *, targets: Iterable[str] | None = None) -> list[Case]:
    """The cases of a person that are open or hold what they granted, of some targets or all: one statement.

    A grant that was revoked, or whose last day is past, holds nothing: one may ask again.
    """
    rows = house.session.execute(
        select(Case, Recognition)
        .outerjoin(Recognition, Recognition.case_id == Case.id)
        .where(
            Case.person_id == person_id,
            Case.stage.not_in(OVER),
            true() if targets is None else Case.target.in_(targets),
        )
        .options(joinedload(Recognition.acts))
        .order_by(Case.started_at, Case.id)
    ).unique()
    today = house.clock.today()
    return [
        case
        for case, granted in rows
        if is_open(case.stage) or granted is None or not is_over(status_of(granted, on=today))
    ]


def _refuse_second_case(house: House, person_id: UUID, sides: dict[Jurisdiction, str]) -> None:
    standing = next(iter(standing_cases(house, person_id, targets=sides.values())), None)
    if standing is not None:
        code = "application.already_open" if is_open(standing.stage) else "application.already_granted"
        raise Refused(code, field=standing.jurisdiction.value, reference=standing.reference)


def own_case(house: House, actor: Actor, reference: str) -> Case:
    """A case of the acting person's; ``page.not_found`` for anything else."""
    case = house.session.scalars(
        select(Case).where(Case.reference == reference, Case.person_id == own_person(actor))
    ).one_or_none()
    if case is None:
        raise NotFound("page.not_found")
    return case


def _version(cases: Sequence[Case]) -> int:
    """One number that moves whenever any of the cases does."""
    return sum(case.version for case in cases)


def _home(house: House, person_id: UUID) -> Jurisdiction:
    return house.session.scalars(select(Person.home).where(Person.id == person_id)).one()


def _record_declarations(house: House, case: Case, asked: Sequence[Wording], language: str) -> None:
    """Replace what stood on the draft: the last reading is the one that counts."""
    house.session.execute(delete(Declaration).where(Declaration.case_id == case.id))
    for wording in asked:
        if wording.covers(case.jurisdiction):
            house.session.add(
                Declaration(
                    id=house.new_key(),
                    case_id=case.id,
                    kind=wording.kind.value,
                    wording_version=wording.version,
                    language=language,
                    wording=wording.text.in_language(language),
                    given_at=house.clock.now(),
                )
            )


def _refuse_incomplete(house: House, person_id: UUID, cases: Sequence[Case]) -> None:
    """Everything the officers need before they can begin, checked when acting."""
    person = house.session.get_one(Person, person_id)
    if not (person.name_latin or person.name_chinese):
        raise Refused("application.no_name")
    held = (
        select(func.count())
        .select_from(model)
        .where(model.person_id == person_id, model.standing.in_(COUNTS_AS_DECLARED))
        for model in (Credential, WorkPeriod)
    )
    if not any(house.session.scalar(count) for count in held):
        raise Refused("application.nothing_declared")
    given = set(
        house.session.execute(
            select(Declaration.case_id, Declaration.kind).where(
                Declaration.case_id.in_([case.id for case in cases]),
                Declaration.wording_version == WORDING_VERSION,
            )
        )
    )
    for case in cases:
        for wording in wordings_asked(person.home, [case.jurisdiction]):
            if (case.id, wording.kind.value) not in given:
                raise Refused("application.declarations_missing")

"""Finishing a course: results by module, and what a completed enrolment gives.

Owns the manager's acts on a learner. A completion becomes verified credentials, so the mapping
changes at once and a conditional case moves to the officer's desk by itself.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy.orm.attributes import flag_modified

from portal.domain.credentials import FactKind, Standing, VerificationMethod
from portal.domain.enrolments import EnrolmentMove, EnrolmentState, ModuleOutcome, state_after
from portal.domain.errors import Conflict, NotFound, Refused
from portal.domain.people import Actor, Role
from portal.models.credentials import Credential, Verification
from portal.models.programmes import Enrolment, Module, ModuleResult
from portal.services.conditions import fulfil_conditions
from portal.services.enrolment_news import tell_learner
from portal.services.house import House
from portal.services.journal import record
from portal.services.work import one_act, require_version


def record_result(
    house: House,
    actor: Actor,
    *,
    enrolment_id: UUID,
    version: int,
    module_id: UUID,
    outcome: ModuleOutcome,
    on: date,
    once: str | None = None,
) -> str:
    """Record how one module ended for one learner; a later record replaces an earlier one."""
    with one_act(house, actor, once=once) as act:
        enrolment = managed_enrolment(house, actor, enrolment_id)
        require_version(enrolment.version, version)
        if enrolment.state is not EnrolmentState.CONFIRMED:
            raise Conflict("enrolment.not_confirmed")
        module = _module_of(enrolment, module_id)
        _require_within_course(house, enrolment, on)
        result = _result_for(house, enrolment, module)
        result.outcome, result.on = outcome, on
        result.account_id, result.at = _account(actor), house.clock.now()
        # Results are rows of their own; the enrolment's version tells stale forms of them.
        flag_modified(enrolment, "state")
        record(
            house,
            actor,
            "enrolment.progressed",
            person_id=enrolment.person_id,
            enrolment=str(enrolment.id),
            module=module.code,
            result=outcome.value,
        )
        act.result = str(enrolment.id)
    return act.result


def complete_enrolment(
    house: House, actor: Actor, *, enrolment_id: UUID, version: int, once: str | None = None
) -> str:
    """Complete an enrolment whose every module is completed; its modules become credentials."""
    with one_act(house, actor, once=once) as act:
        enrolment = managed_enrolment(house, actor, enrolment_id)
        require_version(enrolment.version, version)
        after = state_after(enrolment.state, EnrolmentMove.COMPLETE)
        completed = _completed_on(enrolment)
        missing = [each for each in enrolment.cohort.programme.modules if each.id not in completed]
        if missing or not completed:
            raise Refused("enrolment.modules_missing", missing=len(missing))
        enrolment.state = after
        credentials = [
            _award(house, actor, enrolment, module, completed[module.id])
            for module in enrolment.cohort.programme.modules
            if module.gives
        ]
        _tell_of_completion(house, actor, enrolment, credentials)
        fulfil_conditions(house, actor, enrolment.person_id)
        act.result = str(enrolment.id)
    return act.result


def close_enrolment(
    house: House, actor: Actor, *, enrolment_id: UUID, version: int, once: str | None = None
) -> str:
    """Close an enrolment that was not completed; the learner keeps the results recorded."""
    with one_act(house, actor, once=once) as act:
        enrolment = managed_enrolment(house, actor, enrolment_id)
        require_version(enrolment.version, version)
        enrolment.state = state_after(enrolment.state, EnrolmentMove.CLOSE_UNFINISHED)
        record(
            house,
            actor,
            "enrolment.not_completed",
            person_id=enrolment.person_id,
            enrolment=str(enrolment.id),
        )
        act.result = str(enrolment.id)
    return act.result


def managed_enrolment(house: House, actor: Actor, enrolment_id: UUID) -> Enrolment:
    """An enrolment in a cohort this manager runs."""
    actor.require(Role.PROGRAMME_MANAGER)
    enrolment = house.session.get(Enrolment, enrolment_id)
    if enrolment is None:
        raise NotFound("page.not_found")
    actor.require(Role.PROGRAMME_MANAGER, enrolment.cohort.programme.jurisdiction)
    return enrolment


def _module_of(enrolment: Enrolment, module_id: UUID) -> Module:
    for module in enrolment.cohort.programme.modules:
        if module.id == module_id:
            return module
    raise NotFound("page.not_found")


def _require_within_course(house: House, enrolment: Enrolment, on: date) -> None:
    if on > house.clock.today():
        raise Refused("result.in_the_future", field="on")
    if on < enrolment.cohort.starts_on:
        raise Refused("result.before_the_course", field="on", starts_on=enrolment.cohort.starts_on)


def _result_for(house: House, enrolment: Enrolment, module: Module) -> ModuleResult:
    for result in enrolment.results:
        if result.module_id == module.id:
            return result
    result = ModuleResult(id=house.new_key(), module_id=module.id)
    enrolment.results.append(result)
    return result


def _completed_on(enrolment: Enrolment) -> dict[UUID, date]:
    return {
        result.module_id: result.on
        for result in enrolment.results
        if result.outcome is ModuleOutcome.COMPLETED
    }


def _award(house: House, actor: Actor, enrolment: Enrolment, module: Module, on: date) -> Credential:
    credential = Credential(
        id=house.new_key(),
        person_id=enrolment.person_id,
        qualification=module.gives,
        number="",
        awarded_on=on,
        attributes={},
        standing=Standing.VERIFIED,
        enrolment_id=enrolment.id,
        created_at=house.clock.now(),
    )
    house.session.add(credential)
    house.session.flush()
    house.session.add(
        Verification(
            id=house.new_key(),
            person_id=enrolment.person_id,
            fact_kind=FactKind.CREDENTIAL,
            fact_id=credential.id,
            fact_version=credential.version,
            verified=True,
            method=VerificationMethod.COMPLETION,
            note="",
            account_id=_account(actor),
            jurisdiction=enrolment.cohort.programme.jurisdiction,
            at=house.clock.now(),
        )
    )
    _journal_award(house, actor, credential)
    return credential


def _journal_award(house: House, actor: Actor, credential: Credential) -> None:
    record(
        house,
        actor,
        "credential.registered",
        person_id=credential.person_id,
        credential=str(credential.id),
        qualification=credential.qualification,
    )
    record(
        house,
        actor,
        "fact.verified",
        person_id=credential.person_id,
        fact=str(credential.id),
        method=VerificationMethod.COMPLETION.value,
    )


def _tell_of_completion(
    house: House, actor: Actor, enrolment: Enrolment, credentials: list[Credential]
) -> None:
    record(
        house,
        actor,
        "enrolment.completed",
        person_id=enrolment.person_id,
        enrolment=str(enrolment.id),
        credential=[str(credential.id) for credential in credentials],
    )
    tell_learner(house, enrolment, "enrolment_completed")


def _account(actor: Actor) -> UUID:
    if actor.account_id is None:
        raise NotFound("page.not_found")
    return actor.account_id

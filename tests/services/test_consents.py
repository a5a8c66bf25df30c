"""Consents: each in its words, and taken back together with what rested on it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from portal.domain.cases import Stage
from portal.domain.consents import ConsentKind, ConsentState
from portal.domain.declarations import DeclarationKind
from portal.domain.disclosure import ShareState
from portal.domain.errors import Conflict, NotFound
from portal.models.cases import Case
from portal.models.my_data import WithdrawnConsent
from portal.models.records import JournalEntry
from portal.models.referees import RefereeRequest
from portal.services.consents import Consent, list_consents, read_consent, withdraw_consent
from portal.services.house import House
from portal.services.sharing import list_shares
from tests.builders.decisions import a_case
from tests.builders.my_data import REFEREE, a_whole_person
from tests.builders.sharing import a_share
from tests.cast import actor_for, seat


def of_kind(house: House, key: str, kind: DeclarationKind) -> Consent:
    """The declaration of a kind that a member of the cast gave."""
    given = list_consents(house, actor_for(seat(house, key)))
    return next(each for each in given if each.declaration is kind)


@pytest.mark.parametrize(
    "kind", [DeclarationKind.SHARING, DeclarationKind.CROSSING, DeclarationKind.MACHINE_MAPPING]
)
def test_taking_one_back_withdraws_the_open_case_and_is_recorded(house: House, kind: DeclarationKind) -> None:
    a_case(house, stage="under_assessment")
    chen = actor_for(seat(house, "chen_wei"))
    consent = of_kind(house, "chen_wei", kind)
    assert consent.wording
    assert consent.state is ConsentState.STANDS
    withdraw_consent(house, chen, kind=consent.kind, subject=consent.subject)
    assert house.session.scalars(select(Case.stage)).one() is Stage.WITHDRAWN
    kept = house.session.scalars(select(WithdrawnConsent)).one()
    assert (kept.subject, kept.at) == (consent.subject, house.clock.now())
    after = of_kind(house, "chen_wei", kind)
    assert (after.state, after.withdrawn_at) == (ConsentState.ENDED, house.clock.now())
    entry = house.session.scalars(select(JournalEntry).where(JournalEntry.kind == "consent.withdrawn")).one()
    assert entry.facts == {"consent": "declaration", "subject": consent.subject}


def test_the_statement_of_truth_is_nothing_to_take_back(house: House) -> None:
    a_case(house)
    truth = of_kind(house, "chen_wei", DeclarationKind.TRUTH)
    assert truth.state is ConsentState.STATEMENT
    with pytest.raises(Conflict, match=r"consent\.not_standing"):
        withdraw_consent(house, actor_for(seat(house, "chen_wei")), kind=truth.kind, subject=truth.subject)


def test_a_consent_a_decision_was_made_with_is_used(house: House) -> None:
    a_case(house, stage="granted")
    consent = of_kind(house, "chen_wei", DeclarationKind.SHARING)
    assert consent.state is ConsentState.DONE
    with pytest.raises(Conflict, match=r"consent\.not_standing"):
        withdraw_consent(
            house, actor_for(seat(house, "chen_wei")), kind=consent.kind, subject=consent.subject
        )


def test_a_share_is_a_consent_and_ends(house: House) -> None:
    share = a_share(house)
    consent = read_consent(house, share.holder, ConsentKind.SHARE, share.code)
    assert consent.may_be_withdrawn
    withdraw_consent(house, share.holder, kind=consent.kind, subject=consent.subject)
    assert list_shares(house, share.holder)[0].state is ShareState.ENDED
    assert not read_consent(house, share.holder, ConsentKind.SHARE, share.code).may_be_withdrawn


def test_asking_a_referee_is_one_too(house: House) -> None:
    mei = a_whole_person(house)
    asked = next(each for each in list_consents(house, mei) if each.kind is ConsentKind.REFEREE)
    assert asked.referee == REFEREE
    withdraw_consent(house, mei, kind=asked.kind, subject=asked.subject)
    assert house.session.scalars(select(RefereeRequest.withdrawn_at)).one() == house.clock.now()


def test_strangers_find_none(house: House) -> None:
    share = a_share(house)
    with pytest.raises(NotFound):
        withdraw_consent(house, actor_for(seat(house, "mei_lam")), kind=ConsentKind.SHARE, subject=share.code)

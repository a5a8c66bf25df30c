"""What changing a verified credential means, said before it is done, and the versions afterwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from sqlalchemy import select

from portal.domain.people import Actor
from portal.models.credentials import Credential
from portal.services.house import House
from tests.builders.decisions import a_case, a_recognition, an_actor, verify_everything
from tests.builders.records import a_credential
from tests.pages.strict_client import StrictClient
from tests.web.professional.filling import a_day, form_of, send, words_of

Cast = Callable[[str], Actor]
SignIn = Callable[[str], StrictClient]


def a_held(house: House, owner: Actor, qualification: str) -> UUID:
    return house.session.scalars(
        select(Credential.id).where(
            Credential.person_id == owner.person_id, Credential.qualification == qualification
        )
    ).one()


def test_it_is_said_before_and_kept_afterwards(house: House, sign_in: SignIn) -> None:
    case = a_case(house, stage="under_assessment", person="mei_lam")
    verify_everything(house, an_actor(house, "ada_ko"), case)
    paper = a_held(house, an_actor(house, "mei_lam"), "hksi.le.paper-1")
    mei = sign_in("mei_lam")
    before = mei.get(f"/me/credentials/{paper}/change")
    words = words_of(before)
    assert "Saving makes a new version." in words
    assert f"The officers of your open applications are told: {case.reference}." in words
    assert "Save as a new version" in form_of(before).text
    answer = send(mei, f"/me/credentials/{paper}/change", **a_day("awarded_on", 2026, 1, 10))
    page = mei.get(answer.location)
    assert f"/me/credentials/{paper}/history" in page.text
    history = words_of(mei.get(f"/me/credentials/{paper}/history"))
    assert "Version 2" in history
    assert "10 January 2026" in history
    assert "Changed here: Day you sat the paper" in history
    assert "An officer for Hong Kong verified it" in history
    assert history.index("Version 2") < history.index("Version 1") < history.index("verified it on")


def test_a_recognition_that_rests_on_it_is_named(house: House, sign_in: SignIn) -> None:
    held = a_recognition(house)
    chen = an_actor(house, "chen_wei")
    registration = a_held(house, chen, "amac.registration")
    words = words_of(sign_in("chen_wei").get(f"/me/credentials/{registration}/change"))
    assert held.reference in words
    assert held.reference in words_of(sign_in("chen_wei").get(f"/me/credentials/{registration}/withdraw"))


def test_a_declared_one_is_corrected_without_ceremony(house: House, sign_in: SignIn, actor: Cast) -> None:
    made = a_credential(house, actor("mei_lam"))
    mei = sign_in("mei_lam")
    page = mei.get(f"/me/credentials/{made}/change")
    assert "Saving makes a new version." not in words_of(page)
    assert "history" not in mei.get(f"/me/credentials/{made}").text.split("<main")[1]


def test_the_officer_reads_the_versions_beside_the_fact(house: House, sign_in: SignIn) -> None:
    case = a_case(house, stage="under_assessment", person="mei_lam")
    verify_everything(house, an_actor(house, "ada_ko"), case)
    paper = a_held(house, an_actor(house, "mei_lam"), "hksi.le.paper-1")
    send(sign_in("mei_lam"), f"/me/credentials/{paper}/change", **a_day("awarded_on", 2026, 1, 10))
    ada = sign_in("ada_ko")
    desk = words_of(ada.get(f"/desk/cases/{case.reference}"))
    assert "Replaced by the applicant since" in desk
    fact = words_of(ada.get(f"/desk/cases/{case.reference}/facts/credential/{paper}"))
    assert "Versions of this credential" in fact
    assert "Version 1" in fact


def test_the_officer_sees_what_a_recognition_rests_on_change(house: House, sign_in: SignIn) -> None:
    held = a_recognition(house)
    chen = an_actor(house, "chen_wei")
    registration = a_held(house, chen, "amac.registration")
    path = f"/desk/recognitions/{held.reference}"
    assert "Changed since the decision" not in words_of(sign_in("ada_ko").get(path))
    answer = send(
        sign_in("chen_wei"), f"/me/credentials/{registration}/change", **a_day("begun_on", 2021, 1, 4)
    )
    assert answer.status_code == 303
    assert "Changed since the decision" in words_of(sign_in("ada_ko").get(path))


def test_strangers_get_404(house: House, sign_in: SignIn, actor: Cast) -> None:
    made = a_credential(house, actor("mei_lam"))
    assert sign_in("chen_wei").get(f"/me/credentials/{made}/history").status_code == 404


def test_the_states_and_what_each_means_stand_on_the_page(house: House, sign_in: SignIn, actor: Cast) -> None:
    made = a_credential(house, actor("mei_lam"))
    words = words_of(sign_in("mei_lam").get(f"/me/credentials/{made}"))
    for state in ("Declared", "Evidence attached", "Verified", "Not accepted", "Withdrawn"):
        assert state in words
    assert words.count("It stands here now.") == 1


def test_a_provisional_proof_and_its_certificate_are_states_of_one(
    house: House, sign_in: SignIn, actor: Cast
) -> None:
    proof = a_credential(
        house, actor("mei_lam"), qualification="shmft.level-1.proof", awarded_on=date(2022, 3, 26)
    )
    mei = sign_in("mei_lam")
    page = mei.get(f"/me/credentials/{proof}")
    assert "This is a provisional proof." in words_of(page)
    assert "/me/credentials/new/shmft.level-1" in page.text
    assert "Provisional: exchange it" in words_of(mei.get("/me/credentials"))
    certificate = a_credential(
        house, actor("mei_lam"), qualification="shmft.level-1", awarded_on=date(2022, 9, 1)
    )
    listed = words_of(mei.get("/me/credentials"))
    assert "Before it:" in listed
    assert "Provisional: exchange it" not in listed
    assert f"/me/credentials/{proof}" in mei.get(f"/me/credentials/{certificate}").text
    assert f"/me/credentials/{certificate}" in mei.get(f"/me/credentials/{proof}").text

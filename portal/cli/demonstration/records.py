"""What one person of the demonstration does with her record: a referee, a translation, a correction.

Cheung Mei Yan asks a colleague to confirm her work, puts the translation of a certificate beside the
original, and corrects a day she had mistyped.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from portal.cli.demonstration.stage import Stage, a_document
from portal.domain.credentials import FactKind
from portal.domain.evidence import (
    DocumentAnswers,
    TranslationAnswers,
    TranslatorKind,
    Validity,
    WrittenLanguage,
)
from portal.domain.files import OfferedFile
from portal.domain.official_codes import CodeScheme
from portal.domain.referees import Relation
from portal.services.credentials import CredentialAnswers, change_credential, own_credentials
from portal.services.evidence import SupportedFact
from portal.services.evidence_pages import add_page, add_translation, keep_code
from portal.services.referees import Nomination, ask_referee
from portal.services.shelf import own_shelf
from portal.services.work_history import own_work

CHEUNG = "cheung.mei.yan"


def keep_a_record(stage: Stage) -> None:
    """Walk the story of the record up to today."""
    stage.days_ago(6)
    _translate(stage)
    _correct(stage)
    stage.days_ago(0)
    _ask_a_referee(stage)


def _ask_a_referee(stage: Stage) -> None:
    actor = stage.actors[CHEUNG]
    (work,) = own_work(stage.house, actor)
    said = Nomination("何詠詩", "w.s.ho@lionrock.example", Relation.LINE_MANAGER, "zh_Hant_HK")
    ask_referee(stage.house, actor, work_id=work.id, said=said)


def _translate(stage: Stage) -> None:
    """A second page and a translation of the document behind her first credential, and a code without a file."""
    house, actor = stage.house, stage.actors[CHEUNG]
    credential = own_credentials(house, actor)[0]
    fact = SupportedFact(FactKind.CREDENTIAL, credential.id)
    document = next(each for each in own_shelf(house, actor) if fact in each.supports)
    page = OfferedFile("page-2.pdf", "application/pdf", a_document("The second page"))
    add_page(house, actor, evidence_id=document.id, offered=page)
    made_on = stage.today - timedelta(days=30)
    said = TranslationAnswers(
        "Example River Notaries", TranslatorKind.NOTARY, WrittenLanguage.ENGLISH, made_on
    )
    english = OfferedFile("english.pdf", "application/pdf", a_document("The translation"))
    add_translation(house, actor, evidence_id=document.id, said=said, offered=english)
    until = Validity(valid_until=stage.today + timedelta(days=90))
    keep_code(house, actor, said=DocumentAnswers("", until, CodeScheme.OTHER, "DEMO-2026-0042"))


def _correct(stage: Stage) -> None:
    """The day of her first credential, mistyped by a day."""
    house, actor = stage.house, stage.actors[CHEUNG]
    credential = own_credentials(house, actor)[0]
    mistyped = credential.days.awarded_on
    days = replace(credential.days, awarded_on=mistyped + timedelta(days=1) if mistyped else None)
    said = CredentialAnswers(days, credential.attributes)
    change_credential(house, actor, credential_id=credential.id, said=said, version=credential.version)

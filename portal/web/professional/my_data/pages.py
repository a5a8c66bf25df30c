"""What the pages of one's own data show, as sentences in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from flask import url_for
from flask_babel import gettext as _

from portal.domain.consents import ConsentKind, ConsentState
from portal.domain.retention import DataKind, RetentionPeriods
from portal.services.consents import Consent
from portal.services.data_exports import ExportState
from portal.services.erasure import ErasureAhead
from portal.services.house import House
from portal.web.bridge import city_name
from portal.web.formatting import day, in_its_language, moment, number, spoken
from portal.web.retention import rule_in_words
from portal.web.share_words import purpose_name
from portal.wording.dates import BOTH_BANKS
from portal.wording.marking import N_

# Which tables are spoken of together, in the order of the page. A table of nobody's has no place here.
GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    N_("Account and ways to sign in"): (
        "accounts",
        "appointments",
        "sign_ins",
        "passkeys",
        "authenticator_apps",
        "recovery_codes",
        "outside_identities",
        "lost_ways",
        "sent_forms",
        "kept_forms",
    ),
    N_("Who you are"): (
        "people",
        "person_names",
        "name_keys",
        "identity_documents",
        "personal_facts",
        "possible_duplicates",
        "duplicate_rulings",
    ),
    N_("Credentials"): ("credentials", "credential_versions", "qualification_requests"),
    N_("Work and referees"): ("work_periods", "referee_requests"),
    N_("Documents"): ("evidence", "evidence_files", "evidence_translations", "evidence_links"),
    N_("What officers found"): ("verifications",),
    N_("Applications, decisions and letters"): (
        "cases",
        "case_moves",
        "declarations",
        "photographs",
        "judgements",
        "recommendations",
        "decisions",
        "letters",
        "reviews",
    ),
    N_("Recognitions and certificates"): ("recognitions", "recognition_acts", "certificates"),
    N_("Shares and checks"): ("shares", "share_items", "looks"),
    N_("Programmes"): ("enrolments", "module_results"),
    N_("Messages"): ("notices", "outbox"),
    N_("Mapping and answers"): ("mapping_visits", "eligibility_checks"),
    N_("Exports and consents"): ("data_exports", "withdrawn_consents"),
    N_("Journal, by number and without names"): ("journal",),
}


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """One consent of the list."""

    title: str
    wording: str
    details: str
    state: str
    colour: str
    withdraw: str


@dataclass(frozen=True, slots=True)
class WithdrawPage:
    """A consent that is about to be taken back, and what then stops."""

    title: str
    wording: str
    action: str
    stops: tuple[str, ...]
    stands: str


@dataclass(frozen=True, slots=True)
class ErasePage:
    """What goes, what stays and until when."""

    rows: tuple[tuple[object, ...], ...]
    open_cases: tuple[str, ...]
    keep_until: str
    is_staff: bool


@dataclass(frozen=True, slots=True)
class ExportPage:
    """An export made or being made."""

    asked: str
    done: int
    steps: int
    is_ready: bool
    size: str
    gone: str


def retention_rows(periods: RetentionPeriods) -> list[dict[str, str]]:
    """How long each kind of data is kept."""
    names = {
        DataKind.ACCOUNT: _("Account and ways to sign in"),
        DataKind.NAMES: _("Names"),
        DataKind.IDENTITY_DOCUMENTS: _("Identity documents"),
        DataKind.CREDENTIALS: _("Credentials"),
        DataKind.WORK: _("Work"),
        DataKind.EVIDENCE: _("Documents"),
        DataKind.APPLICATIONS: _("Applications, decisions and letters"),
        DataKind.RECOGNITIONS: _("Recognitions and certificates"),
        DataKind.SHARES: _("Shares and checks"),
        DataKind.MESSAGES: _("Messages"),
        DataKind.EXPORTS: _("Exports"),
        DataKind.JOURNAL: _("Journal, by number and without names"),
    }
    return [{"key": name, "value": rule_in_words(kind, periods)} for kind, name in names.items()]


def export_page(state: ExportState) -> ExportPage:
    """An export as its page shows it."""
    return ExportPage(
        asked=moment(state.asked_at),
        done=state.steps_done,
        steps=state.steps,
        is_ready=state.is_ready,
        size=_size(state.size_bytes),
        gone=day((state.gone_at or state.asked_at).astimezone(BOTH_BANKS).date()),
    )


def consent_row(house: House, consent: Consent) -> ConsentRow:
    """One consent of the list."""
    state, colour = _state(consent)
    address = url_for("professional.withdraw_consent", kind=consent.kind.value, subject=consent.subject)
    return ConsentRow(
        title=_title(house, consent),
        wording=_wording(consent),
        details=_details(consent),
        state=state,
        colour=colour,
        withdraw=address if consent.may_be_withdrawn else "",
    )


def withdraw_page(house: House, consent: Consent) -> WithdrawPage:
    """What stops when this consent is taken back."""
    return WithdrawPage(
        title=_title(house, consent),
        wording=_wording(consent),
        action=url_for("professional.withdraw_consent", kind=consent.kind.value, subject=consent.subject),
        stops=tuple(_stops(consent)),
        stands=_("What was done before you take it back stands."),
    )


def erase_page(house: House, ahead: ErasureAhead) -> ErasePage:
    """What goes and what stays, by kind; kinds with nothing in them are left out."""
    rows = []
    for name, tables in GROUPS.items():
        goes, left = (sum(counts.get(each, 0) for each in tables) for counts in (ahead.goes, ahead.stays))
        if goes or left:
            rows.append(
                (
                    _(name),
                    {"text": number(goes), "numeric": True},
                    {"text": number(left), "numeric": True},
                )
            )
    return ErasePage(
        rows=tuple(rows),
        open_cases=tuple(
            _(
                "%(reference)s: %(target)s",
                reference=case.reference,
                target=spoken(house.rulebook.targets[case.target].title),
            )
            for case in ahead.open_cases
        ),
        keep_until=day(ahead.keep_until) if ahead.keep_until else "",
        is_staff=ahead.is_staff,
    )


def _title(house: House, consent: Consent) -> str:
    if consent.kind is ConsentKind.DECLARATION and consent.jurisdiction is not None:
        target = house.rulebook.targets.get(consent.target)
        return _(
            "Application %(reference)s, %(city)s: %(target)s",
            reference=consent.reference,
            city=city_name(consent.jurisdiction),
            target=spoken(target.title) if target else consent.target,
        )
    if consent.kind is ConsentKind.SHARE:
        return _("Share %(code)s", code=consent.reference)
    if consent.kind is ConsentKind.REFEREE:
        return _("Referee %(name)s", name=consent.referee)
    return _("Answers given before you had an account")


def _wording(consent: Consent) -> str:
    if consent.kind is ConsentKind.DECLARATION:
        return in_its_language(consent.wording, consent.language)
    if consent.kind is ConsentKind.SHARE and consent.purpose is not None and consent.until is not None:
        return _(
            "Whoever has the code and the second item sees the recognitions in this share, until %(day)s. "
            "Purpose: %(purpose)s.",
            day=day(consent.until),
            purpose=purpose_name(consent.purpose, consent.purpose_note),
        )
    if consent.kind is ConsentKind.REFEREE:
        return _("We write to this person and show them the period of work they are asked to confirm.")
    return _("What you answered in the check is recorded among your own details.")


def _details(consent: Consent) -> str:
    given = _("Given on %(moment)s.", moment=moment(consent.given_at))
    if consent.wording_version:
        given = _(
            "Given on %(moment)s, wording of %(version)s.",
            moment=moment(consent.given_at),
            version=consent.wording_version,
        )
    if consent.withdrawn_at is None:
        return given
    gone = _("Taken back on %(moment)s.", moment=moment(consent.withdrawn_at))
    return given + gone if given.endswith("。") else f"{given} {gone}"


def _state(consent: Consent) -> tuple[str, str]:
    if consent.withdrawn_at is not None:
        return _("Taken back"), "grey"
    return {
        ConsentState.STANDS: (_("In force"), "green"),
        ConsentState.ENDED: (_("Over"), "grey"),
        ConsentState.DONE: (_("Used"), "blue"),
        ConsentState.STATEMENT: (_("Statement"), "blue"),
    }[consent.state]


def _stops(consent: Consent) -> Iterable[str]:
    if consent.kind is ConsentKind.DECLARATION:
        yield _(
            "Application %(reference)s is withdrawn at once: it cannot be assessed without this consent.",
            reference=consent.reference,
        )
        yield _("Officers of that side no longer see your name, your file or your documents.")
        yield _("The application on the other side, if there is one, stays as it is.")
    elif consent.kind is ConsentKind.SHARE:
        yield _("Whoever has the code sees nothing any more. It answers like a code nobody ever made.")
        yield _("A certificate whose QR code leads to this share can no longer be checked online.")
    else:
        yield _("The private link stops working, and the referee is not reminded any more.")


def _size(count: int) -> str:
    if count < 1024 * 1024:
        return _("%(count)s kB", count=number(max(1, count // 1024)))
    return _("%(count)s MB", count=number(count // (1024 * 1024)))

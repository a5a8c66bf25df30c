"""The pages that are opened in every language and size, and the ten that most people meet.

A page with a key in its address is named by the way to it: the page that links to it, and a pattern
of the link's address, as often as it takes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import unescape
from typing import Final

NOBODY: Final = "nobody"
STEP: Final = " > "
EVERY_PAGE: Final[dict[str, list[str]]] = {
    NOBODY: [
        "/", "/about", "/privacy", "/accessibility", "/requirements", "/requirements/tracks/fund-management",
        "/requirements/targets/hk.sfc.representative.type-9", "/requirements/questions", "/requirements/reading-guide",
        "/sources", "/releases", "/check", "/account/sign-in", "/account/register", "/account/reset", "/account/confirm",
        "/account/lost", "/account/lost/no-such-link", "/account/confirm/any-link",
        "/no-such-page", "/mailbox", "/for-employers", "/check/about", "/account/registered", "/eligibility",
        "/requirements?q=cfa", "/requirements?q=zzqq", "/sources?q=hksi&kind=primary", "/sources?q=zzqq",
        "/requirements/tracks/virtual-assets", "/requirements/targets/sz.amac.practitioner",
        "/requirements/targets/hk.sfc.representative.type-9?on-day=31&on-month=2&on-year=2026",
    ],
    "chen.wei": [
        "/me", "/me/mapping", "/me/mappings", "/me/credentials", "/me/work", "/me/evidence",
        "/me/evidence/new", "/me/evidence/code", "/me/about-me", "/me/applications",
        "/me/bridging", "/me/shares", "/account/settings", "/account/password",
        "/account/language", "/account/ways", "/account/ways/app", "/account/ways/passkeys/new",
        "/account/ways/recovery-codes", "/account/sign-ins", "/account/verify", "/me/about-me/names/add",
        "/me/about-me/documents/add", "/me/about-me/facts", "/me/about-me/birth", "/me/about-me/names-on-letters",
        "/me/mapping?track=fund-management&show=unknown", "/me/mapping?track=fund-management&on=2027-03-01",
        "/me/mapping?track=fund-management&on-day=31&on-month=2&on-year=2027", "/me/mappings/papers",
        "/me/applications > /me/applications/0", "/me/applications/start", "/me/applications/start?track=futures",
        "/me/inbox", "/me/recognitions", "/me/recognitions > /me/recognitions/RH",
        "/me/recognitions > /me/recognitions/RH > /certificate$", "/me/shares/new", "/me/shares > /me/shares/SH",
        "/me/shares > /me/shares/SH > /end", "/me/bridging > /me/bridging/dual-qualification",
        "/me/bridging > /me/bridging/enrolments/", "/me/bridging > /me/bridging/enrolments/ > /withdraw",
        "/me/bridging > /me/bridging/dual-qualification > /enrol",
    ],
    "cheung.mei.yan": [
        "/me/credentials", "/me/credentials/find", "/me/credentials/find?q=cfa", "/me/credentials/find?q=zzqq",
        "/me/credentials/find?q=cisa", "/me/credentials/find?q=ecf", "/me/credentials/not-listed",
        "/me/credentials/new/education.degree", "/me/credentials/new/hksi.le.paper-1",
        "/me/credentials/papers/hksi.le", "/me/credentials > /me/credentials/0",
        "/me/credentials > /me/credentials/0 > /change", "/me/credentials > /me/credentials/0 > /withdraw",
        "/me/credentials > /me/credentials/0 > /history",
        "/me/work", "/me/work/new", "/me/work > /change", "/me/work > /withdraw", "/me/work > /referees/new",
        "/me/work > /me/work/referees/", "/me/evidence", "/me/evidence/new", "/me/evidence > /me/evidence/0",
        "/me/credentials > /me/credentials/0 > /me/evidence/0",
        "/me/credentials > /me/credentials/0 > /me/evidence/0 > /change",
        "/me/credentials > /me/credentials/0 > /me/evidence/0 > /pages/new",
        "/me/credentials > /me/credentials/0 > /me/evidence/0 > /translations/new",
        "/me/credentials > /me/credentials/0 > /me/evidence/0 > /remove", "/me/evidence/code", "/mailbox > /mailbox/ > /references/",
        "/me/data", "/me/data/correct", "/me/data/export", "/me/data/consents", "/me/data/erase", "/me/data/erased",
        "/me/data/consents > /withdraw",
    ],
    "huang.jiaqi": ["/me", "/me/applications > /me/applications/0", "/me/applications > /me/applications/0 > /withdraw"],
    "lin.yuhan": ["/me/applications > /me/applications/0", "/me/applications > /me/applications/0 > /review"],
    "ada.ko": [
        "/desk", "/desk/recognitions", "/desk/recognitions > /desk/recognitions/RH",
        "/desk/recognitions > /desk/recognitions/RH > /suspend", "/desk/recognitions > /desk/recognitions/RH > /revoke",
        "/desk?words=zzqq", "/desk?stage=moon", "/desk?stage=submitted > /desk/cases/HK",
        "/desk?stage=submitted > /desk/cases/HK > /reviews/", "/desk?stage=under_assessment > /desk/cases/HK",
        "/desk?stage=under_assessment > /desk/cases/HK > /recommend", "/desk?stage=granted_with_conditions > /desk/cases/HK",
        "/desk?stage=under_assessment > /desk/cases/HK > /facts/", "/desk/duplicates", "/desk/qualification-requests",
        "/desk/mail",
    ],
    "ding.lan": [
        "/desk?stage=recommended > /desk/cases/SZ", "/desk?stage=recommended > /desk/cases/SZ > /decide",
        "/desk?stage=recommended > /desk/cases/SZ > /return", "/desk/duplicates",
    ],
    "tam.lok": [
        "/programmes", "/programmes/new", "/programmes > /programmes/dual-qualification/change",
        "/programmes/dual-qualification/modules/new", "/programmes/dual-qualification/cohorts/new",
        "/programmes/dual-qualification/change > /programmes/dual-qualification/modules/",
        "/programmes > /programmes/cohorts/", "/programmes > /programmes/cohorts/ > /change",
    ],
    "harbour.works": ["/check", "/check/looks", "/check?code=SH-2222-3333", "/account/settings", "/account/language"],
    "sys.admin": ["/desk/mail"],
}  # fmt: skip
# One page of each kind, walked by keyboard.
KEYBOARD_PAGES: Final[dict[str, list[str]]] = {
    NOBODY: [
        "/", "/about", "/requirements?q=cfa", "/requirements/tracks/fund-management", "/sources?q=hksi",
        "/requirements/targets/sz.amac.practitioner", "/requirements/reading-guide", "/releases", "/check",
        "/check/about", "/account/sign-in", "/account/register", "/eligibility", "/no-such-page",
    ],
    "chen.wei": [
        "/me", "/account/settings", "/account/ways", "/account/ways/app", "/account/sign-ins", "/account/password",
        "/me/about-me", "/me/about-me/names/add", "/me/about-me/documents/add", "/me/about-me/facts",
        "/me/mapping?track=fund-management", "/me/applications > /me/applications/0", "/me/inbox",
        "/me/recognitions > /me/recognitions/RH > /certificate$", "/me/shares/new",
        "/me/applications/start?track=futures",
    ],
    "cheung.mei.yan": [
        "/me/credentials", "/me/credentials/find?q=cfa", "/me/credentials/new/education.degree", "/me/work",
        "/me/work/new", "/me/work > /referees/new", "/me/credentials > /me/credentials/0 > /me/evidence/0",
        "/me/evidence/new", "/me/data", "/me/data/export", "/me/data/consents > /withdraw",
        "/mailbox > /mailbox/ > /references/",
    ],
    "lin.yuhan": ["/me/applications > /me/applications/0 > /review"],
    "ada.ko": [
        "/desk", "/desk?stage=under_assessment > /desk/cases/HK", "/desk/mail",
        "/desk?stage=under_assessment > /desk/cases/HK > /recommend",
        "/desk?stage=under_assessment > /desk/cases/HK > /facts/",
    ],
    "tam.lok": ["/programmes", "/programmes/dual-qualification/change", "/programmes/dual-qualification/cohorts/new"],
    "harbour.works": ["/check", "/check/looks"],
}  # fmt: skip
# Forms of every room that refuse to be sent empty.
FORMS: Final[dict[str, list[str]]] = {
    NOBODY: ["/check"],
    "lin.yuhan": ["/me/applications > /me/applications/0 > /review"],
    "chen.wei": [
        "/me/applications/start?track=futures", "/me/shares/new", "/me/recognitions > /me/recognitions/RH > /certificate$",
    ],
    "ada.ko": [
        "/desk?stage=submitted > /desk/cases/HK > /reviews/", "/desk?stage=under_assessment > /desk/cases/HK > /recommend",
        "/desk?stage=under_assessment > /desk/cases/HK > /facts/", "/desk/recognitions > /desk/recognitions/RH > /suspend",
        "/desk/recognitions > /desk/recognitions/RH > /revoke",
    ],
    "ding.lan": [
        "/desk?stage=recommended > /desk/cases/SZ > /decide", "/desk?stage=recommended > /desk/cases/SZ > /return",
    ],
    "tam.lok": [
        "/programmes/new", "/programmes/dual-qualification/modules/new", "/programmes/dual-qualification/cohorts/new",
    ],
}  # fmt: skip
MAIN_PAGES: Final[list[tuple[str, str]]] = [
    (NOBODY, "/"),
    (NOBODY, "/eligibility"),
    (NOBODY, "/requirements"),
    (NOBODY, "/requirements/targets/hk.sfc.representative.type-9"),
    (NOBODY, "/check"),
    (NOBODY, "/account/sign-in"),
    ("chen.wei", "/me"),
    ("chen.wei", "/me/mapping"),
    ("chen.wei", "/me/credentials"),
    ("chen.wei", "/me/applications"),
]


def addresses(ways: Iterable[str], read: Callable[[str], str]) -> list[str]:
    """Where the ways lead now; ``read`` gives a page's markup. A way that leads nowhere is a fault."""
    found = []
    for way in ways:
        start, *steps = way.split(STEP)
        address = _along(start, steps, read)
        assert address, f"nothing leads along {way}"
        found.append(address)
    return found


def _along(address: str, steps: list[str], read: Callable[[str], str]) -> str:
    """The first page to which the steps lead; where several links fit a step, the first with a way on."""
    if not steps:
        return address
    links = [unescape(link) for link in re.findall(r'href="(?:https?://[^/"]+)?(/[^"#]*)"', read(address))]
    ways = (_along(link, steps[1:], read) for link in dict.fromkeys(links) if re.search(steps[0], link))
    return next(filter(None, ways), "")

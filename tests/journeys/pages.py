"""The pages that are opened in every language and size, and the ten that most people meet."""

from __future__ import annotations

from typing import Final

NOBODY: Final = "nobody"
EVERY_PAGE: Final[dict[str, list[str]]] = {
    NOBODY: [
        "/", "/about", "/privacy", "/accessibility", "/requirements", "/requirements/tracks/fund-management",
        "/requirements/targets/hk.sfc.representative.type-9", "/requirements/questions", "/requirements/reading-guide",
        "/sources", "/releases", "/check", "/account/sign-in", "/account/register", "/account/reset", "/account/confirm",
        "/no-such-page", "/mailbox", "/for-employers", "/check/about",
    ],
    "chen.wei": [
        "/me", "/me/mapping", "/me/mappings", "/me/credentials", "/me/work", "/me/evidence",
        "/me/evidence/new", "/me/evidence/code", "/me/about-me", "/me/applications",
        "/me/bridging", "/me/shares", "/account/settings", "/account/password",
    ],
    "ada.ko": ["/desk", "/desk/recognitions"],
    "tam.lok": ["/programmes"],
    "harbour.works": ["/check", "/check/looks"],
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

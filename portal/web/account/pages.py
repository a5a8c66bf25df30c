"""What the account page shows, prepared."""

from __future__ import annotations

from flask_babel import gettext as _

from portal.domain.people import Role
from portal.domain.places import Jurisdiction
from portal.models.accounts import Account
from portal.web.formatting import in_its_language
from portal.web.languages import current_language
from portal.wording.dates import moment
from portal.wording.languages import language_of


def account_rows(account: Account) -> list[dict[str, str]]:
    """The rows of the summary list: address, roles, language, since when."""
    return [
        {"key": _("E-mail address"), "value": account.email},
        {
            "key": _("This account is"),
            "value": " · ".join(_role(held.name, held.jurisdiction) for held in account.roles),
        },
        {
            "key": _("Language of our e-mails"),
            "value": in_its_language(language_of(account.language).own_name, account.language),
        },
        {"key": _("Account opened"), "value": moment(account.created_at, current_language())},
    ]


def _role(role: Role, jurisdiction: Jurisdiction | None) -> str:
    names = {
        Role.PROFESSIONAL: _("a professional’s"),
        Role.OFFICER: _("an officer’s"),
        Role.PROGRAMME_MANAGER: _("a programme manager’s"),
        Role.EMPLOYER_MEMBER: _("an employer’s"),
        Role.SYSTEM_ADMINISTRATOR: _("a system administrator’s"),
    }
    place = {Jurisdiction.HONG_KONG: _("Hong Kong"), Jurisdiction.SHENZHEN: _("Shenzhen")}
    return f"{names[role]} ({place[jurisdiction]})" if jurisdiction else names[role]

"""Who can sign in to the demonstration. One password for all, because nothing here is anybody's."""

from __future__ import annotations

from dataclasses import dataclass

from portal.domain.people import Role
from portal.domain.places import Jurisdiction

PASSWORD = "nine planks and two towers"  # noqa: S105 - printed at every start of a demonstration


@dataclass(frozen=True, slots=True)
class SignIn:
    """One demonstration account, as printed at the start."""

    key: str
    who: str
    role: Role
    jurisdiction: Jurisdiction | None = None
    language: str = "en"

    @property
    def email(self) -> str:
        """The address: a domain that can never receive mail."""
        return f"{self.key}@example.com"


_HK, _SZ = Jurisdiction.HONG_KONG, Jurisdiction.SHENZHEN
HONG_KONG_CHINESE, MAINLAND_CHINESE = "zh_Hant_HK", "zh_Hans_CN"

PROFESSIONALS_SHOWN = (
    SignIn("mei.lam", "professional, Hong Kong, fund management", Role.PROFESSIONAL),
    SignIn("chen.wei", "professional, Shenzhen, recognised with a condition", Role.PROFESSIONAL),
    SignIn("kavita.rao", "professional, Hong Kong, case awaits a second officer", Role.PROFESSIONAL),
    SignIn("cheung.mei.yan", "professional, Hong Kong, cybersecurity", Role.PROFESSIONAL),
)
STAFF = (
    SignIn("ada.ko", "officer, Hong Kong", Role.OFFICER, _HK),
    SignIn("bo.yip", "second officer, Hong Kong", Role.OFFICER, _HK, HONG_KONG_CHINESE),
    SignIn("su.qing", "officer, Shenzhen", Role.OFFICER, _SZ, MAINLAND_CHINESE),
    SignIn("ding.lan", "second officer, Shenzhen", Role.OFFICER, _SZ, MAINLAND_CHINESE),
    SignIn("tam.lok", "programme manager, Hong Kong", Role.PROGRAMME_MANAGER, _HK, HONG_KONG_CHINESE),
    SignIn("wu.hai", "programme manager, Shenzhen", Role.PROGRAMME_MANAGER, _SZ, MAINLAND_CHINESE),
    SignIn("harbour.works", "employer", Role.EMPLOYER_MEMBER),
    SignIn("sys.admin", "system administrator", Role.SYSTEM_ADMINISTRATOR),
)
SIGN_INS = (*PROFESSIONALS_SHOWN, *STAFF)

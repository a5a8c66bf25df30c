"""Official verification codes: whose they are, how they are written down, and whether their form fits.

A code is a key to somebody else's records. Nothing here says that a code is genuine: only its
issuer's own site can, while the code lasts. Forms known:

* CHSI online verification code (学信网在线验证码), on the online verification report of Mainland
  education: twelve digits, or sixteen letters and digits. CHSI's own pages describe the code and
  not its length; the length is given by unofficial guides alone (fudaoke.com, "学籍学历在线验证报告
  查询验证码", read 2026-11-22), so a code that does not fit is kept with a remark, never refused.
* CSCSE certificate number (教育部留学服务中心认证书编号): no dependable description of its form was
  found, so the form is not checked.
* JUCC Academic Certificate Verification Platform (ACVP): shared by link or QR code; no form was
  found, so the form is not checked.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from typing import Final


class CodeScheme(StrEnum):
    """Whose code it is."""

    CHSI = "chsi"
    CSCSE = "cscse"
    JUCC = "jucc"
    OTHER = "other"


class CodeForm(StrEnum):
    """What can be said of a code's form."""

    FITS = "fits"
    DOES_NOT_FIT = "does_not_fit"
    NOT_CHECKED = "not_checked"


_FORMS: Final[dict[CodeScheme, re.Pattern[str]]] = {
    CodeScheme.CHSI: re.compile(r"[0-9]{12}|[0-9A-Z]{16}"),
}


def tidy_code(typed: str) -> str:
    """A code as it is kept: without spaces and invisible signs, digits and letters of normal width.

    Small letters stay small where no form is known: they may matter.

    >>> tidy_code(" ａ１２3 4567 ")
    'a1234567'
    """
    plain = unicodedata.normalize("NFKC", typed)
    return "".join(
        sign for sign in plain if not sign.isspace() and not unicodedata.category(sign).startswith("C")
    )


def form_of(scheme: CodeScheme, code: str) -> CodeForm:
    """Say whether a tidied code has the form its scheme is known to have.

    >>> form_of(CodeScheme.CHSI, "123456789012").value
    'fits'
    >>> form_of(CodeScheme.CHSI, "12345").value
    'does_not_fit'
    >>> form_of(CodeScheme.CSCSE, "12345").value
    'not_checked'
    """
    form = _FORMS.get(scheme)
    if form is None:
        return CodeForm.NOT_CHECKED
    return CodeForm.FITS if form.fullmatch(code.upper()) else CodeForm.DOES_NOT_FIT

"""The language in which the portal writes to an account: e-mails, letters, and pages not asked for in another."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _, lazy_gettext as _l
from werkzeug.wrappers import Response

from portal.services.accounts import choose_language
from portal.web.access import current_actor, signed_in
from portal.web.account.blueprint import account, own_account
from portal.web.forms.checks import Required
from portal.web.forms.fields import RadioField, SelectChoice
from portal.web.forms.sending import OnceForm
from portal.web.house import the_house
from portal.web.outcomes import sent_once
from portal.wording.languages import LANGUAGES


class LanguageForm(OnceForm):
    """One of the three, each by its own name."""

    language = RadioField(
        _l("Language of our e-mails"),
        [Required(_l("Choose a language."))],
        hint=_l(
            "A letter about an application is written in the language in which you began it. The links at the top of a page change the page alone."
        ),
        choices=[
            SelectChoice(known.locale, known.own_name, render_kw={"lang": known.tag}) for known in LANGUAGES
        ],
    )


@account.route("/language", methods=["GET", "POST"])
@signed_in
def change_language() -> str | Response | tuple[str, int]:
    """Choose the language of e-mails and letters."""
    form = LanguageForm()
    if request.method == "POST" and form.validate():
        sent_once(lambda: _choose(form))
        flash(_("Saved."), "success")
        return redirect(url_for("account.home"), 303)
    if request.method == "GET":
        form.language.data = own_account().language
    drawn = render_template("account/change_language.html", form=form)
    return (drawn, 422) if request.method == "POST" else drawn


def _choose(form: LanguageForm) -> str:
    choose_language(the_house(), current_actor(), language=form.language.data or "", once=form.once.data)
    return ""

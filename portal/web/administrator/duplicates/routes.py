"""The officers' pages of possible duplicates: the list, and one pair with its ruling."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.domain.duplicates import SamenessVerdict
from portal.domain.people import Role
from portal.services.duplicate_rulings import list_duplicates, read_duplicate, rule_on_duplicate
from portal.web.access import current_actor, for_role
from portal.web.administrator.acting import answered, carry
from portal.web.administrator.blueprint import administrator
from portal.web.administrator.duplicates.forms import RulingForm
from portal.web.administrator.duplicates.pages import pair_page, pair_rows
from portal.web.house import the_house

Shown = str | Response | tuple[str, int]


@administrator.get("/duplicates")
@for_role(Role.OFFICER)
def duplicates() -> str:
    """The pairs that wait for a ruling, and those ruled on."""
    house, actor = the_house(), current_actor()
    return render_template(
        "administrator/duplicates.html",
        waiting=pair_rows(list_duplicates(house, actor)),
        ruled=pair_rows(list_duplicates(house, actor, ruled=True)),
    )


@administrator.route("/duplicates/<uuid:duplicate_id>", methods=["GET", "POST"])
@for_role(Role.OFFICER)
def duplicate(duplicate_id: UUID) -> Shown:
    """One pair: why it was proposed, both records as far as they are open, and the ruling."""
    house, actor, form = the_house(), current_actor(), RulingForm()
    answer = answered(
        form,
        lambda: rule_on_duplicate(
            house,
            actor,
            duplicate_id=duplicate_id,
            version=form.seen_version,
            verdict=SamenessVerdict(str(form.verdict.data)),
            reason=form.reason.data or "",
            once=form.once.data,
        ),
    )
    if answer.result is not None:
        flash(_("The ruling is recorded. Nothing was merged."), "success")
        return redirect(url_for("administrator.duplicates"), 303)
    page = pair_page(read_duplicate(house, actor, duplicate_id))
    carry(form, page.version, answer)
    return render_template("administrator/duplicate.html", form=form, page=page), answer.status

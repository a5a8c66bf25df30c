"""Sentences for refusals: administration."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

MESSAGES: dict[str, LazyString] = {
    "case.other_jurisdiction": _("This case belongs to the officers of the other side."),
    "case.own_case": _("Nobody works on an application of their own. Leave it to a colleague."),
    "case.on_another_desk": _("This case is assigned to another officer, who alone works on it."),
    "case.already_assigned": _("Another officer has taken this case meanwhile. A case has one assignee."),
    "case.already_yours": _("This case is assigned to you already."),
    "disclosure.no_consent": _(
        "The applicant has not agreed that officers of this side read the file, so it stays closed."
    ),
    "verification.method_not_yours": _("Choose a way of knowing from the list."),
    "verification.note_missing": _("Enter a note: a rejection has to say what was found."),
    "judgement.not_for_officers": _("Facts decide this requirement. Verify or reject the facts instead."),
    "judgement.reason_missing": _("Enter the reason. A finding without one cannot be checked later."),
    "recommendation.note_missing": _("Enter a note for the second officer."),
    "decline.reason_missing": _("Choose at least one reason for declining."),
    "decline.reason_unknown": _("Choose reasons from the list."),
    "decline.reason_unfounded": _(
        "Nothing in the file bears out one of these reasons. Choose reasons that it shows."
    ),
    "decision.clauses_open": _(
        "A full grant is not possible: on verified facts something is open that only the applicant can close. Verify it, set it as a condition, or decline."
    ),
    "decision.found_against": _(
        "A grant is not possible: an officer found against a requirement that the rule needs."
    ),
    "decision.conditions_missing": _("Choose at least one condition to finish."),
    "decision.conditions_not_needed": _(
        "One of these conditions closes nothing that is open. Choose conditions from the list."
    ),
    "decision.conditions_do_not_suffice": _(
        "These conditions are not enough: something else would stay open. Add a condition for it, or decline."
    ),
    "decision.recognition_stands": _(
        "A recognition was granted in this case and still stands. Revoke it with a reason, or recommend otherwise."
    ),
    "decision.four_eyes": _("The officer who recommended cannot decide. A second officer signs."),
    "condition.due_in_the_past": _("The day to finish by must be after today."),
    "return.note_missing": _("Enter what should be looked at again."),
    "recognition.reason_missing": _("Enter the reason. The holder reads it in the letter."),
    "recognition.not_possible": _(
        "The status of this recognition no longer allows this step. Look at it again."
    ),
}

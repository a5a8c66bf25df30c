"""One sentence for every reason the engine can give, in English, to be translated.

Owns the words and nothing else: which code exists with which parameters is the
engine's registry, and a test holds the two together. The sentences name no
reader, because a professional, an officer and a letter show the same ones.
``had``, in the sentences about experience, is the length of work as counted.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from portal.wording.marking import N_

SENTENCES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "holds.held": N_("%(qualification)s is held."),
        "holds.found": N_("%(qualification)s was obtained on %(on)s."),
        "holds.found_until": N_(
            "%(qualification)s was obtained on %(on)s. It stops counting on %(lapses_on)s."
        ),
        "holds.current": N_("%(qualification)s is current."),
        "holds.current_until": N_("%(qualification)s is current. It lapses on %(lapses_on)s."),
        "holds.ended_recently": N_(
            "%(qualification)s has not been held since %(ended_on)s, but counts until it lapses on %(lapses_on)s."
        ),
        "holds.none_found": N_("Not among the credentials: %(qualifications)s."),
        "holds.not_yet": N_("%(qualification)s counts only from %(on)s."),
        "holds.too_old": N_(
            "%(qualification)s was obtained on %(on)s, too long ago. It stopped counting on %(lapsed_on)s."
        ),
        "holds.ended": N_("%(qualification)s ended on %(ended_on)s."),
        "holds.ended_too_long_ago": N_(
            "%(qualification)s has not been held since %(ended_on)s. It stopped counting on %(lapsed_on)s."
        ),
        "holds.expired": N_("%(qualification)s was valid until %(valid_until)s."),
        "holds.too_late": N_(
            "%(qualification)s was obtained on %(on)s. Only what was obtained by %(limit)s counts."
        ),
        "holds.too_early": N_(
            "%(qualification)s was obtained on %(on)s. Only what was obtained from %(limit)s on counts."
        ),
        "holds.attribute_other": N_(
            "%(qualification)s is held, but what it says under “%(attribute)s” is not what the rule asks."
        ),
        "holds.attribute_unknown": N_("“%(attribute)s” is not stated for %(qualification)s."),
        "holds.below": N_(
            "“%(attribute)s” of %(qualification)s is %(found)s. The rule asks for %(needed)s or more."
        ),
        "holds.day_unknown": N_("The date of %(qualification)s is not stated."),
        "holds.awaits_verification": N_("%(qualification)s is declared and still has to be verified."),
        "sittings.passed_together": N_(
            "%(qualification)s (%(sitting)s) and %(other)s (%(other_sitting)s) were passed close enough together."
        ),
        "sittings.none_found": N_("No pass among the credentials: %(qualifications)s."),
        "sittings.one_missing": N_(
            "%(qualification)s was passed in %(sitting)s. What is missing must be passed by %(counts_until)s."
        ),
        "sittings.lapsed": N_(
            "%(qualification)s was passed in %(sitting)s. That pass counted only until %(counts_until)s."
        ),
        "sittings.apart": N_(
            "%(qualification)s (%(sitting)s) and %(other)s (%(other_sitting)s) were passed too far apart."
        ),
        "sittings.sitting_unknown": N_("The sitting in which %(qualification)s was passed is not stated."),
        "sittings.awaits_verification": N_(
            "The pass of %(qualification)s is declared and still has to be verified."
        ),
        "education.reached": N_("Education: %(level)s. Asked for: %(needed)s."),
        "education.below": N_("Education: %(level)s. The rule asks for more: %(needed)s."),
        "education.none_found": N_("No education of this level is registered: %(needed)s."),
        "education.not_yet": N_("Education: %(level)s, to be awarded on %(on)s."),
        "education.other_field": N_("The field of study is %(field)s. The rule asks for %(fields)s."),
        "education.other_place": N_("The place of award is %(place)s. The rule asks for %(places)s."),
        "education.attribute_unknown": N_("“%(attribute)s” of the education is not stated."),
        "education.awaits_verification": N_(
            "Education: %(level)s. It is declared and still has to be verified."
        ),
        "experience.reached": N_("Work that counts: %(had)s. Asked for: %(needed)s."),
        "experience.reached_until": N_(
            "Work that counts: %(had)s. Asked for: %(needed)s. Without more work this lapses on %(lapses_on)s."
        ),
        "experience.short": N_("Work that counts: only %(had)s. Asked for: %(needed)s."),
        "experience.short_until": N_(
            "Work that counts: only %(had)s. Asked for: %(needed)s. Staying in this work, it is met on %(met_on)s."
        ),
        "experience.open_counting": N_(
            "Work that counts: %(had)s, because of days or working hours that are not known. Asked for: %(needed)s."
        ),
        "experience.open_counting_until": N_(
            "Work that counts: %(had)s, because of days or working hours that are not known. Asked for: "
            "%(needed)s. Staying in this work, it is met on %(met_on)s at the latest."
        ),
        "experience.none_found": N_("No work that counts is registered. Asked for: %(needed)s."),
        "experience.awaits_verification": N_(
            "Work declared: %(had)s. Asked for: %(needed)s. It still has to be verified."
        ),
        "employed_in.employed": N_("Employed since %(since)s. Kind of employer: %(employer_kind)s."),
        "employed_in.employed_until": N_(
            "Employed since %(since)s. Kind of employer: %(employer_kind)s. This lapses on %(lapses_on)s."
        ),
        "employed_in.begins_later": N_("Employment begins on %(on)s. Kind of employer: %(employer_kind)s."),
        "employed_in.ended": N_("Employment ended on %(on)s. Kind of employer: %(employer_kind)s."),
        "employed_in.month_unknown": N_(
            "Only the month in which the employment begins or ends is known. Kind of employer: %(employer_kind)s."
        ),
        "employed_in.none_found": N_("No employment of this kind is registered: %(employer_kinds)s."),
        "employed_in.awaits_verification": N_(
            "The employment is declared and still has to be verified. Kind of employer: %(employer_kind)s."
        ),
        "person.stated": N_("As stated: “%(fact)s”"),
        "person.stated_otherwise": N_("Answered with no: “%(fact)s”"),
        "person.not_stated": N_("Not answered yet: “%(fact)s”"),
        "person.awaits_verification": N_("Stated, and still to be verified: “%(fact)s”"),
        "age.reached": N_("%(years)s years of age were reached on %(on)s."),
        "age.short": N_("%(years)s years of age will be reached on %(on)s."),
        "age.not_stated": N_("The rule asks for %(years)s years of age. The date of birth is not stated."),
        "age.awaits_verification": N_(
            "The rule asks for %(years)s years of age. The date of birth still has to be verified."
        ),
        "judgement.awaits_officer": N_("An officer still has to judge: %(question)s"),
        "judgement.found_for": N_("An officer judged, and answered with yes: %(question)s"),
        "judgement.found_against": N_("An officer judged, and answered with no: %(question)s"),
        "recognised_for.recognised": N_("Recognised since %(on)s: %(target)s."),
        "recognised_for.recognised_until": N_(
            "Recognised since %(on)s: %(target)s. This lapses on %(lapses_on)s."
        ),
        "recognised_for.not_recognised": N_("Not recognised: %(target)s."),
        "recognised_for.ended": N_("Not recognised since %(on)s: %(target)s."),
        "recognised_for.not_yet": N_("Recognised only from %(on)s: %(target)s."),
        "unread.document": N_("Before this can be told, a source has to be read: %(document)s."),
        "confidence.low": N_(
            "The source is not sure enough to decide, and has to be read again: %(document)s."
        ),
        "confidence.none": N_("No source that settles this has been read yet."),
        "unless.met": N_("Not needed, because another requirement is met: %(clause)s."),
        "unless.unknown": N_("Whether this is needed depends on another requirement: %(clause)s."),
        "all_of.met": N_("All parts are met: %(clauses)s."),
        "all_of.not_met": N_("Not met: %(clauses)s."),
        "all_of.undetermined": N_("It cannot be told yet: %(clauses)s."),
        "any_of.met": N_("One way is enough, and this one is met: %(clauses)s."),
        "any_of.not_met": N_("One way would be enough, but none is met: %(clauses)s."),
        "any_of.undetermined": N_("One way is enough, but it cannot be told yet: %(clauses)s."),
        "at_least.met": N_("Parts met: %(found)s. Parts needed: %(needed)s, so this is enough."),
        "at_least.not_met": N_("Parts met: %(found)s. Parts needed: %(needed)s."),
        "at_least.undetermined": N_(
            "Parts met: %(found)s. Parts needed: %(needed)s. Others cannot be told yet."
        ),
        "group.not_applicable": N_("None of its parts applies."),
    }
)

SITTING: Final = N_("sitting %(number)s of %(year)s")
OTHERS: Final = N_("%(count)s others")
MONTHS_BETWEEN: Final = N_("%(low)s to %(high)s months")

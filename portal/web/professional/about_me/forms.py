"""The short forms in which people describe themselves; the questions come from the rulebook's vocabulary.

Owns the fields. Each question takes yes, no, or no answer, and no answer is never a no. What a
short form does not ask stays as it is recorded.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from flask_babel import gettext as _, lazy_gettext as _l
from wtforms import Field

from portal.domain.identity_documents import LONGEST_NUMBER, DocumentKind, StatedDocument
from portal.domain.names import LONGEST_PART, NameKind, NameProof, StatedName
from portal.domain.places import Jurisdiction
from portal.services.house import House
from portal.services.people import LONGEST_NAMES, PersonRecord, Section, SelfDescription, questions_asked
from portal.web.forms.checks import Optional, Required
from portal.web.forms.dates import DateField
from portal.web.forms.fields import CheckboxField, RadioField, SelectChoice, SelectField, TextField
from portal.web.forms.sending import EditForm, OnceForm
from portal.web.identity_words import DOCUMENT_KINDS, NAME_KINDS, PROOFS
from portal.web.professional.words import vocabulary_word

YES: Final = "yes"
NO: Final = "no"
UNSTATED: Final = "unstated"
_ANSWERS: Final[dict[str, bool | None]] = {YES: True, NO: False, UNSTATED: None}
_PREFIX: Final = "fact_"


class LetterNamesForm(EditForm):
    """The names that letters and certificates carry."""

    section = Section.NAMES

    name_latin = TextField(
        _l("Name in Latin letters"),
        [Optional(quiet=True)],
        hint=_l("As on the document you travel with. For example, CHAN Tai Man, Peter or ZHANG SAN."),
        max_length=LONGEST_NAMES["name_latin"],
        autocomplete="name",
        spellcheck=False,
    )
    name_chinese = TextField(
        _l("Name in Chinese"),
        [Optional()],
        hint=_l("As on your identity document."),
        max_length=LONGEST_NAMES["name_chinese"],
        spellcheck=False,
    )

    def described(self, recorded: SelfDescription) -> SelfDescription:
        return replace(
            recorded, name_latin=self.name_latin.data or "", name_chinese=self.name_chinese.data or ""
        )


class BirthForm(EditForm):
    """The day of birth."""

    section = Section.BIRTH

    born_on = DateField(_l("Date of birth"), [Optional()], birthday=True)

    def described(self, recorded: SelfDescription) -> SelfDescription:
        return replace(recorded, born_on=self.born_on.data)


class FactsForm(EditForm):
    """Home; the questions are added by ``section_form``."""

    section = Section.FACTS

    home = RadioField(
        _l("Where do you live?"),
        [Required(_l("Choose the city where you live."))],
        hint=_l("Your data is kept under the law of that place. You can be recognised on both sides."),
        choices=[
            SelectChoice(Jurisdiction.HONG_KONG.value, _l("Hong Kong")),
            SelectChoice(Jurisdiction.SHENZHEN.value, _l("Shenzhen, or elsewhere on the Mainland")),
        ],
    )

    def described(self, recorded: SelfDescription) -> SelfDescription:
        home = self.home.data
        return replace(
            recorded,
            home=Jurisdiction(home) if home in set(Jurisdiction) else recorded.home,
            answers={name: _ANSWERS.get(field.data) for name, field in questions_of(self)},
        )


# Each is the form of one ``section`` and says what is ``described`` with its answers in place of those recorded.
SectionForm = LetterNamesForm | BirthForm | FactsForm


class AddNameForm(OnceForm):
    """A further name: its kind, its parts in the order of the papers, and when it was used."""

    kind = RadioField(
        _l("How is this name written?"),
        [Required(_l("Choose how the name is written."))],
        choices=[SelectChoice(kind.value, _l(word)) for kind, word in NAME_KINDS.items()],
    )
    family = TextField(_l("Family name"), [Optional(quiet=True)], max_length=LONGEST_PART, spellcheck=False)
    given = TextField(_l("Given name"), [Optional(quiet=True)], max_length=LONGEST_PART, spellcheck=False)
    is_meant = CheckboxField(_l("My document prints it like this."))
    order = RadioField(
        _l("Which comes first on your document?"),
        choices=[
            SelectChoice("family", _l("The family name")),
            SelectChoice("given", _l("The given name")),
        ],
        default="family",
        inline=True,
    )
    use = RadioField(
        _l("Do you use this name now?"),
        choices=[SelectChoice("now", _l("Yes")), SelectChoice("before", _l("No, I used it before"))],
        default="now",
        inline=True,
    )
    since = DateField(_l("First day of this name"), [Optional()])
    until = DateField(_l("Last day of this name"), [Optional()], hint=_l("Only for a name you used before."))
    proof = SelectField(
        _l("Which document shows it?"),
        [Optional()],
        empty=_l("None yet"),
        choices=[SelectChoice(proof.value, _l(word)) for proof, word in PROOFS.items()],
    )

    @property
    def said(self) -> StatedName:
        """The name as typed; an unknown kind is a fault of its own field."""
        kind, proof = self.kind.data, self.proof.data
        return StatedName(
            kind=NameKind(kind) if kind in set(NameKind) else NameKind.ENGLISH,
            family=self.family.data or "",
            given=self.given.data or "",
            family_first=self.order.data != "given",
            is_former=self.use.data == "before",
            since=self.since.data,
            until=self.until.data,
            proof=NameProof(proof) if proof in set(NameProof) else None,
        )

    @property
    def has_kind(self) -> bool:
        """True when a kind was chosen, so that the script can be judged."""
        return self.kind.data in set(NameKind)


class AddDocumentForm(OnceForm):
    """An identity document. The number is read once and never kept."""

    kind = RadioField(_l("Which document?"), [Required(_l("Choose the kind of document."))], choices=[])
    identity_number = TextField(
        _l("Number"),
        [Optional(quiet=True)],
        hint=_l("As on the document. We check it, keep its last four characters, and forget the rest."),
        width=20,
        max_length=LONGEST_NUMBER,
        autocomplete="off",
        spellcheck=False,
    )
    issuer = TextField(
        _l("Code of the issuing state"),
        [Optional(quiet=True)],
        hint=_l("On the page with your photograph. For example, CHN or GBR."),
        width=4,
        max_length=20,
        autocomplete="off",
        spellcheck=False,
    )
    expires_on = DateField(
        _l("Date of expiry"), [Optional()], hint=_l("Leave it empty if none is printed on the document.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = self._kinds()

    def lay_out(self) -> None:
        """Put the issuing state under the passport; called when errors, if any, are known."""
        self.kind.choices = self._kinds(conditional=self.issuer())

    @property
    def said(self) -> StatedDocument:
        """The document as typed."""
        return StatedDocument(
            kind=DocumentKind(str(self.kind.data)),
            number=self.identity_number.data or "",
            issuer=self.issuer.data or "",
            expires_on=self.expires_on.data,
        )

    @property
    def has_kind(self) -> bool:
        """True when a kind was chosen, so that the number can be judged."""
        return self.kind.data in set(DocumentKind)

    def _kinds(self, **passport_look: Any) -> list[SelectChoice]:
        return [
            SelectChoice(
                kind.value, _(word), render_kw=passport_look if kind is DocumentKind.PASSPORT else {}
            )
            for kind, word in DOCUMENT_KINDS.items()
        ]


class RemoveForm(OnceForm):
    """Nothing to fill in: the page asks whether it is meant."""


def section_form(house: House, record: PersonRecord, form: type[SectionForm]) -> SectionForm:
    """A short form for one person, filled with what is recorded."""
    fields: dict[str, Field] = {}
    if form is FactsForm:
        fields = {_PREFIX + name: _question(house, name) for name in questions_asked(house)}
    made: type[SectionForm] = type(form.__name__, (form,), fields)
    return made(data=_recorded(house, record))


def questions_of(form: SectionForm) -> list[tuple[str, Field]]:
    """The questions of a form, by the name of their fact."""
    return [
        (field.short_name.removeprefix(_PREFIX), field)
        for field in form
        if field.short_name.startswith(_PREFIX)
    ]


def _question(house: House, name: str) -> Field:
    return RadioField(
        vocabulary_word(house, "facts", name),
        choices=[
            SelectChoice(YES, _("This is true")),
            SelectChoice(NO, _("This is not true")),
            SelectChoice(UNSTATED, _("I would rather not say now")),
        ],
        default=UNSTATED,
        inline=True,
    )


def _recorded(house: House, record: PersonRecord) -> dict[str, Any]:
    said = record.description
    spelled = {answer: word for word, answer in _ANSWERS.items()}
    answers = {_PREFIX + name: spelled[said.answers.get(name)] for name in questions_asked(house)}
    return {
        "name_latin": said.name_latin,
        "name_chinese": said.name_chinese,
        "born_on": said.born_on,
        "home": said.home.value,
        "version": record.version,
        **answers,
    }

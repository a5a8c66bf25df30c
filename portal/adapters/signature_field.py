"""The field a signature lies in: invisible, named for those who listen, and part of the tagged page.

Owns one change to a document before it is signed. A field that nobody drew would otherwise break
what the document claims: PDF/UA wants every field inside a tag and named, PDF/A wants it to print.
"""

from __future__ import annotations

from io import BytesIO
from typing import Final

from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, Pdf, String

FIELD: Final = "Signature"
_PRINTED_AND_LOCKED: Final = 132
_SIGNATURES_EXIST_AND_ONLY_APPEND: Final = 3


def with_signature_field(document: bytes, tooltip: str) -> bytes:
    """Give the document with an empty, invisible signature field on its first page."""
    with Pdf.open(BytesIO(document)) as pdf:
        page = pdf.pages[0].obj
        widget = pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                FT=Name.Sig,
                T=String(FIELD),
                TU=String(tooltip),
                Rect=Array([0, 0, 0, 0]),
                F=_PRINTED_AND_LOCKED,
                P=page,
            )
        )
        page.Annots = Array([*page.get(Name.Annots, Array()), widget])
        page.Tabs = Name.S
        _tag(pdf, page, widget, tooltip)
        pdf.Root.AcroForm = pdf.make_indirect(
            Dictionary(Fields=Array([widget]), SigFlags=_SIGNATURES_EXIST_AND_ONLY_APPEND)
        )
        out = BytesIO()
        # The metadata stays as it was typeset: it says in an exact form what the document keeps to.
        pdf.save(
            out,
            fix_metadata_version=False,
            deterministic_id=True,
            object_stream_mode=ObjectStreamMode.preserve,
        )
        return out.getvalue()


def _tag(pdf: Pdf, page: Object, widget: Object, tooltip: str) -> None:
    """Put the field into the tree of tags, and the way back from the field to its tag."""
    tree = pdf.Root.StructTreeRoot
    document = _first_element(tree)
    tag = pdf.make_indirect(
        Dictionary(
            Type=Name.StructElem,
            S=Name.Form,
            P=document,
            Pg=page,
            Alt=String(tooltip),
            K=Dictionary(Type=Name.OBJR, Obj=widget, Pg=page),
        )
    )
    children = document.get(Name.K, Array())
    document.K = Array([*children, tag]) if isinstance(children, Array) else Array([children, tag])
    place = int(tree.get(Name.ParentTreeNextKey, 0))
    if place == 0:
        place = _after_last(tree.ParentTree)
    widget.StructParent = place
    tree.ParentTreeNextKey = place + 1
    _add_number(tree.ParentTree, place, tag)


def _first_element(tree: Object) -> Object:
    inner = tree.K
    return inner[0] if isinstance(inner, Array) else inner


def _after_last(numbers: Object) -> int:
    """One more than the largest key of a number tree."""
    if Name.Kids in numbers:
        return max(_after_last(kid) for kid in numbers.Kids)
    keys = [int(key) for key in list(numbers.Nums)[::2]]
    return max(keys, default=-1) + 1


def _add_number(numbers: Object, key: int, value: Object) -> None:
    """Append an entry that is larger than all others."""
    leaf = numbers
    while Name.Kids in leaf:
        leaf = leaf.Kids[-1]
        if Name.Limits in leaf:
            leaf.Limits = Array([leaf.Limits[0], key])
    leaf.Nums = Array([*leaf.Nums, key, value])

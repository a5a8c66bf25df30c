"""What an applicant declares and consents to: each kind, its exact words, and when it is asked.

Owns the wording in three languages and its version, because what somebody agreed to is the words
they read and not a code for them. It must not know forms, pages or how an agreement is stored.
A changed sentence is a new version: raise ``WORDING_VERSION`` with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from portal.domain.places import Jurisdiction
from portal.domain.texts import Text

WORDING_VERSION: Final = "2026-11-22.3"


class DeclarationKind(StrEnum):
    """What is declared or agreed to; one of each kind stands on a case."""

    TRUTH = "truth"
    MACHINE_MAPPING = "machine_mapping"
    SHARING = "sharing"
    CROSSING = "crossing"


@dataclass(frozen=True, slots=True)
class Wording:
    """One statement as it is read: its words, why it is needed, and the side it is about.

    ``towards`` is none for a statement that covers the whole application.
    """

    kind: DeclarationKind
    towards: Jurisdiction | None
    text: Text
    why: Text
    version: str = WORDING_VERSION

    @property
    def key(self) -> str:
        """Names the statement among those of one application."""
        return f"{self.kind}_{self.towards}" if self.towards else self.kind.value

    def covers(self, side: Jurisdiction) -> bool:
        """True when the case of that side needs it."""
        return self.towards in (None, side)


_HK, _SZ = Jurisdiction.HONG_KONG, Jurisdiction.SHENZHEN

_TRUTH: Final = Wording(
    DeclarationKind.TRUTH,
    None,
    Text(
        "What I have declared in this file is true and complete as far as I know. I understand that a "
        "false statement can lead to a refusal, and to the loss of a recognition already granted.",
        "就本人所知，檔案內所申報的資料真實完整。本人明白，如申報不實，申請可不獲批准，已批出的認可亦可遭撤銷。",
        "本人承诺：据本人所知，资格档案中填报的信息真实、完整。本人知悉，如填报不实，申请可能不予通过，已作出的认可也可能撤销。",
    ),
    Text(
        "Officers start from what you declare, so they need your word for it.",
        "審核由你申報的資料開始，因此須由你確認。",
        "审核以您填报的信息为起点，需要您本人确认。",
    ),
)

_MACHINE_MAPPING: Final = Wording(
    DeclarationKind.MACHINE_MAPPING,
    None,
    Text(
        "I agree that a program of this portal compares my file with the published requirements. The "
        "program only advises. Two officers read the file, and people decide.",
        "本人同意由本網站的程式把檔案內容與已公布的要求對照。程式只供參考，檔案由兩名人員審閱，決定由人作出。",
        "本人同意由本平台的程序将资格档案与公布的条件比对。程序只提供参考；资格档案由两名工作人员审阅，决定由人作出。",
    ),
    Text(
        "Without it there is no mapping for the officers to work from.",
        "如不同意，經辦人員便沒有對照結果可供參考。",
        "如不同意，经办人将没有比对结果可用。",
    ),
)

_SHARING: Final = {
    _HK: Wording(
        DeclarationKind.SHARING,
        _HK,
        Text(
            "I agree that this programme’s officers for Hong Kong read my file and my evidence, to assess "
            "my application in Hong Kong and for nothing else.",
            "本人同意本計劃香港方面的經辦人員查閱本人的資歷檔案及證明文件，只用於審核本人在香港的申請。",
            "本人同意本项目香港一方的经办人查看本人的资格档案和证明材料，仅用于审核本人在香港一方的申请。",
        ),
        Text(
            "Officers cannot assess what they may not read.",
            "經辦人員須查閱文件，才能審核申請。",
            "经办人查看材料后才能审核。",
        ),
    ),
    _SZ: Wording(
        DeclarationKind.SHARING,
        _SZ,
        Text(
            "I agree that this programme’s officers for Shenzhen read my file and my evidence, to assess "
            "my application in Shenzhen and for nothing else.",
            "本人同意本計劃深圳方面的經辦人員查閱本人的資歷檔案及證明文件，只用於審核本人在深圳的申請。",
            "本人同意本项目深圳一方的经办人查看本人的资格档案和证明材料，仅用于审核本人在深圳一方的申请。",
        ),
        Text(
            "Officers cannot assess what they may not read.",
            "經辦人員須查閱文件，才能審核申請。",
            "经办人查看材料后才能审核。",
        ),
    ),
}

_CROSSING_WHY: Final = Text(
    "Your file is kept on the side where you are at home. An application on the other side cannot be "
    "assessed unless it may cross.",
    "檔案存放於你所屬的一方。檔案如不能跨境，另一方便無法審核申請。",
    "您的资格档案保存在所属地一方。资格档案不能跨境提供的，另一方就无法审核申请。",
)

_CROSSING: Final = {
    _SZ: Wording(
        DeclarationKind.CROSSING,
        _SZ,
        Text(
            "I agree separately that my file crosses the boundary from Hong Kong to this programme’s "
            "officers for Shenzhen, for this application alone. I can take this back by withdrawing the "
            "application; what was done before then stands.",
            "本人另行同意把本人的檔案由香港跨境轉移予本計劃深圳方面的經辦人員，只用於此申請。本人可撤回申請，"
            "以撤回這項同意；撤回前已作出的處理不受影響。",
            "本人单独同意将本人的资格档案由香港跨境提供给本项目深圳一方的经办人，仅用于该申请。本人可以通过撤回"
            "申请来撤回该项同意，撤回前已完成的处理不受影响。",
        ),
        _CROSSING_WHY,
    ),
    _HK: Wording(
        DeclarationKind.CROSSING,
        _HK,
        Text(
            "I agree separately that my file crosses the boundary from Shenzhen to this programme’s "
            "officers for Hong Kong, for this application alone. I can take this back by withdrawing the "
            "application; what was done before then stands.",
            "本人另行同意把本人的檔案由深圳跨境轉移予本計劃香港方面的經辦人員，只用於此申請。本人可撤回申請，"
            "以撤回這項同意；撤回前已作出的處理不受影響。",
            "本人单独同意将本人的资格档案由深圳跨境提供给本项目香港一方的经办人，仅用于该申请。本人可以通过撤回"
            "申请来撤回该项同意，撤回前已完成的处理不受影响。",
        ),
        _CROSSING_WHY,
    ),
}


def wordings_asked(home: Jurisdiction, sides: Iterable[Jurisdiction]) -> tuple[Wording, ...]:
    """Every statement an application needs, in the order it is read.

    The crossing is asked only for a side that is not the applicant's home, because nothing else
    crosses the boundary.

    >>> [one.key for one in wordings_asked(Jurisdiction.HONG_KONG, [Jurisdiction.SHENZHEN])]
    ['truth', 'machine_mapping', 'sharing_sz', 'crossing_sz']
    """
    asked = sorted(set(sides))
    return (
        _TRUTH,
        _MACHINE_MAPPING,
        *(_SHARING[side] for side in asked),
        *(_CROSSING[side] for side in asked if side is not home),
    )

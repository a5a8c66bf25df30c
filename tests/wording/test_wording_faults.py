"""Each guard of the wording finds a guilty text and lets an innocent one pass."""

from __future__ import annotations

import pytest

from portal.wording.languages import HONG_KONG, MAINLAND, Language
from tests.wording.wording_faults import faults_of, share_converted

INNOCENT = [
    (HONG_KONG, "檔案超出10 MB上限。請縮小檔案，或分開上載。"),
    (HONG_KONG, "內地適用《中華人民共和國個人信息保護法》，與中國內地的安排一致。"),
    (HONG_KONG, "只接受PDF、JPEG或CPWP(A)的證明；啟用後着手辦理，裏面有說明。"),
    (HONG_KONG, "由%(near)s起（%(count)s項）"),
    (HONG_KONG, "註冊信息安全專業人員（CISP）由中國信息安全測評中心註冊，涉及3個目標資格。"),
    (MAINLAND, "您已超过30分钟未操作，登录已过期，请重新登录。"),
    (MAINLAND, "香港适用香港《个人资料（私隐）条例》，资格档案按香港资历架构第五级对接。"),
    (MAINLAND, "从事受规管活动仍须取得香港证监会牌照。结果为“暂时无法判断”。"),
    (MAINLAND, "由香港持牌法团办理，分数为70%。"),
    (MAINLAND, "请查询香港证监会的公众纪录册，涉及3个目标资格。"),
]
GUILTY = [
    (HONG_KONG, "請登錄後提交申請", "登錄"),
    (HONG_KONG, "請登錄後提交申請", "提交"),
    (HONG_KONG, "您的申請", "您"),
    (HONG_KONG, "保護個人信息", "個人信息"),
    (HONG_KONG, "“暫未能確定”", "“"),
    (HONG_KONG, "睇吓你嘅申請", "嘅"),
    (HONG_KONG, "不用由頭再來", "由頭"),
    (HONG_KONG, "審核人員核驗信息", "審核人員"),
    (HONG_KONG, "審核人員核驗信息", "核驗"),
    (HONG_KONG, "審核人員核驗信息", "信息"),
    (HONG_KONG, "共3項目標資格", "項目標資格"),
    (HONG_KONG, "请登入", "characters of the other script: 请"),
    (HONG_KONG, "請登入,然後繼續", "half-width"),
    (HONG_KONG, "帳戶(香港)", "half-width"),
    (HONG_KONG, "上限為 10 MB", "typed space"),
    (HONG_KONG, "已儲存！", "exclamation"),
    (HONG_KONG, "已儲存'申請'", "straight quote"),
    (MAINLAND, "请登入后递交", "登入"),
    (MAINLAND, "你的申请", "你"),
    (MAINLAND, "「暂停」", "「"),
    (MAINLAND, "雇主须核实资料", "雇主"),
    (MAINLAND, "两岸条件对照", "两岸"),
    (MAINLAND, "经办人员查核纪录", "查核"),
    (MAINLAND, "经办人员查核纪录", "经办人员"),
    (MAINLAND, "经办人员查核纪录", "纪录"),
    (MAINLAND, "视乎附带条件，尚欠两项", "视乎"),
    (MAINLAND, "视乎附带条件，尚欠两项", "附带条件"),
    (MAINLAND, "共3项目标资格", "项目标资格"),
    (MAINLAND, "请填写资历", "资历 stands alone"),
    (MAINLAND, "查看您的档案", "档案 stands alone"),
    (MAINLAND, "认可不是牌照。香港另有规定。", "牌照 is a Hong Kong thing"),
    (MAINLAND, "已满足的條件", "characters of the other script: 條"),
    (MAINLAND, "不超过 10 MB", "typed space"),
]


@pytest.mark.parametrize(("language", "text"), INNOCENT)
def test_an_innocent_text_passes(language: Language, text: str) -> None:
    assert faults_of(text, language) == []


@pytest.mark.parametrize(("language", "text", "expected"), GUILTY)
def test_a_guilty_text_is_found_out(language: Language, text: str, expected: str) -> None:
    assert any(expected in fault for fault in faults_of(text, language))


def test_a_converted_catalogue_is_found_out() -> None:
    converted = [("登記你的資歷及工作經驗，並附上證明文件。", "登记你的资历及工作经验，并附上证明文件。")]
    own_words = [("登記你的資歷及工作經驗，並附上證明文件。", "登记您的资格和工作经历，并附上证明材料。")]
    assert share_converted(converted) == 1.0
    assert share_converted(own_words) == 0.0
    assert share_converted([*converted, *converted, *own_words]) > 0.5


def test_short_texts_may_be_the_same_words() -> None:
    assert share_converted([("香港", "香港"), ("申請", "申请")]) == 0.0

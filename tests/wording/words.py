"""The words each side does not use, and the names in which they may stand all the same.

Taken from usage: a word here marks text that was converted from the other
side, or borrowed from Taiwan. Names of laws, bodies and papers are written as
their owners write them, on either side.
"""

from __future__ import annotations

from typing import Final

_NOT_IN_HONG_KONG: Final = (
    "登錄 軟體 網路 數位 品質 質量 使用者帳號 工作階段 密碼金鑰 線上 在線 行動電話 手機號碼 簡訊 短信 "
    "電子郵件 郵箱 計畫 身分 提交 上傳 默認 設置 鏈接 個人信息 隱私 國內 大陸 您 週 復印 原件 工作日 "
    "用人單位 回執 “ ” 嘅 唔 喺 咗 睇 嚟 啲 由頭 今次 帳號 賬 信息 核驗 登陸 專案 視訊 視頻 回饋 反饋 "
    "審核人員 項目標資格"
)
# 審核人員: an officer is 經辦人員, everywhere. 項目標資格: 「3項目標資格」 is misread as 項目; say 3個目標資格.
HONG_KONG_FORBIDDEN: Final = tuple(_NOT_IN_HONG_KONG.split())
HONG_KONG_NAMES: Final = (
    "《中華人民共和國個人信息保護法》",
    "《個人信息保護法》",
    "個人信息跨境流動標準合同",
    "學信網在線驗證報告",
    "在線驗證報告",
    "中國內地",
    "信息安全測評中心",
    "註冊信息安全專業人員",
    "學生信息網",
    "工業和信息化部",
    "信息辦公室",
)

_NOT_ON_THE_MAINLAND: Final = (
    "登入 登出 电邮 流动电话 短讯 程式 上载 递交 储存 预设 列印 连结 帐户 帐号 私隐 质素 雇主 雇员 从业员 "
    "个案 上诉 工作天 公众假期 数码 资讯 软体 核实资料 个人资料 查阅码 法团 聆讯 取录 轮候 修毕 剔选 吊销 "
    "你 「 」 两岸 大陆 国内 查核 经办人员 审核人员 纪录 现时 毋须 透过 视乎 附带条件 尚欠 学额 缴交 倚赖 "
    "项目标资格"
)
MAINLAND_FORBIDDEN: Final = tuple(_NOT_ON_THE_MAINLAND.split())
# 项目标资格: “3项目标资格” is misread as 项目; say 3个目标资格.
# 两岸 means the two sides of the Taiwan Strait; Hong Kong is not abroad, and its opposite is 内地.
MAINLAND_NAMES: Final = (
    "《个人资料（私隐）条例》",
    "个人资料私隐专员公署",
    "证券及期货从业员资格考试",
    "金融科技从业员培训资助先导计划",
    "证券及期货事务上诉审裁处",
    "持牌法团",
    "强制性公积金",
    "财经事务及库务局",
    "公众纪录册",
)

# On the Mainland these two stand only inside a longer word: alone, the first
# means seniority and the second one's personnel file.
MAINLAND_ONLY_INSIDE: Final = {
    "资历": (
        "资历架构",
        "资历名册",
        "资历框架",
        "资历等级",
        "职业资历评审",
        "过往资历认可",
        "专业资历架构",
    ),
    "档案": ("资格档案", "学信档案", "数码档案"),
}

# A person on the Mainland holds no 牌照; the word is Hong Kong's.
LICENCE_WORD: Final = "牌照"
LICENCE_COMPANY: Final = ("香港", "证监会")

# Characters that both sides write although a converter would change them.
SHARED_CHARACTERS: Final = frozenset("著於乾瞭藉")

"""The classes of a paper: by what it is about (类别), by who may read it (限阅), and its number in the file."""

import re
from enum import StrEnum

from shoumi.kernel.refusal import Refusal

PERMANENT = 100


class Category(StrEnum):
    """机要文件的七类; the digit stands in the number of the file."""

    ORDERS = "orders"
    REQUESTS = "requests"
    REPORTS = "reports"
    RULES = "rules"
    NOTICES = "notices"
    CONTRACTS = "contracts"
    LETTERS = "letters"

    @property
    def label(self) -> str:
        return {
            "orders": "上级指示、任免",
            "requests": "请示与批复",
            "reports": "报告、汇报",
            "rules": "下发规章、指示、任免",
            "notices": "通知、通报",
            "contracts": "合同、协议",
            "letters": "往来函件",
        }[self]

    @property
    def digit(self) -> int:
        return list(Category).index(self) + 1


class Restriction(StrEnum):
    """限阅: papers that only people named one by one may read."""

    CIPHER = "cipher"
    HIGH = "high"

    @property
    def label(self) -> str:
        return {"cipher": "密码电报", "high": "省军级以上文件"}[self]


# The last word of an official title names its kind; the first pattern that fits decides.
_BY_TITLE = (
    (r"(合同|协议|协定|备忘录)$", Category.CONTRACTS),
    (r"(请示|批复)$", Category.REQUESTS),
    (r"(报告|汇报|总结|纪要|简报)$", Category.REPORTS),
    (r"(通知|通报|公告|通告|通知书)$", Category.NOTICES),
    (r"(函|复函|函件)$", Category.LETTERS),
    (r"(规定|办法|细则|制度|条例|规程|规则|方案)$", Category.RULES),
    (r"(决定|决议|命令|令|指示|意见|任免)$", Category.ORDERS),
)


def category_of(title: str) -> str:
    """The class that a title's own last word names; empty where it names none."""
    bare = re.sub(r"[（(〔\[].*?[)）〕\]]\s*$", "", title.strip()).rstrip('》」”" ')
    for pattern, category in _BY_TITLE:
        if re.search(pattern, bare):
            return category.value
    return ""


def check_category(category: str) -> str:
    """七类必填: nothing is filed without its class."""
    if category not in set(Category):
        raise Refusal(
            "未确定文件类别，不得办结",
            clause="documents.file.category",
            way_on="在「类别」一项选择七类之一",
        )
    return category


def check_agreement(agreement: str, *, foreign: bool) -> None:
    """涉外交换件: the duty to keep its secret rests on an agreement that is named."""
    if foreign and not agreement:
        raise Refusal(
            "涉外交换件未填写所依据的协定或者协议",
            clause="documents.register.agreement",
            way_on="填写税收协定、专项协议等的名称",
        )


def file_number(category: str, year: int, sequence: int) -> str:
    """档〔2026〕5-12号: class and number within the year."""
    return f"档〔{year}〕{Category(category).digit}-{sequence}号"


def kept(years: int) -> str:
    """A period of keeping in words."""
    return "永久" if years >= PERMANENT else f"{years} 年"

"""Masking (遮蔽): how an identity number, a telephone number or a name is shown to who need not read it."""

import re

from shoumi.platform.rulebook.controls import Control

MASKING = Control("access.masking", kind="refuse", label="个人信息遮蔽")

STAR = "*"
NUMBER = re.compile(r"[0-9Xx +()-]+")
NAME = re.compile("[\u4e00-\u9fff·]{2,4}")
LONG, SHORT = 11, 6


def mask(text: str) -> str:
    """What everybody may see of a personal value. Clause: access.personal_data.

    Numbers of eleven signs and more keep three and four, shorter ones two; a name keeps its first
    character; of anything else nothing is shown, not even its length.
    """
    text = text.strip()
    if NUMBER.fullmatch(text) and len(text) >= LONG:
        return f"{text[:3]}{STAR * (len(text) - 7)}{text[-4:]}"
    if NUMBER.fullmatch(text) and len(text) >= SHORT:
        return f"{STAR * (len(text) - 2)}{text[-2:]}"
    if NAME.fullmatch(text):
        return f"{text[0]}{STAR * 2}"
    return STAR * 4 if text else ""

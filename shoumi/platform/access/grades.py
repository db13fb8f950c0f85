"""The deployment grade (部署等级): above it a thing is registered as a shell, and content is refused."""

from django.conf import settings

from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal
from shoumi.platform.rulebook.controls import Control

CLAUSE = "grades.content"
CONTENT = Control(CLAUSE, kind="refuse", label="部署等级以上的内容不得录入")


def is_above_grade(level: Level) -> bool:
    """Whether only the shell of a thing of this level may be kept here. Clause: grades.shell."""
    return bool(level > settings.DEPLOYMENT_GRADE)


def check_within_grade(level: Level) -> None:
    """Refuse content that this installation is not graded for. Clause: grades.content."""
    if is_above_grade(level):
        grade = Level(settings.DEPLOYMENT_GRADE)
        raise Refusal(
            f"本系统部署等级为{grade.label}，{level.label}级内容不得录入",
            clause=CLAUSE,
            way_on="只登记编号、密级、份数和流转，附件留在纸质载体上",
        )

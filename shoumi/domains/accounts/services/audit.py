"""Reading the trail (审看痕迹): the auditor reads all of the body's, 安全保密管理员 what the auditor did."""

from shoumi.domains.accounts.rules import officers
from shoumi.platform.access.acting import Action

READ = Action(
    "trail.read",
    "审看痕迹",
    clause="trail.who_audits",
    posts=frozenset({officers.AUDITOR, officers.SECADMIN}),
)

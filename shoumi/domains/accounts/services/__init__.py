"""What is done to accounts; each act bears one key, and no officer gains a right by acting alone."""

from shoumi.domains.accounts.services.alarm import close_alarm, watch
from shoumi.domains.accounts.services.audit import READ
from shoumi.domains.accounts.services.clearance import end_clearance
from shoumi.domains.accounts.services.consenting import consent, refuse, withdraw
from shoumi.domains.accounts.services.login import LoginRefused, Welcome, expire, log_in, log_out
from shoumi.domains.accounts.services.overrides import (
    consent_override,
    propose_override,
    withdraw_override,
)
from shoumi.domains.accounts.services.passwords import change_password, pledge, reset_password
from shoumi.domains.accounts.services.people import create, disable, enable, recover, unlock
from shoumi.domains.accounts.services.posts import appoint, dismiss, stand_in
from shoumi.domains.accounts.services.reviewing import review

__all__ = [
    "READ",
    "LoginRefused",
    "Welcome",
    "appoint",
    "change_password",
    "close_alarm",
    "consent",
    "consent_override",
    "create",
    "disable",
    "dismiss",
    "enable",
    "end_clearance",
    "expire",
    "log_in",
    "log_out",
    "pledge",
    "propose_override",
    "recover",
    "refuse",
    "reset_password",
    "review",
    "stand_in",
    "unlock",
    "watch",
    "withdraw",
    "withdraw_override",
]

"""Who may do what: the table of roles and rights. Checks nothing by itself; services do."""

from __future__ import annotations

from enum import Enum


class Right(Enum):
    """One permission a service may ask for."""

    INTRODUCE = "introduce"  # give one's name at the first local start
    DISCOVER = "discover"  # go to the demonstration and back
    READ = "read"  # see cases, creditors, journal
    WORK = "work"  # log contacts, set next actions, keep contact points
    PLACE = "place"  # bring in cases: import, typed by hand
    ASSIGN = "assign"  # say whose case it is
    MONEY = "money"  # record a payment
    REVERSE = "reverse"  # reverse a payment, take up a closed case again
    REDACT = "redact"  # take away words that should never have been written
    DECIDE = "decide"  # decide about a time-barred debt
    CREDITORS = "creditors"  # creditors and mandates
    STEER = "steer"  # how the queue is ordered, views for everybody, who set what aside
    TEAM = "team"  # add and retire colleagues
    SETTINGS = "settings"  # agency file, house settings
    UPKEEP = "upkeep"  # verify, back up, restore, export
    ACCESS_LOG = "access_log"  # see who looked at which case
    REFERENCE = "reference"  # read the values of the law and where they come from
    LETTERS = "letters"  # edit the wording of letters
    LAW = "law"  # add a value of the law, say that one was checked again
    PREFERENCES = "preferences"  # one's own language and space


_DAILY = frozenset({Right.READ, Right.WORK, Right.MONEY, Right.REFERENCE, Right.PREFERENCES, Right.DISCOVER})
_EVERYTHING = frozenset(Right) - {Right.INTRODUCE}

ROLE_RIGHTS: dict[str, frozenset[Right]] = {
    "administrator": frozenset(
        {Right.SETTINGS, Right.UPKEEP, Right.ACCESS_LOG, Right.REFERENCE, Right.LAW, Right.PREFERENCES, Right.DISCOVER}
    ),
    "lead": _EVERYTHING,
    "collector": _DAILY | {Right.PLACE, Right.ASSIGN},
    "trainee": _DAILY,
    "creditor": frozenset({Right.PREFERENCES}),
    "auditor": frozenset({Right.READ, Right.REFERENCE, Right.PREFERENCES}),
    "": frozenset({Right.INTRODUCE, Right.DISCOVER}),  # a local start that does not know its person yet
}


def rights_of(role: str) -> frozenset[Right]:
    """The rights of a role; a role we do not know has none."""
    return ROLE_RIGHTS.get(role, frozenset())

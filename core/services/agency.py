"""The agency file of CPCE R.124-2: what the agency must have before it collects, and what is missing. Sends nothing."""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields

from core.domain import identity
from core.domain.dates import not_after
from core.domain.messages import Message, Problem, Refusal, msg, refuse
from core.domain.rights import Right
from core.services.context import Ctx, service
from core.store import people

KEY = "agency"
LARGEST_LOGO = 500_000


@dataclass(frozen=True, slots=True)
class AgencyFile:
    """The agency as it signs and as R.124-2 wants it; dates ISO text, `logo` PNG or JPEG bytes in base 64."""

    name: str = ""
    legal_form: str = ""
    siren: str = ""
    address: str = ""
    postcode: str = ""
    city: str = ""
    email: str = ""
    phone: str = ""
    signatory: str = ""
    signatory_title: str = ""
    insurer: str = ""
    insurance_policy: str = ""
    insurance_until: str = ""
    client_account_iban: str = ""
    client_account_bank: str = ""
    prosecutor: str = ""
    prosecutor_declared_on: str = ""
    logo: str = ""


@dataclass(frozen=True, slots=True)
class AgencyView:
    """The file, its row version, and what blocks sending (empty when complete)."""

    file: AgencyFile
    row_version: int
    missing: tuple[Message, ...]


def missing_items(file: AgencyFile, today: dt.date) -> tuple[Message, ...]:
    """What R.124-2 and R.124-4 want and the file lacks on a day; each blocks sending."""
    wanted = (
        (file.name, msg("the agency's name (R. 124-4 1°)")),
        (file.address and file.postcode and file.city, msg("the agency's address (R. 124-4 1°)")),
        (
            file.insurer and file.insurance_policy,
            msg("the liability insurance: insurer and policy number (R. 124-2 1°)"),
        ),
        (file.insurance_until, msg("the day the insurance ends (R. 124-2 1°)")),
        (file.client_account_iban, msg("the bank account kept for creditors' funds (R. 124-2 2°)")),
        (
            file.prosecutor and file.prosecutor_declared_on,
            msg("the declaration to the public prosecutor (R. 124-2 3°)"),
        ),
        (file.signatory, msg("the person who signs letters")),
    )
    found = tuple(what for given, what in wanted if not given)
    if file.insurance_until and dt.date.fromisoformat(file.insurance_until) < today:
        found += (
            msg(
                "an insurance in force: this one ended on {day} (R. 124-2 1°)",
                day=dt.date.fromisoformat(file.insurance_until),
            ),
        )
    return found


@service(Right.READ)
def agency_file(ctx: Ctx) -> AgencyView:
    """The agency file and what is missing in it."""
    with ctx.store.read() as reader:
        kept, version = people.setting(reader, KEY)
    known = {f.name for f in fields(AgencyFile)}
    file = AgencyFile(**{k: v for k, v in (kept or {}).items() if k in known})
    return AgencyView(file, version, missing_items(file, ctx.today))


@service(Right.SETTINGS)
def save_agency_file(ctx: Ctx, file: AgencyFile, row_version: int) -> None:
    """Keep the agency file; wrong SIREN, IBAN, e-mail or dates are refused on their field."""
    checked = _checked(file, ctx.today)
    with ctx.write() as unit:
        people.set_setting(unit, KEY, asdict(checked), 0, row_version)
        unit.audit("agency.saved", "setting", 0, filled=sorted(k for k, v in asdict(checked).items() if v))


@service(Right.SETTINGS)
def logo_text(ctx: Ctx, data: bytes) -> str:  # noqa: ARG001 - the right is checked on it
    """A PNG or JPEG logo as the agency file keeps it; refused when it is neither or too heavy."""
    if not data.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")) or len(data) > LARGEST_LOGO:
        raise refuse(
            "logo-unreadable",
            msg("The logo must be a PNG or JPEG picture of at most 500 kB."),
            msg("Save the picture again, smaller, as PNG or JPEG."),
            field="logo",
        )
    return base64.b64encode(data).decode()


def _checked(file: AgencyFile, today: dt.date) -> AgencyFile:
    values = {name: value.strip() for name, value in asdict(file).items()}
    days = ("insurance_until", "prosecutor_declared_on")
    problems = [_not_a_day(name, values[name]) for name in days if values[name] and not _is_day(values[name])]
    declared = values["prosecutor_declared_on"]
    checks: dict[str, Callable[..., str]] = {
        "siren": identity.siren,
        "email": identity.email,
        "client_account_iban": identity.iban,
    }
    for name, check in checks.items():
        try:
            values[name] = check(values[name], field=name)
        except Refusal as refusal:
            problems.extend(refusal.problems)
    try:
        if declared and _is_day(declared):
            not_after(dt.date.fromisoformat(declared), today, field="prosecutor_declared_on")
    except Refusal as refusal:
        problems.extend(refusal.problems)
    if problems:
        raise Refusal(*problems)
    return AgencyFile(**values)


def _not_a_day(name: str, given: str) -> Problem:
    reason = msg("“{given}” is not a day.", given=given)
    return Problem("date-unreadable", reason, msg("Type it as day/month/year."), field=name, value=given)


def _is_day(text: str) -> bool:
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True

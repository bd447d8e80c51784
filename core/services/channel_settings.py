"""What the house says of its mail and SMS servers: kept without any secret, checked, tried. Sends only the trial asked for."""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from core.channels import imap, sms, smtp
from core.channels.fault import Fault
from core.channels.imap import Mailbox
from core.channels.sms import Gateway
from core.channels.smtp import Mail, SmtpServer
from core.domain import identity
from core.domain.messages import Message, Problem, Refusal, choice_unknown, msg
from core.domain.phones import phone
from core.domain.rights import Right
from core.services.context import Ctx, service
from core.services.refusals import empty_field
from core.store import people
from core.store import secrets as kept_secrets
from core.store.unit import Reader

SECURITIES, METHODS, FORMS = smtp.SECURITIES, sms.METHODS, sms.FORMS
KEY = "channels"
LOOPBACK = ("localhost", "127.0.0.1", "::1")
HIGHEST_PORT = 65535
SECRETS = ("smtp_secret", "imap_secret", "sms_secret")


@dataclass(frozen=True, slots=True)
class ChannelSettings:
    """Servers and addresses; a secret is a reference (env:NAME or secrets:name). An empty host or address: that channel is not used."""

    smtp_host: str = ""
    smtp_port: str = "587"
    smtp_security: str = "starttls"
    smtp_user: str = ""
    smtp_secret: str = ""
    sender: str = ""
    sender_name: str = ""
    reply_to: str = ""
    authority: str = ""
    imap_host: str = ""
    imap_port: str = "993"
    imap_security: str = "tls"
    imap_user: str = ""
    imap_secret: str = ""
    imap_folder: str = "INBOX"
    imap_mark_read: bool = False
    sms_url: str = ""
    sms_method: str = "POST"
    sms_form: str = "json"
    sms_template: str = Gateway("").template
    sms_header: str = "Authorization"
    sms_secret: str = ""
    sms_sender: str = ""
    sms_id_path: str = "id"
    sms_report_url: str = ""
    sms_state_path: str = "status"
    sms_reason_path: str = "reason"

    def sends(self, channel: str) -> bool:
        """Whether a channel has a way out."""
        return bool(self.smtp_host and self.sender) if channel == "email" else bool(self.sms_url)

    @property
    def receives(self) -> bool:
        """Whether mail is read."""
        return bool(self.imap_host and self.imap_user)


@dataclass(frozen=True, slots=True)
class SettingsView:
    """What is kept and its row version; `real` is False where nothing ever leaves (demonstration, practice)."""

    settings: ChannelSettings
    row_version: int
    real: bool


@service(Right.READ)
def channel_settings(ctx: Ctx) -> SettingsView:
    """The settings as they are kept."""
    with ctx.store.read() as reader:
        found, version = _kept(reader)
        return SettingsView(found, version, people.meta(reader).kind == "agency")


@service(Right.READ)
def ways(ctx: Ctx, reader: Reader) -> ChannelSettings:  # noqa: ARG001 - the right is checked on it
    """The settings inside a snapshot or a unit."""
    return _kept(reader)[0]


def _kept(reader: Reader) -> tuple[ChannelSettings, int]:
    kept, version = people.setting(reader, KEY)
    known = {f.name for f in fields(ChannelSettings)}
    return ChannelSettings(**{k: v for k, v in (kept or {}).items() if k in known}), version


@service(Right.SETTINGS)
def save_channel_settings(ctx: Ctx, settings: ChannelSettings, row_version: int) -> None:
    """Keep the settings. Refused on its field: a wrong address, port or template, a secret typed instead of its name, a password in clear
    on a line to another computer.
    """
    checked = _checked(settings)
    with ctx.write() as unit:
        people.set_setting(unit, KEY, asdict(checked), 0, row_version)
        filled = sorted(name for name, value in asdict(checked).items() if value and name not in SECRETS)
        unit.audit("channels.saved", "setting", 0, filled=filled)


def _checked(given: ChannelSettings) -> ChannelSettings:
    values: dict[str, Any] = {
        name: value.strip() if isinstance(value, str) else value for name, value in asdict(given).items()
    }
    problems: list[Problem] = []
    for name in ("sender", "reply_to"):
        try:
            values[name] = identity.email(values[name], field=name)
        except Refusal as refusal:
            problems += refusal.problems
    found = ChannelSettings(**values)
    problems += [kept_secrets.not_a_reference(name).problems[0] for name in SECRETS if _typed(getattr(found, name))]
    problems += _lines(found)
    if found.smtp_host and not found.sender:
        problems.append(empty_field("sender"))
    if found.sms_url:
        try:
            sms.check(_gateway(found, ""))
        except Fault as fault:
            problems.append(fault.problem("sms_url" if fault.stage == "url" else "sms_template"))
    if problems:
        raise Refusal(*problems)
    return found


def _typed(reference: str) -> bool:
    return bool(reference) and not kept_secrets.is_reference(reference)


def _lines(found: ChannelSettings) -> list[Problem]:
    """Ports, choices, and no password in clear beyond this computer."""
    problems = []
    for name in ("smtp", "imap"):
        host, port = getattr(found, f"{name}_host"), getattr(found, f"{name}_port")
        security = getattr(found, f"{name}_security")
        if not (port.isascii() and port.isdigit() and 0 < int(port) <= HIGHEST_PORT):
            reason = msg("“{given}” is not a port.", given=port)
            remedy = msg("Usual ports: 465 or 993 with TLS from the start, 587 or 143 with STARTTLS.")
            problems.append(Problem("port-wrong", reason, remedy, field=f"{name}_port", value=port))
        if security not in smtp.SECURITIES:
            problems.append(choice_unknown(f"{name}_security", security))
        if security == "none" and host and host not in LOOPBACK:
            reason = msg("Without encryption, password and messages would cross the network in clear.")
            remedy = msg("Choose STARTTLS or TLS; without encryption only a server of this computer is accepted.")
            problems.append(Problem("line-in-clear", reason, remedy, field=f"{name}_security", value=security))
    if found.sms_url.startswith("http://") and not any(found.sms_url.startswith(f"http://{h}") for h in LOOPBACK):
        reason = msg("Without encryption, password and messages would cross the network in clear.")
        remedy = msg("The address of the gateway must begin with https://.")
        problems.append(Problem("line-in-clear", reason, remedy, field="sms_url", value=found.sms_url))
    choices = (("sms_method", sms.METHODS), ("sms_form", sms.FORMS))
    return problems + [choice_unknown(n, getattr(found, n)) for n, known in choices if getattr(found, n) not in known]


@service(Right.WORK)
def smtp_server(ctx: Ctx, found: ChannelSettings) -> SmtpServer:
    """The server mail leaves by, its secret read now. Raises Refusal on `smtp_secret`."""
    password = kept_secrets.value(ctx.store.path.parent, found.smtp_secret, "smtp_secret")
    return SmtpServer(
        found.smtp_host, int(found.smtp_port), found.smtp_security, found.smtp_user, password, found.authority
    )


@service(Right.WORK)
def mailbox(ctx: Ctx, found: ChannelSettings) -> Mailbox:
    """The mailbox replies come to, its secret read now. Raises Refusal on `imap_secret`."""
    password = kept_secrets.value(ctx.store.path.parent, found.imap_secret, "imap_secret")
    return Mailbox(
        found.imap_host,
        int(found.imap_port),
        found.imap_security,
        found.imap_user,
        password,
        found.imap_folder or "INBOX",
        found.authority,
        found.imap_mark_read,
    )


@service(Right.WORK)
def gateway(ctx: Ctx, found: ChannelSettings) -> Gateway:
    """The SMS gateway, its secret read now. Raises Refusal on `sms_secret`."""
    return _gateway(found, kept_secrets.value(ctx.store.path.parent, found.sms_secret, "sms_secret"))


def _gateway(found: ChannelSettings, secret: str) -> Gateway:
    return Gateway(
        found.sms_url,
        found.sms_method,
        found.sms_form,
        found.sms_template,
        found.sms_header,
        secret,
        found.sms_sender,
        found.sms_id_path,
        found.sms_report_url,
        found.sms_state_path,
        found.sms_reason_path,
    )


@service(Right.SETTINGS)
def try_smtp(ctx: Ctx) -> Message:
    """Send a trial e-mail to the sender's own address. Raises Refusal saying what failed and what to do."""
    view = _real(ctx)
    found = view.settings
    if not found.sends("email"):
        raise Refusal(empty_field("smtp_host"))
    text = msg("This is a trial message of Quittance: mail leaves.")
    number = f"<quittance.{secrets.token_hex(12)}@{found.sender.rpartition('@')[2]}>"
    mail = Mail(found.sender, found.sender_name, found.sender, "Quittance", str(text), number, ctx.now, automatic=True)
    try:
        smtp.send(smtp_server(ctx, found), replace(mail, reply_to=found.reply_to))
    except Fault as fault:
        raise Refusal(fault.problem(_field("smtp", fault))) from fault
    return msg("The server took a trial message to {address}: look at it in that mailbox.", address=found.sender)


@service(Right.SETTINGS)
def try_imap(ctx: Ctx) -> Message:
    """Sign in to the mailbox and open its folder; nothing is read. Raises Refusal saying what failed and what to do."""
    found = _real(ctx).settings
    if not found.receives:
        raise Refusal(empty_field("imap_host"))
    try:
        count = imap.test(mailbox(ctx, found))
    except Fault as fault:
        raise Refusal(fault.problem(_field("imap", fault))) from fault
    return msg("The mailbox answers: {count} mails in “{folder}”.", count=count, folder=found.imap_folder)


@service(Right.SETTINGS)
def try_sms(ctx: Ctx, number: str) -> Message:
    """Send a trial SMS to one's own telephone. Raises Refusal saying what failed and what to do."""
    found = _real(ctx).settings
    if not found.sends("sms"):
        raise Refusal(empty_field("sms_url"))
    to = phone(number, field="try_number")
    if to is None:
        raise Refusal(empty_field("try_number"))
    try:
        sms.send(gateway(ctx, found), to.e164, "Quittance : message d'essai.", secrets.token_hex(12))
    except Fault as fault:
        raise Refusal(fault.problem(_field("sms", fault))) from fault
    return msg("The gateway took a trial SMS to {number}.", number=to.e164)


def _real(ctx: Ctx) -> SettingsView:
    view = channel_settings(ctx)
    if not view.real:
        raise Refusal(never_leaves())
    return view


def never_leaves() -> Problem:
    """Why nothing is sent from a demonstration or from where one practises."""
    return Problem(
        "not-real",
        msg("This is not the agency's own space: nothing ever leaves from here."),
        msg("In the agency's own space the same click sends for real."),
        field="channel",
    )


def _field(line: str, fault: Fault) -> str:
    """The field of the settings that a fault is about."""
    known = {
        "login": "secret",
        "tls": "security",
        "connect": "port",
        "name": "host",
        "certificate": "host",
        "folder": "folder",
    }
    if fault.stage in ("sender", "authority"):
        return fault.stage
    if line == "sms":
        return {"login": "sms_secret", "template": "sms_template"}.get(fault.stage, "sms_url")
    return f"{line}_{known.get(fault.stage, 'host')}"

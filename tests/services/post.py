"""A house that sends and receives: its secrets file, its settings, a debtor with addresses. Asserts nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from core.services import agency, cases, channel_settings, message_doors, outbox
from core.services.channel_settings import ChannelSettings
from core.services.context import Ctx
from core.services.outbox import MessageEntry
from tests.channels.mails import PASSWORD, USER
from tests.services.factory import WHOLE_AGENCY, a_case, ready_to_write

ROOT = Path(__file__).resolve().parents[2]
SENDER = "relance@agence.example"


def write_secrets(
    ctx: Ctx, text: str = f'smtp = "{PASSWORD}"\nimap = "{PASSWORD}"\nsms = "Bearer s3cret"\n', mode: int = 0o600
) -> None:
    path = ctx.store.path.parent / "secrets.toml"
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)


def set_up(ctx: Ctx, **more: object) -> ChannelSettings:
    """The servers of the house; without more, none."""
    if not agency.agency_file(ctx).file.name:
        agency.save_agency_file(ctx, WHOLE_AGENCY, 0)
    write_secrets(ctx)
    view = channel_settings.channel_settings(ctx)
    channel_settings.save_channel_settings(
        ctx, replace(ChannelSettings(), sender=SENDER, sender_name="Agence", **more), view.row_version
    )
    return channel_settings.channel_settings(ctx).settings


def mail_out(ctx: Ctx, port: int) -> None:
    set_up(ctx, smtp_host="127.0.0.1", smtp_port=str(port), smtp_security="none")


def mail_in(port: int, authority: str) -> dict[str, object]:
    return {
        "imap_host": "localhost", "imap_port": str(port), "imap_security": "tls", "imap_user": USER, "imap_secret": "secrets:imap",
        "authority": authority,
    }  # fmt: skip


def a_debtor(ctx: Ctx, **more: object) -> int:
    """A case whose debtor has an e-mail address and a telephone, and whose first letter has left."""
    known = {"email": "jean@debiteur.example", "phone": "06 12 34 56 78", "creditor": ready_to_write(ctx), **more}
    return a_case(ctx, **known)


def point(ctx: Ctx, case_id: int, kind: str = "email") -> int:
    return next(one.id for one in cases.case_file(ctx, case_id).contact_points if one.kind == kind)


def words(ctx: Ctx, case_id: int, kind: str = "email_reminder") -> tuple[str, str]:
    """Subject and text of the house that the check of words lets through."""
    return message_doors.template(ctx, case_id, kind)


def a_mail(ctx: Ctx, case_id: int, token: str = "m1", **more: object) -> int:
    subject, text = words(ctx, case_id)
    known = {"subject": subject, "text": text, **more}
    return outbox.queue_message(ctx, MessageEntry(case_id, "email", point(ctx, case_id), **known), token)


def tasks(ctx: Ctx, case_id: int) -> list[str]:
    return [one.kind for one in cases.case_file(ctx, case_id).tasks]


def states(ctx: Ctx, case_id: int) -> list[str]:
    return [outbox.state_of(ctx, row) for row in outbox.of_case(ctx, case_id)]

"""The post goes out and comes in by itself while the server runs: a round every few seconds, in a thread of its own. Decides nothing."""

from __future__ import annotations

import contextlib
import threading
from dataclasses import dataclass

from core.domain.messages import Refusal
from core.domain.rights import Right
from core.services import access, channel_settings, inbox, logs, outbox
from core.services.context import Ctx, service
from core.services.inbox import Reading
from core.services.outbox import Round
from core.store import migrations
from core.store.home import home
from core.store.unit import Store

PAUSE = 8.0  # seconds: a reply is on the screen within 30, with the question that the screen itself asks every 8


@dataclass(frozen=True, slots=True)
class PostRound:
    """What one round did: sent, read, reports of SMS that came."""

    out: Round
    came: Reading
    reports: int


@service(Right.WORK)
def one_round(ctx: Ctx) -> PostRound:
    """Send what is ready, read what came, ask about SMS. Nothing where no server is set."""
    found = channel_settings.channel_settings(ctx).settings
    out = outbox.run(ctx) if found.sends("email") or found.sends("sms") else Round()
    return PostRound(out, inbox.read_mail(ctx), inbox.read_reports(ctx))


class Postman:
    """The thread of a server: `start` it once the house is open, `stop` it with the server."""

    def __init__(self, pause: float = PAUSE) -> None:
        self._pause = pause
        self._stop = threading.Event()
        self._opened: Store | None = None
        self._thread = threading.Thread(target=self._walk, name="post", daemon=True)

    def start(self) -> None:
        """Begin the rounds."""
        self._thread.start()

    def stop(self) -> None:
        """End them; a message being handed over is finished first."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(self._pause)

    def _walk(self) -> None:
        while not self._stop.wait(self._pause):
            try:
                with contextlib.suppress(Refusal):  # told on the screens; here there is nobody to tell
                    self._round()
            except Exception as error:  # noqa: BLE001 - a bug of one round is logged and does not end the post
                logs.failure(error, "post")

    def _round(self) -> None:
        place = home().store("agency")
        if self._opened is None and place.path.exists():
            self._opened = migrations.open_store(place.path, place.folder)
        if self._opened is None:
            return
        found = channel_settings.channel_settings(access.command_context(self._opened, signs=False)).settings
        if found.sends("email") or found.sends("sms") or found.receives:
            one_round(access.command_context(self._opened))

"""A message leaves from the case by a real SMTP server and its answer, read from a real mailbox (dovecot), shows without reload."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from core.i18n import texts
from tests.browser import driving
from tests.channels import mails, servers
from tests.channels.servers import Authority, Letterbox
from tests.serving import run_in_home, serving

pytestmark = pytest.mark.browser
t = texts("fr")
PATIENCE = (
    120_000  # milliseconds: that it comes is judged here; that it comes within 30 seconds, in tests/bench/test_post.py
)

SET_UP = """
from core.services import access, house
from core.store.home import home
from tests.services import post
house.prepare()
sid = access.open_local_session()
access.introduce(access.resolve(sid), "Claire Essai")
ctx = access.resolve(sid)
post.set_up(ctx, smtp_host="127.0.0.1", smtp_port="{smtp}", smtp_security="none", **post.mail_in({imap}, {authority!r}))
print(post.a_debtor(ctx))
"""


def test_a_message_leaves_and_its_answer_shows_without_reload_while_one_types(browser: Browser, tmp_path: Path):
    written_and_answered(browser, tmp_path)


def written_and_answered(browser: Browser, tmp_path: Path) -> float:
    """The story; returns the seconds from the answer's delivery until both the case and the queue say so."""
    folder, home = tmp_path / "dovecot", tmp_path / "home"
    folder.mkdir()
    authority, box = Authority(folder), Letterbox()
    with servers.smtp(box) as port, servers.dovecot(authority) as mailbox:
        home.mkdir()
        case_id = run_in_home(home, SET_UP.format(smtp=port, imap=mailbox.tls, authority=str(authority.path))).strip()
        with serving(home, introduced=False) as server:
            context = browser.new_context(
                locale="fr-FR", timezone_id="Europe/Paris", viewport={"width": 1280, "height": 900}
            )
            page, queue = context.new_page(), context.new_page()
            queue.goto(server.url)
            page.goto(f"{server.url}/case?id={case_id}")
            driving.settled(page)
            page.locator(".st-key-key_message button").click()
            page.get_by_label(t("House texts")).click()
            page.get_by_role("option", name="Rappel par courriel").click()
            expect(page.get_by_label(t("Subject"), exact=True).filter(visible=True)).to_have_value(
                re.compile("Votre dossier")
            )
            page.get_by_role("button", name=re.compile(rf"{t('Send')}$")).click()
            expect(page.get_by_text(t("The message is in the outbox: it leaves within seconds."))).to_be_visible()
            until = time.monotonic() + 30
            while not box.taken and time.monotonic() < until:
                page.wait_for_timeout(200)
            assert len(box.taken) == 1
            number = re.search(rb"Message-ID: (<[^>]+>)", box.taken[0])[1].decode()
            page.locator(".st-key-key_note button").click()
            note = page.locator(f"textarea[aria-label='{t('Note')}']")
            note.press_sequentially("Ce que je tape ")
            delivered = time.monotonic()
            mailbox.deliver(mails.reply("Re: Votre dossier", "Je paie vendredi.", answers=number))
            news = t.n("{n} message has just come.", "{n} messages have just come.", 1)
            expect(page.get_by_text(news)).to_be_visible(timeout=PATIENCE)
            expect(queue.get_by_text(news)).to_be_visible(timeout=PATIENCE)
            shown = time.monotonic() - delivered
            note.press_sequentially("reste")
            expect(note).to_have_value("Ce que je tape reste")
            page.get_by_role("button", name=t("Show it")).click()
            expect(page.get_by_text("Je paie vendredi.").first).to_be_visible()
            expect(page.locator(f"textarea[aria-label='{t('Note')}']")).to_have_value("Ce que je tape reste")
            expect(page.get_by_text(t("Answer the reply"))).to_be_visible()
            context.close()
    return shown

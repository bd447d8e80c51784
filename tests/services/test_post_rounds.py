"""The post of a running server: it sends by itself, survives what fails, and ends with the server."""

import threading
import time

from core.services import outbox, post_rounds
from tests.channels import servers
from tests.channels.servers import Letterbox
from tests.services import post


def until(true, seconds: float = 20) -> bool:
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.05)
    return bool(true())


def test_one_round_does_nothing_where_no_server_is_set(ctx):
    done = post_rounds.one_round(ctx)
    assert (done.out, done.came, done.reports) == (outbox.Round(), post_rounds.Reading(), 0)


def test_a_running_server_sends_by_itself_even_after_a_round_that_failed(ctx):
    box = Letterbox()
    with servers.smtp(box) as port:
        post.mail_out(ctx, port)
        post.write_secrets(ctx, "not toml")
        view = post.channel_settings.channel_settings(ctx)
        post.channel_settings.save_channel_settings(
            ctx, post.replace(view.settings, smtp_secret="secrets:smtp"), view.row_version
        )
        case_id = post.a_debtor(ctx)
        post.a_mail(ctx, case_id)
        man = post_rounds.Postman(pause=0.1)
        man.start()
        time.sleep(0.5)
        assert box.taken == []
        post.mail_out(ctx, port)
        assert until(lambda: post.states(ctx, case_id) == ["sent"])
        man.stop()
    assert len(box.taken) == 1
    assert not [thread for thread in threading.enumerate() if thread.name == "post"]

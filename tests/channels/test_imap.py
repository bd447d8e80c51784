"""Reading a real mailbox (Debian's dovecot): new mail only, once, unread unless asked; what is refused and how it is said."""

from dataclasses import replace

import pytest

from core.channels import imap
from core.channels.fault import Fault
from core.channels.imap import Mailbox
from tests.channels import mails, servers
from tests.channels.servers import PASSWORD, USER, Authority

pytestmark = pytest.mark.system


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dovecot")
    authority = Authority(folder)
    with servers.dovecot(authority) as server:
        yield server, authority


@pytest.fixture
def box(running):
    server, authority = running
    return Mailbox("localhost", server.tls, "tls", USER, PASSWORD, authority=str(authority.path))


def test_new_mail_comes_once_in_order_and_stays_unread(running, box):
    server, _ = running
    first = imap.read(box, 0, 0)
    last = max((one.uid for one in first.mails), default=0)
    server.deliver(mails.reply("un", "a", number="i1"))
    server.deliver(mails.reply("deux", "b", number="i2"))
    found = imap.read(box, first.uidvalidity, last)
    assert [b"Subject: un" in one.data for one in found.mails] == [True, False]
    assert not found.more
    again = imap.read(box, found.uidvalidity, found.mails[-1].uid)
    assert again.mails == ()
    assert not list((server.maildir / "cur").glob("*:2,*S*"))  # nothing carries the mark of read mail


def test_a_reading_is_bounded_and_says_that_more_waits(running, box):
    server, _ = running
    for number in range(3):
        server.deliver(mails.reply("x", "y", number=f"m{number}"))
    found = imap.read(box, 0, 0, most=2)
    assert (len(found.mails), found.more) == (2, True)


def test_a_folder_made_anew_is_read_from_its_beginning(box):
    found = imap.read(box, 0, 0)
    assert imap.read(box, found.uidvalidity + 1, 10**6).mails == found.mails


def test_mail_is_marked_read_only_when_asked(running, box):
    server, _ = running
    server.deliver(mails.reply("lu", "z", number="seen"))
    imap.read(replace(box, mark_read=True), 0, 0)
    assert list((server.maildir / "cur").glob("*:2,*S*"))


def test_starttls_serves_as_well_and_the_count_is_told(running, box):
    server, _ = running
    assert imap.test(replace(box, port=server.plain, security="starttls")) >= 1


@pytest.mark.parametrize(
    ("change", "stage"),
    [
        ({"password": "wrong"}, "login"),
        ({"folder": "Absent"}, "folder"),
        ({"authority": ""}, "certificate"),
        ({"port": 1}, "connect"),
    ],
)
def test_what_fails_is_said(box, change, stage):
    with pytest.raises(Fault) as refused:
        imap.test(replace(box, **change))
    assert refused.value.stage == stage
    assert "wrong" not in str(refused.value)

-- E-mail and SMS for real: what a message carries, each attempt to send it, where a mailbox was read up to. No secret is ever here.
ALTER TABLE messages ADD COLUMN subject_id INTEGER REFERENCES texts(id);
ALTER TABLE messages ADD COLUMN address TEXT NOT NULL DEFAULT '';      -- to whom it leaves, from whom it came: e-mail or E.164
ALTER TABLE messages ADD COLUMN in_reply_to TEXT NOT NULL DEFAULT '';
ALTER TABLE messages ADD COLUMN refs TEXT NOT NULL DEFAULT '';         -- the References header
ALTER TABLE messages ADD COLUMN automatic INTEGER NOT NULL DEFAULT 0 CHECK (automatic IN (0, 1));
ALTER TABLE messages ADD COLUMN purpose TEXT NOT NULL DEFAULT 'claim';
ALTER TABLE messages ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0;
ALTER TABLE messages ADD COLUMN next_try_at TEXT;                      -- not before
ALTER TABLE messages ADD COLUMN lease_owner TEXT;
ALTER TABLE messages ADD COLUMN lease_until TEXT;                      -- while it is sending: after that, perhaps left
ALTER TABLE messages ADD COLUMN error TEXT NOT NULL DEFAULT '' CHECK (error = '' OR json_valid(error));
ALTER TABLE messages ADD COLUMN provider_ref TEXT NOT NULL DEFAULT ''; -- the gateway's own number
ALTER TABLE messages ADD COLUMN interaction_id INTEGER REFERENCES interactions(id);
ALTER TABLE messages ADD COLUMN created_by INTEGER REFERENCES users(id);
ALTER TABLE messages ADD COLUMN answers_id INTEGER REFERENCES messages(id);

CREATE TABLE message_attempts(              -- what happened to each try; the last one of a message may be without an end
  id INTEGER PRIMARY KEY,
  message_id INTEGER NOT NULL REFERENCES messages(id),
  began_at TEXT NOT NULL,
  ended_at TEXT,
  outcome TEXT NOT NULL DEFAULT 'begun' CHECK (outcome = 'begun' OR outcome = 'sent' OR outcome = 'temporary' OR
    outcome = 'permanent' OR outcome = 'unknown' OR outcome = 'by_hand'),
  stage TEXT NOT NULL DEFAULT '',
  code INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE message_attachments(
  message_id INTEGER NOT NULL REFERENCES messages(id),
  document_id INTEGER NOT NULL REFERENCES documents(id),
  PRIMARY KEY (message_id, document_id)
) STRICT;

CREATE TABLE mail_places(                   -- how far a folder of a mailbox was read
  mailbox TEXT PRIMARY KEY,                 -- digest of host, user and folder
  uidvalidity INTEGER NOT NULL,
  last_uid INTEGER NOT NULL,
  read_at TEXT NOT NULL,
  error TEXT NOT NULL DEFAULT '' CHECK (error = '' OR json_valid(error))
) STRICT;

ALTER TABLE case_summaries ADD COLUMN replies INTEGER NOT NULL DEFAULT 0; -- replies that nobody answered yet

CREATE INDEX messages_leaving ON messages(next_try_at) WHERE direction = 'out' AND channel <> 'letter' AND state IN ('ready', 'sending');
CREATE INDEX messages_unsorted ON messages(id) WHERE direction = 'in' AND case_id IS NULL AND state = 'received';
CREATE INDEX messages_provider ON messages(provider_ref) WHERE provider_ref <> '';
CREATE INDEX message_attempts_message ON message_attempts(message_id);
CREATE INDEX messages_address ON messages(address) WHERE address <> '';

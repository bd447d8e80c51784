-- Consent and objection per channel of a contact point: one telephone serves calls and SMS, one address letters and visits.
-- No row means that nothing is known. `since_on` is the day the person said it; what was said before is told by the audit.
-- And users of role creditor are bound to the one creditor whose cases they may see.

CREATE TABLE contact_consents(
  id INTEGER PRIMARY KEY,
  contact_point_id INTEGER NOT NULL REFERENCES contact_points(id),
  channel TEXT NOT NULL CHECK (channel IN ('call', 'sms', 'email', 'letter', 'visit')),
  state TEXT NOT NULL CHECK (state IN ('given', 'unknown', 'objected')),
  since_on TEXT NOT NULL CHECK (since_on IS date(since_on, '+0 days')),
  source TEXT NOT NULL CHECK (source <> ''),  -- how we know: the channel it was said by, the creditor, carried over
  recorded_by INTEGER REFERENCES users(id),   -- null for what was carried over
  recorded_at TEXT NOT NULL,
  row_version INTEGER NOT NULL DEFAULT 1,
  UNIQUE (contact_point_id, channel)
) STRICT;

CREATE TRIGGER contact_consents_channel BEFORE INSERT ON contact_consents
  WHEN NOT EXISTS (SELECT 1 FROM contact_points p WHERE p.id = NEW.contact_point_id AND CASE p.kind
    WHEN 'phone' THEN NEW.channel IN ('call', 'sms') WHEN 'email' THEN NEW.channel = 'email' ELSE NEW.channel IN ('letter', 'visit') END)
  BEGIN SELECT RAISE(ABORT, 'contact_consents: this contact point does not serve this channel'); END;
CREATE TRIGGER contact_consents_same_point BEFORE UPDATE OF contact_point_id, channel ON contact_consents
  BEGIN SELECT RAISE(ABORT, 'contact_consents: another channel is another row'); END;

INSERT INTO contact_consents(contact_point_id, channel, state, since_on, source, recorded_at)
SELECT p.id, c.channel, p.consent, substr(p.created_at, 1, 10), 'carried_over', p.created_at FROM contact_points p
JOIN (SELECT 'phone' AS kind, 'call' AS channel UNION ALL VALUES ('phone', 'sms'), ('email', 'email'), ('address', 'letter'), ('address', 'visit')) c
  ON c.kind = p.kind WHERE p.consent <> 'unknown';

ALTER TABLE contact_points DROP COLUMN consent;

ALTER TABLE users ADD COLUMN creditor_id INTEGER REFERENCES creditors(id);

CREATE TRIGGER users_creditor_insert BEFORE INSERT ON users
  WHEN (NEW.role = 'creditor') <> (NEW.creditor_id IS NOT NULL)
  BEGIN SELECT RAISE(ABORT, 'users: role creditor, and no other, goes with a creditor'); END;
CREATE TRIGGER users_creditor_update BEFORE UPDATE OF role, creditor_id ON users
  WHEN (NEW.role = 'creditor') <> (NEW.creditor_id IS NOT NULL)
  BEGIN SELECT RAISE(ABORT, 'users: role creditor, and no other, goes with a creditor'); END;

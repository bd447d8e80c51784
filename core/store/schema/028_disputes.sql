-- Disputes of a part, with their clock and their documents; contacts of a creditor by function; questions to a creditor, which chase themselves.
ALTER TABLE disputes ADD COLUMN department TEXT NOT NULL DEFAULT '';  -- of the creditor: who must answer (data/disputes)
ALTER TABLE disputes ADD COLUMN due_on TEXT CHECK (due_on IS date(due_on, '+0 days'));
ALTER TABLE disputes ADD COLUMN credit_entry_id INTEGER REFERENCES entries(id);  -- the credit note that ended it
ALTER TABLE holds ADD COLUMN amount INTEGER CHECK (amount IS NULL OR (amount > 0 AND debt_id IS NOT NULL)); -- the part of a debt that is stopped
ALTER TABLE promises ADD COLUMN grace INTEGER CHECK (grace >= 0);     -- days the mandate gave when it was made; null: the house's
ALTER TABLE promises ADD COLUMN judged_on TEXT CHECK (judged_on IS date(judged_on, '+0 days')); -- the day the journal told that it was not kept, or that it was

CREATE TABLE dispute_documents(             -- what is asked for to settle a dispute, and when it came
  id INTEGER PRIMARY KEY,
  dispute_id INTEGER NOT NULL REFERENCES disputes(id),
  kind TEXT NOT NULL CHECK (kind <> ''),
  asked_on TEXT NOT NULL CHECK (asked_on IS date(asked_on, '+0 days')),
  received_on TEXT CHECK (received_on IS date(received_on, '+0 days')),
  document_id INTEGER REFERENCES documents(id),
  row_version INTEGER NOT NULL DEFAULT 1,
  UNIQUE (dispute_id, kind)
) STRICT;

CREATE TABLE creditor_contacts(
  id INTEGER PRIMARY KEY,
  creditor_id INTEGER NOT NULL REFERENCES creditors(id),
  department TEXT NOT NULL CHECK (department <> ''),
  name TEXT NOT NULL CHECK (name <> ''),
  email TEXT NOT NULL DEFAULT '',
  phone TEXT NOT NULL DEFAULT '',
  lang TEXT NOT NULL DEFAULT 'fr' CHECK (lang = 'fr' OR lang = 'en'),
  ended_on TEXT CHECK (ended_on IS date(ended_on, '+0 days')),
  created_at TEXT NOT NULL,
  row_version INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE questions(                     -- to a creditor, about a case
  id INTEGER PRIMARY KEY,
  ref TEXT NOT NULL UNIQUE,                 -- the case's with its rank: "QK000123-45-Q1"
  case_id INTEGER NOT NULL REFERENCES cases(id),
  creditor_id INTEGER NOT NULL REFERENCES creditors(id),
  debt_id INTEGER REFERENCES debts(id),
  dispute_id INTEGER REFERENCES disputes(id),
  kind TEXT NOT NULL CHECK (kind <> ''),
  department TEXT NOT NULL CHECK (department <> ''),
  contact_id INTEGER REFERENCES creditor_contacts(id),
  subject_id INTEGER REFERENCES texts(id),
  text_id INTEGER REFERENCES texts(id),
  asked_on TEXT NOT NULL CHECK (asked_on IS date(asked_on, '+0 days')),
  due_on TEXT NOT NULL CHECK (due_on IS date(due_on, '+0 days')),
  sent_on TEXT CHECK (sent_on IS date(sent_on, '+0 days')),
  sent_by TEXT NOT NULL DEFAULT '' CHECK (sent_by = '' OR sent_by = 'email' OR sent_by = 'hand'),
  message_id INTEGER REFERENCES messages(id),
  chases INTEGER NOT NULL DEFAULT 0 CHECK (chases >= 0),
  chase_on TEXT CHECK (chase_on IS date(chase_on, '+0 days')),       -- the day of the next reminder; null: none comes
  answered_on TEXT CHECK (answered_on IS date(answered_on, '+0 days')),
  answer_id INTEGER REFERENCES texts(id),
  answer_message_id INTEGER REFERENCES messages(id),
  withdrawn_on TEXT CHECK (withdrawn_on IS date(withdrawn_on, '+0 days')),
  created_by INTEGER NOT NULL REFERENCES users(id),
  created_at TEXT NOT NULL,
  row_version INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE INDEX dispute_documents_dispute ON dispute_documents(dispute_id);
CREATE INDEX creditor_contacts_creditor ON creditor_contacts(creditor_id);
CREATE INDEX questions_case ON questions(case_id);
CREATE INDEX questions_waiting ON questions(creditor_id, due_on) WHERE answered_on IS NULL AND withdrawn_on IS NULL;
CREATE INDEX questions_chasing ON questions(chase_on) WHERE chase_on IS NOT NULL;
CREATE INDEX promises_unjudged ON promises(due_on) WHERE cancelled_on IS NULL AND judged_on IS NULL;

-- Letters of any kind on their way: registered or not, deposit slip, tracking number, proofs, what became of them.

CREATE TABLE deposit_slips(                 -- bordereau de dépôt of registered letters
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE CHECK (number <> ''),
  drawn_on TEXT NOT NULL CHECK (drawn_on IS date(drawn_on, '+0 days')),
  document_id INTEGER REFERENCES documents(id),
  created_by INTEGER NOT NULL REFERENCES users(id),
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE dispatches(                    -- one row a letter that leaves by post
  message_id INTEGER PRIMARY KEY REFERENCES messages(id),
  registered INTEGER NOT NULL DEFAULT 0 CHECK (registered IN (0, 1)),
  slip_id INTEGER REFERENCES deposit_slips(id),
  tracking TEXT UNIQUE CHECK (tracking <> ''),
  sent_proof_id INTEGER REFERENCES documents(id),
  receipt_proof_id INTEGER REFERENCES documents(id),
  outcome TEXT NOT NULL DEFAULT '' CHECK (outcome IN ('', 'received', 'refused', 'unclaimed', 'unknown_address')),
  outcome_on TEXT CHECK (outcome_on IS date(outcome_on, '+0 days'))
) STRICT;
CREATE INDEX dispatches_slip ON dispatches(slip_id) WHERE slip_id IS NOT NULL;

-- The letters to post, the oldest first, and those of a case.
CREATE INDEX messages_letters_ready ON messages(id) WHERE channel = 'letter' AND direction = 'out' AND state = 'ready';

-- The whole house of design section 3. Money is integer cents, dates are checked ISO days, moments are UTC text ending in Z.
-- Append-only tables are guarded by the triggers at the end. A plural names a table because CASE is a word of SQL.
-- A CHECK of three words or more is a chain of OR: SQLite builds the list of an IN anew for each row that a CHECK sees.

CREATE TABLE meta(
  one INTEGER PRIMARY KEY CHECK (one = 1),
  store_id TEXT NOT NULL,
  code TEXT NOT NULL,                       -- two letters that open every public reference of this store
  kind TEXT NOT NULL CHECK (kind = 'agency' OR kind = 'demo' OR kind = 'practice'),
  schema INTEGER NOT NULL,
  time_zone TEXT NOT NULL DEFAULT 'Europe/Paris',
  created_at TEXT NOT NULL,
  data_version INTEGER NOT NULL DEFAULT 0,  -- raised by each writing unit: a cache key
  rolled_on TEXT CHECK (rolled_on IS date(rolled_on, '+0 days'))
) STRICT;

-- People, sessions, settings ------------------------------------------------------------------------------------------
CREATE TABLE users(
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL CHECK (name <> ''),
  email TEXT NOT NULL DEFAULT '',
  role TEXT NOT NULL CHECK (role = 'administrator' OR role = 'lead' OR role = 'collector' OR role = 'trainee' OR
    role = 'creditor' OR role = 'auditor'),
  is_local INTEGER NOT NULL DEFAULT 0 CHECK (is_local IN (0, 1)),
  active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  lang TEXT NOT NULL DEFAULT '',
  created_at TEXT NOT NULL,
  row_version INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE sessions(
  id INTEGER PRIMARY KEY,
  token_digest TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('local', 'signed_in')),
  user_id INTEGER REFERENCES users(id),
  opened_at TEXT NOT NULL,
  seen_at TEXT NOT NULL,
  ends_at TEXT,
  revoked_at TEXT
) STRICT;

CREATE TABLE settings(                      -- user_id 0 is the house
  user_id INTEGER NOT NULL DEFAULT 0,
  key TEXT NOT NULL,
  value TEXT NOT NULL CHECK (json_valid(value)),
  row_version INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (user_id, key)
) STRICT;

CREATE TABLE overlays(                      -- what a lead edits, laid over the shipped defaults
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  version INTEGER NOT NULL,
  content TEXT NOT NULL CHECK (json_valid(content)),
  source TEXT NOT NULL DEFAULT '',
  valid_from TEXT CHECK (valid_from IS date(valid_from, '+0 days')),
  author_id INTEGER NOT NULL REFERENCES users(id),
  recorded_at TEXT NOT NULL,
  UNIQUE (kind, key, version)
) STRICT;

CREATE TABLE approvals(
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  object_kind TEXT NOT NULL,
  object_id INTEGER NOT NULL,
  asked_by INTEGER NOT NULL REFERENCES users(id),
  asked_at TEXT NOT NULL,
  answer TEXT CHECK (answer IN ('granted', 'refused')),
  answered_by INTEGER REFERENCES users(id),
  answered_at TEXT,
  text_id INTEGER REFERENCES texts(id),
  row_version INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE command_tokens(                -- makes a double click harmless
  token TEXT PRIMARY KEY,
  user_id INTEGER NOT NULL,
  service TEXT NOT NULL,
  result TEXT NOT NULL CHECK (json_valid(result)),
  at TEXT NOT NULL
) STRICT;

CREATE TABLE jobs(
  name TEXT PRIMARY KEY,
  lease_owner TEXT,
  lease_until TEXT,
  last_run_on TEXT CHECK (last_run_on IS date(last_run_on, '+0 days')),
  outcome TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(outcome)),
  row_version INTEGER NOT NULL DEFAULT 1
) STRICT;

-- Words and files: away from the chain, so that they can be erased -----------------------------------------------------
CREATE TABLE texts(
  id INTEGER PRIMARY KEY,
  body TEXT,                                -- null once redacted
  salt TEXT,
  digest TEXT NOT NULL,                     -- sha256(salt + body), stays
  author_id INTEGER NOT NULL REFERENCES users(id),
  written_at TEXT NOT NULL,
  redacted_at TEXT,
  redacted_by INTEGER REFERENCES users(id),
  redaction_reason TEXT
) STRICT;

CREATE TABLE files(                         -- bytes live in the home, under their hash
  id INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL UNIQUE,
  media_type TEXT NOT NULL,
  size INTEGER NOT NULL CHECK (size >= 0),
  added_by INTEGER NOT NULL REFERENCES users(id),
  added_at TEXT NOT NULL,
  erased_at TEXT
) STRICT;

-- Creditors and mandates -----------------------------------------------------------------------------------------------
CREATE TABLE creditors(
  id INTEGER PRIMARY KEY,
  ref TEXT NOT NULL UNIQUE CHECK (ref <> ''),
  name TEXT NOT NULL CHECK (name <> ''),
  legal_form TEXT NOT NULL DEFAULT '',
  siren TEXT NOT NULL DEFAULT '',
  vat TEXT NOT NULL DEFAULT '',
  address TEXT NOT NULL DEFAULT '',
  postcode TEXT NOT NULL DEFAULT '',
  city TEXT NOT NULL DEFAULT '',
  country TEXT NOT NULL DEFAULT 'FR',
  contact_name TEXT NOT NULL DEFAULT '',
  email TEXT NOT NULL DEFAULT '',
  phone TEXT NOT NULL DEFAULT '',
  iban TEXT NOT NULL DEFAULT '',
  active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  created_at TEXT NOT NULL,
  row_version INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE mandates(                      -- CPCE R.124-3
  id INTEGER PRIMARY KEY,
  creditor_id INTEGER NOT NULL REFERENCES creditors(id),
  ref TEXT NOT NULL UNIQUE CHECK (ref <> ''),
  signed_on TEXT CHECK (signed_on IS date(signed_on, '+0 days')),
  starts_on TEXT CHECK (starts_on IS date(starts_on, '+0 days')),
  ends_on TEXT CHECK (ends_on IS date(ends_on, '+0 days')),
  power_to_receive INTEGER NOT NULL DEFAULT 0 CHECK (power_to_receive IN (0, 1)),
  basis TEXT NOT NULL DEFAULT '',           -- 1° what the sums due rest on
  amounts TEXT NOT NULL DEFAULT '',         -- 1° their amount, each element apart
  guarantee TEXT NOT NULL DEFAULT '',       -- 2° guarantee against the consequences of civil liability
  fee_terms TEXT NOT NULL DEFAULT '',       -- 3° how the remuneration is determined
  remittance_terms TEXT NOT NULL DEFAULT '',-- 4° how collected funds are handed over
  remittance_days INTEGER CHECK (remittance_days BETWEEN 0 AND 366),
  max_instalments INTEGER CHECK (max_instalments BETWEEN 0 AND 120),
  max_discount TEXT NOT NULL DEFAULT '',    -- percent as decimal text; empty: no power
  policy TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(policy)),
  signed_document_id INTEGER REFERENCES documents(id),
  created_at TEXT NOT NULL,
  row_version INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE mapping_profiles(              -- the column mapping a person accepted for a creditor's files
  id INTEGER PRIMARY KEY,
  creditor_id INTEGER NOT NULL REFERENCES creditors(id),
  signature TEXT NOT NULL,                  -- digest of the folded headings
  mapping TEXT NOT NULL CHECK (json_valid(mapping)),
  saved_by INTEGER NOT NULL REFERENCES users(id),
  saved_at TEXT NOT NULL,
  row_version INTEGER NOT NULL DEFAULT 1,
  UNIQUE (creditor_id, signature)
) STRICT;

CREATE TABLE import_batches(
  id INTEGER PRIMARY KEY,
  creditor_id INTEGER NOT NULL REFERENCES creditors(id),
  file_sha256 TEXT NOT NULL,
  file_name TEXT NOT NULL,
  format TEXT NOT NULL,
  added INTEGER NOT NULL,
  unchanged INTEGER NOT NULL,
  rejected INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  options TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(options)),
  actor_id INTEGER NOT NULL REFERENCES users(id),
  recorded_at TEXT NOT NULL
) STRICT;

CREATE TABLE taken_over(                    -- lines of takeover files already entered, so that a file sent twice adds nothing
  creditor_id INTEGER NOT NULL REFERENCES creditors(id),
  record TEXT NOT NULL CHECK (record <> ''),
  line_key TEXT NOT NULL,
  occurrence INTEGER NOT NULL CHECK (occurrence >= 1),
  batch_id INTEGER NOT NULL REFERENCES import_batches(id),
  PRIMARY KEY (creditor_id, record, line_key, occurrence)
) STRICT;

-- Parties --------------------------------------------------------------------------------------------------------------
CREATE TABLE parties(
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind = 'individual' OR kind = 'business' OR kind = 'public'),
  name TEXT NOT NULL,
  first_name TEXT NOT NULL DEFAULT '',
  folded TEXT NOT NULL,                     -- name without accents or case, œ and æ opened: for search and likeness
  siren TEXT NOT NULL DEFAULT '',
  siret TEXT NOT NULL DEFAULT '',
  vat TEXT NOT NULL DEFAULT '',
  iban TEXT NOT NULL DEFAULT '',
  lang TEXT NOT NULL DEFAULT 'fr',
  creditor_id INTEGER REFERENCES creditors(id), -- whose file named this party first
  creditor_ref TEXT NOT NULL DEFAULT '',    -- the creditor's own number for the party
  created_at TEXT NOT NULL,
  row_version INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE contact_points(
  id INTEGER PRIMARY KEY,
  party_id INTEGER NOT NULL REFERENCES parties(id),
  kind TEXT NOT NULL CHECK (kind = 'phone' OR kind = 'email' OR kind = 'address'),
  value TEXT NOT NULL CHECK (value <> ''),  -- E.164, address of mail, or street lines separated by a new line
  phone_kind TEXT NOT NULL DEFAULT '',
  postcode TEXT NOT NULL DEFAULT '',
  city TEXT NOT NULL DEFAULT '',
  country TEXT NOT NULL DEFAULT '',
  validity TEXT NOT NULL DEFAULT 'unknown' CHECK (validity = 'confirmed' OR validity = 'unknown' OR validity = 'invalid'),
  consent TEXT NOT NULL DEFAULT 'unknown' CHECK (consent = 'given' OR consent = 'unknown' OR consent = 'objected'),
  priority INTEGER NOT NULL DEFAULT 0,
  source TEXT NOT NULL DEFAULT '',
  created_at TEXT NOT NULL,
  row_version INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE providers(
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind = 'lawyer' OR kind = 'bailiff' OR kind = 'tracer' OR kind = 'translator' OR kind = 'other'),
  name TEXT NOT NULL,
  details TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(details)),
  active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  row_version INTEGER NOT NULL DEFAULT 1
) STRICT;

-- Cases and debts ------------------------------------------------------------------------------------------------------
CREATE TABLE cases(
  id INTEGER PRIMARY KEY,
  ref TEXT NOT NULL,
  creditor_id INTEGER NOT NULL REFERENCES creditors(id),
  mandate_id INTEGER REFERENCES mandates(id),
  debtor_id INTEGER NOT NULL REFERENCES parties(id),
  creditor_case_ref TEXT NOT NULL DEFAULT '',
  batch_id INTEGER REFERENCES import_batches(id),
  collector_id INTEGER REFERENCES users(id),
  status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'closed')),
  closure_reason TEXT NOT NULL DEFAULT '',
  placed_on TEXT NOT NULL CHECK (placed_on IS date(placed_on, '+0 days')),
  closed_on TEXT CHECK (closed_on IS date(closed_on, '+0 days')),
  first_letter_ref TEXT NOT NULL DEFAULT '',
  first_letter_on TEXT CHECK (first_letter_on IS date(first_letter_on, '+0 days')),
  row_version INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE case_parties(                  -- others than the debtor, who is on the case itself
  id INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL REFERENCES cases(id),
  party_id INTEGER NOT NULL REFERENCES parties(id),
  role TEXT NOT NULL CHECK (role = 'co_debtor' OR role = 'guarantor' OR role = 'heir' OR role = 'guardian' OR role = 'curator' OR
    role = 'representative' OR role = 'lawyer' OR role = 'other'),
  liable_up_to INTEGER CHECK (liable_up_to >= 0),
  since_on TEXT CHECK (since_on IS date(since_on, '+0 days')),
  until_on TEXT CHECK (until_on IS date(until_on, '+0 days')),
  row_version INTEGER NOT NULL DEFAULT 1,
  UNIQUE (case_id, party_id, role)
) STRICT;

CREATE TABLE debts(
  id INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL REFERENCES cases(id),
  creditor_id INTEGER NOT NULL REFERENCES creditors(id),
  ref TEXT NOT NULL,
  nature TEXT NOT NULL,
  label TEXT NOT NULL DEFAULT '',
  issued_on TEXT CHECK (issued_on IS date(issued_on, '+0 days')),
  due_on TEXT CHECK (due_on IS date(due_on, '+0 days')),
  original INTEGER NOT NULL CHECK (original > 0),       -- as invoiced
  principal INTEGER NOT NULL CHECK (principal > 0),     -- owed when placed: original less what had been paid
  outstanding INTEGER NOT NULL,                         -- read model: the ledger's balance of the principal
  contract_rate TEXT NOT NULL DEFAULT '',               -- percent as decimal text
  batch_id INTEGER REFERENCES import_batches(id),
  line_key TEXT NOT NULL,
  occurrence INTEGER NOT NULL DEFAULT 1 CHECK (occurrence >= 1),
  row_version INTEGER NOT NULL DEFAULT 1
) STRICT;

-- Journal --------------------------------------------------------------------------------------------------------------
CREATE TABLE interactions(                  -- append-only
  id INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL REFERENCES cases(id),
  debt_id INTEGER REFERENCES debts(id),
  party_id INTEGER REFERENCES parties(id),
  contact_point_id INTEGER REFERENCES contact_points(id),
  channel TEXT NOT NULL CHECK (channel = 'call' OR channel = 'email' OR channel = 'letter' OR channel = 'sms' OR channel = 'visit' OR
    channel = 'note'),
  direction TEXT NOT NULL CHECK (direction = 'out' OR direction = 'in' OR direction = 'none'),
  result_code TEXT NOT NULL DEFAULT '',
  happened_on TEXT NOT NULL CHECK (happened_on IS date(happened_on, '+0 days')),
  happened_at TEXT NOT NULL DEFAULT '',     -- HH:MM in the agency's zone, or empty
  facts TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(facts)),
  text_id INTEGER REFERENCES texts(id),
  corrects INTEGER UNIQUE REFERENCES interactions(id),
  source TEXT NOT NULL DEFAULT 'typed' CHECK (source = 'typed' OR source = 'imported' OR source = 'program'),
  actor_id INTEGER NOT NULL REFERENCES users(id),
  recorded_at TEXT NOT NULL
) STRICT;

CREATE TABLE tasks(                         -- the next actions
  id INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL REFERENCES cases(id),
  kind TEXT NOT NULL CHECK (kind <> ''),
  due_on TEXT NOT NULL CHECK (due_on IS date(due_on, '+0 days')),
  due_at TEXT NOT NULL DEFAULT '',
  text_id INTEGER REFERENCES texts(id),
  assignee_id INTEGER REFERENCES users(id),
  origin TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL DEFAULT 'open' CHECK (state = 'open' OR state = 'done' OR state = 'replaced' OR state = 'skipped'),
  interaction_id INTEGER REFERENCES interactions(id),
  created_by INTEGER NOT NULL REFERENCES users(id),
  created_at TEXT NOT NULL,
  closed_by INTEGER REFERENCES users(id),
  closed_at TEXT,
  row_version INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE promises(                      -- kept, partly kept or broken is replayed from payments
  id INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL REFERENCES cases(id),
  interaction_id INTEGER REFERENCES interactions(id),
  made_on TEXT NOT NULL CHECK (made_on IS date(made_on, '+0 days')),
  due_on TEXT NOT NULL CHECK (due_on IS date(due_on, '+0 days')),
  amount INTEGER NOT NULL CHECK (amount > 0),
  means TEXT NOT NULL DEFAULT '',
  source TEXT NOT NULL DEFAULT 'debtor',
  cancelled_on TEXT CHECK (cancelled_on IS date(cancelled_on, '+0 days')),
  created_at TEXT NOT NULL,
  row_version INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE plans(
  id INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL REFERENCES cases(id),
  ref TEXT NOT NULL DEFAULT '',
  interest_mode TEXT NOT NULL DEFAULT 'frozen' CHECK (interest_mode = 'frozen' OR interest_mode = 'running' OR interest_mode = 'waived'),
  agreed_on TEXT CHECK (agreed_on IS date(agreed_on, '+0 days')),
  ended_on TEXT CHECK (ended_on IS date(ended_on, '+0 days')),
  end_reason TEXT NOT NULL DEFAULT '',
  created_by INTEGER NOT NULL REFERENCES users(id),
  created_at TEXT NOT NULL,
  row_version INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE instalments(
  id INTEGER PRIMARY KEY,
  plan_id INTEGER NOT NULL REFERENCES plans(id),
  number INTEGER NOT NULL CHECK (number >= 1),
  due_on TEXT NOT NULL CHECK (due_on IS date(due_on, '+0 days')),
  amount INTEGER NOT NULL CHECK (amount > 0),
  principal INTEGER NOT NULL DEFAULT 0,
  interest INTEGER NOT NULL DEFAULT 0,
  paid_before INTEGER NOT NULL DEFAULT 0 CHECK (paid_before >= 0), -- paid before the case was taken over
  row_version INTEGER NOT NULL DEFAULT 1,
  UNIQUE (plan_id, number)
) STRICT;

CREATE TABLE disputes(
  id INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL REFERENCES cases(id),
  debt_id INTEGER REFERENCES debts(id),
  amount INTEGER CHECK (amount > 0),
  kind TEXT NOT NULL DEFAULT '',
  opened_on TEXT NOT NULL CHECK (opened_on IS date(opened_on, '+0 days')),
  text_id INTEGER REFERENCES texts(id),
  interaction_id INTEGER REFERENCES interactions(id),
  sent_to_creditor_on TEXT CHECK (sent_to_creditor_on IS date(sent_to_creditor_on, '+0 days')),
  answered_on TEXT CHECK (answered_on IS date(answered_on, '+0 days')),
  outcome TEXT NOT NULL DEFAULT '',
  closed_on TEXT CHECK (closed_on IS date(closed_on, '+0 days')),
  created_at TEXT NOT NULL,
  row_version INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE holds(                         -- debt_id null: the whole case is stopped
  id INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL REFERENCES cases(id),
  debt_id INTEGER REFERENCES debts(id),
  kind TEXT NOT NULL CHECK (kind <> ''),
  reason_text_id INTEGER REFERENCES texts(id),
  owner_id INTEGER REFERENCES users(id),
  document_id INTEGER REFERENCES documents(id),
  interaction_id INTEGER REFERENCES interactions(id),
  from_on TEXT NOT NULL CHECK (from_on IS date(from_on, '+0 days')),
  until_on TEXT CHECK (until_on IS date(until_on, '+0 days')),
  lifted_on TEXT CHECK (lifted_on IS date(lifted_on, '+0 days')),
  lifted_by INTEGER REFERENCES users(id),
  created_at TEXT NOT NULL,
  row_version INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE reminders(
  id INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL REFERENCES cases(id),
  scenario TEXT NOT NULL,
  level INTEGER NOT NULL,
  planned_on TEXT NOT NULL CHECK (planned_on IS date(planned_on, '+0 days')),
  done_on TEXT CHECK (done_on IS date(done_on, '+0 days')),
  state TEXT NOT NULL DEFAULT 'planned',
  message_id INTEGER REFERENCES messages(id),
  row_version INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE messages(                      -- the outbox and the inbox
  id INTEGER PRIMARY KEY,
  case_id INTEGER REFERENCES cases(id),
  party_id INTEGER REFERENCES parties(id),
  contact_point_id INTEGER REFERENCES contact_points(id),
  channel TEXT NOT NULL CHECK (channel = 'email' OR channel = 'letter' OR channel = 'sms'),
  direction TEXT NOT NULL CHECK (direction IN ('out', 'in')),
  kind TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL CHECK (state = 'draft' OR state = 'ready' OR state = 'sending' OR state = 'sent' OR state = 'delivered' OR
    state = 'failed' OR state = 'returned' OR state = 'received' OR state = 'cancelled'),
  message_id TEXT UNIQUE,                   -- RFC 5322 Message-ID
  idempotency_key TEXT UNIQUE,
  text_id INTEGER REFERENCES texts(id),
  document_id INTEGER REFERENCES documents(id),
  created_at TEXT NOT NULL,
  sent_at TEXT,
  row_version INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE documents(
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  title TEXT NOT NULL DEFAULT '',
  number TEXT UNIQUE,
  file_id INTEGER NOT NULL REFERENCES files(id),
  case_id INTEGER REFERENCES cases(id),
  creditor_id INTEGER REFERENCES creditors(id),
  mandate_id INTEGER REFERENCES mandates(id),
  party_id INTEGER REFERENCES parties(id),
  computation TEXT CHECK (computation IS NULL OR json_valid(computation)), -- frozen with what was issued
  law_fingerprint TEXT NOT NULL DEFAULT '',
  added_by INTEGER NOT NULL REFERENCES users(id),
  added_at TEXT NOT NULL
) STRICT;

-- Litigation -----------------------------------------------------------------------------------------------------------
CREATE TABLE proceedings(
  id INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL REFERENCES cases(id),
  route TEXT NOT NULL,
  version TEXT NOT NULL,
  court TEXT NOT NULL DEFAULT '',
  reference TEXT NOT NULL DEFAULT '',
  provider_id INTEGER REFERENCES providers(id),
  opened_on TEXT NOT NULL CHECK (opened_on IS date(opened_on, '+0 days')),
  confidential INTEGER NOT NULL DEFAULT 0 CHECK (confidential IN (0, 1)),
  row_version INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE proceeding_debts(
  proceeding_id INTEGER NOT NULL REFERENCES proceedings(id),
  debt_id INTEGER NOT NULL REFERENCES debts(id),
  PRIMARY KEY (proceeding_id, debt_id)
) STRICT;

CREATE TABLE events(                        -- append-only: a proceeding's state is replayed from them
  id INTEGER PRIMARY KEY,
  proceeding_id INTEGER NOT NULL REFERENCES proceedings(id),
  kind TEXT NOT NULL,
  happened_on TEXT NOT NULL CHECK (happened_on IS date(happened_on, '+0 days')),
  facts TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(facts)),
  text_id INTEGER REFERENCES texts(id),
  document_id INTEGER REFERENCES documents(id),
  corrects INTEGER UNIQUE REFERENCES events(id),
  actor_id INTEGER NOT NULL REFERENCES users(id),
  recorded_at TEXT NOT NULL
) STRICT;

CREATE TABLE titles(
  id INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL REFERENCES cases(id),
  proceeding_id INTEGER REFERENCES proceedings(id),
  kind TEXT NOT NULL,
  issued_on TEXT NOT NULL CHECK (issued_on IS date(issued_on, '+0 days')),
  court TEXT NOT NULL DEFAULT '',
  reference TEXT NOT NULL DEFAULT '',
  amount INTEGER CHECK (amount >= 0),
  served_on TEXT CHECK (served_on IS date(served_on, '+0 days')),
  document_id INTEGER REFERENCES documents(id),
  created_at TEXT NOT NULL,
  row_version INTEGER NOT NULL DEFAULT 1
) STRICT;

-- Money ----------------------------------------------------------------------------------------------------------------
CREATE TABLE bank_statements(
  id INTEGER PRIMARY KEY,
  file_sha256 TEXT NOT NULL,
  account TEXT NOT NULL,
  from_on TEXT CHECK (from_on IS date(from_on, '+0 days')),
  to_on TEXT CHECK (to_on IS date(to_on, '+0 days')),
  opening INTEGER,
  closing INTEGER,
  recorded_at TEXT NOT NULL,
  UNIQUE (file_sha256, account, from_on, to_on)
) STRICT;

CREATE TABLE bank_lines(
  id INTEGER PRIMARY KEY,
  bank_statement_id INTEGER NOT NULL REFERENCES bank_statements(id),
  number INTEGER NOT NULL,
  booked_on TEXT NOT NULL CHECK (booked_on IS date(booked_on, '+0 days')),
  amount INTEGER NOT NULL,
  label TEXT NOT NULL DEFAULT '',
  reference TEXT NOT NULL DEFAULT '',
  counterparty TEXT NOT NULL DEFAULT '',
  iban TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL DEFAULT 'new',
  row_version INTEGER NOT NULL DEFAULT 1,
  UNIQUE (bank_statement_id, number)
) STRICT;

CREATE TABLE payments(                      -- append-only: a reversal is a payment of the opposite amount
  id INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL REFERENCES cases(id),
  received_on TEXT NOT NULL CHECK (received_on IS date(received_on, '+0 days')),
  amount INTEGER NOT NULL CHECK (amount <> 0),
  means TEXT NOT NULL CHECK (means = 'transfer' OR means = 'card' OR means = 'cheque' OR means = 'cash' OR means = 'direct_debit' OR
    means = 'other'),
  paid_to TEXT NOT NULL CHECK (paid_to IN ('agency', 'creditor')),
  payer_id INTEGER REFERENCES parties(id),
  reference TEXT NOT NULL DEFAULT '',
  bank_line_id INTEGER REFERENCES bank_lines(id),
  reverses INTEGER UNIQUE REFERENCES payments(id),
  text_id INTEGER REFERENCES texts(id),      -- why, for a reversal: words that can be redacted
  source TEXT NOT NULL DEFAULT 'typed' CHECK (source = 'typed' OR source = 'imported' OR source = 'bank'),
  actor_id INTEGER NOT NULL REFERENCES users(id),
  recorded_at TEXT NOT NULL,
  CHECK ((reverses IS NULL) = (amount > 0))
) STRICT;

CREATE TABLE allocations(                   -- append-only
  id INTEGER PRIMARY KEY,
  payment_id INTEGER NOT NULL REFERENCES payments(id),
  debt_id INTEGER NOT NULL REFERENCES debts(id),
  bucket TEXT NOT NULL CHECK (bucket = 'principal' OR bucket = 'interest' OR bucket = 'indemnity' OR bucket = 'penalty' OR
    bucket = 'costs'),
  amount INTEGER NOT NULL CHECK (amount <> 0)
) STRICT;

CREATE TABLE receipts(                      -- append-only; numbers without a gap (CPCE R.124-6)
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  payment_id INTEGER NOT NULL UNIQUE REFERENCES payments(id),
  issued_on TEXT NOT NULL CHECK (issued_on IS date(issued_on, '+0 days')),
  issued_at TEXT NOT NULL
) STRICT;

CREATE TABLE entries(                       -- append-only ledger: one row moves an amount from one account to another
  id INTEGER PRIMARY KEY,
  case_id INTEGER REFERENCES cases(id),
  debt_id INTEGER REFERENCES debts(id),
  payment_id INTEGER REFERENCES payments(id),
  kind TEXT NOT NULL,
  from_account TEXT NOT NULL,
  to_account TEXT NOT NULL,
  amount INTEGER NOT NULL CHECK (amount > 0),
  booked_on TEXT NOT NULL CHECK (booked_on IS date(booked_on, '+0 days')),
  reverses INTEGER UNIQUE REFERENCES entries(id),
  actor_id INTEGER NOT NULL REFERENCES users(id),
  recorded_at TEXT NOT NULL,
  CHECK (from_account <> to_account),
  CHECK (from_account = 'placement' OR from_account = 'principal' OR from_account = 'interest' OR
    from_account = 'indemnity' OR from_account = 'penalty' OR from_account = 'costs' OR
    from_account = 'collected' OR from_account = 'credited' OR from_account = 'waived' OR
    from_account = 'withdrawn' OR from_account = 'debtor' OR from_account = 'client_money' OR
    from_account = 'creditor' OR from_account = 'agency' OR from_account = 'opening'),
  CHECK (to_account = 'placement' OR to_account = 'principal' OR to_account = 'interest' OR
    to_account = 'indemnity' OR to_account = 'penalty' OR to_account = 'costs' OR to_account = 'collected' OR
    to_account = 'credited' OR to_account = 'waived' OR to_account = 'withdrawn' OR to_account = 'debtor' OR
    to_account = 'client_money' OR to_account = 'creditor' OR to_account = 'agency' OR to_account = 'opening')
) STRICT;

CREATE TABLE remittances(
  id INTEGER PRIMARY KEY,
  creditor_id INTEGER NOT NULL REFERENCES creditors(id),
  number TEXT NOT NULL UNIQUE,
  from_on TEXT NOT NULL CHECK (from_on IS date(from_on, '+0 days')),
  to_on TEXT NOT NULL CHECK (to_on IS date(to_on, '+0 days')),
  state TEXT NOT NULL DEFAULT 'draft' CHECK (state = 'draft' OR state = 'approved' OR state = 'frozen' OR state = 'paid'),
  document_id INTEGER REFERENCES documents(id),
  created_at TEXT NOT NULL,
  row_version INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE remittance_lines(              -- append-only: a payment is never on two statements
  id INTEGER PRIMARY KEY,
  remittance_id INTEGER NOT NULL REFERENCES remittances(id),
  allocation_id INTEGER NOT NULL UNIQUE REFERENCES allocations(id),
  amount INTEGER NOT NULL,
  fee INTEGER NOT NULL DEFAULT 0,
  vat INTEGER NOT NULL DEFAULT 0,
  rule TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE data_requests(
  id INTEGER PRIMARY KEY,
  party_id INTEGER NOT NULL REFERENCES parties(id),
  kind TEXT NOT NULL CHECK (kind = 'access' OR kind = 'rectification' OR kind = 'erasure' OR kind = 'objection' OR
    kind = 'restriction'),
  received_on TEXT NOT NULL CHECK (received_on IS date(received_on, '+0 days')),
  due_on TEXT NOT NULL CHECK (due_on IS date(due_on, '+0 days')),
  answered_on TEXT CHECK (answered_on IS date(answered_on, '+0 days')),
  text_id INTEGER REFERENCES texts(id),
  row_version INTEGER NOT NULL DEFAULT 1
) STRICT;

-- Proof ----------------------------------------------------------------------------------------------------------------
CREATE TABLE audit(                         -- append-only, hash-chained; identifiers and digests only, never a name
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  actor_id INTEGER NOT NULL,
  action TEXT NOT NULL,
  object_kind TEXT NOT NULL,
  object_id INTEGER NOT NULL,
  details TEXT NOT NULL CHECK (json_valid(details)),
  prev TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE audit_checkpoints(             -- allows the lawful truncation of old audit lines
  id INTEGER PRIMARY KEY,
  upto_id INTEGER NOT NULL,
  hash TEXT NOT NULL,
  at TEXT NOT NULL,
  reason TEXT NOT NULL
) STRICT;

-- Read models: recomputed from one SQL text, never incremented ---------------------------------------------------------
CREATE TABLE case_summaries(
  case_id INTEGER PRIMARY KEY REFERENCES cases(id),
  creditor_id INTEGER NOT NULL,
  debtor_id INTEGER NOT NULL,
  collector_id INTEGER,
  status TEXT NOT NULL,
  debts INTEGER NOT NULL,
  principal INTEGER NOT NULL,
  interest INTEGER NOT NULL,
  indemnity INTEGER NOT NULL,
  penalty INTEGER NOT NULL,
  costs INTEGER NOT NULL,
  balance INTEGER NOT NULL,
  placed INTEGER NOT NULL,
  collected INTEGER NOT NULL,
  overdue INTEGER NOT NULL,
  oldest_due_on TEXT,
  undated INTEGER NOT NULL,                 -- open debts whose due date is unknown
  held_kind TEXT,
  held_until TEXT,
  debts_held INTEGER NOT NULL,
  next_task_id INTEGER,
  next_kind TEXT,
  next_on TEXT,
  last_on TEXT,
  last_channel TEXT,
  last_result TEXT,
  promise_on TEXT,
  limitation_on TEXT,
  priority INTEGER NOT NULL,
  as_of TEXT NOT NULL,
  law TEXT NOT NULL
) STRICT;

CREATE VIRTUAL TABLE case_search USING fts5(names, refs, tokenize = 'unicode61 remove_diacritics 2');

-- Indexes --------------------------------------------------------------------------------------------------------------
CREATE INDEX sessions_user ON sessions(user_id);
CREATE INDEX mandates_creditor ON mandates(creditor_id);
CREATE INDEX import_batches_file ON import_batches(creditor_id, file_sha256);
CREATE INDEX parties_creditor_ref ON parties(creditor_id, creditor_ref) WHERE creditor_ref <> '';
CREATE INDEX parties_siren ON parties(siren) WHERE siren <> '';
CREATE INDEX parties_folded ON parties(folded);
CREATE INDEX contact_points_party ON contact_points(party_id);
CREATE INDEX contact_points_value ON contact_points(value) WHERE kind <> 'address';
CREATE UNIQUE INDEX cases_ref ON cases(ref);
CREATE INDEX cases_debtor ON cases(debtor_id);
CREATE INDEX cases_creditor ON cases(creditor_id);
CREATE INDEX cases_creditor_ref ON cases(creditor_id, creditor_case_ref) WHERE creditor_case_ref <> '';
CREATE INDEX case_parties_party ON case_parties(party_id);
CREATE UNIQUE INDEX debts_line ON debts(creditor_id, line_key, occurrence);
CREATE INDEX debts_case ON debts(case_id);
CREATE INDEX debts_ref ON debts(ref, creditor_id);
-- On the text of the day: an index on a generated integer day is never covering, and cost a third more to read.
CREATE INDEX debts_aged ON debts(creditor_id, due_on, outstanding) WHERE outstanding > 0;
CREATE INDEX interactions_case ON interactions(case_id, happened_on);
CREATE INDEX tasks_case ON tasks(case_id, due_on) WHERE state = 'open';
CREATE INDEX promises_case ON promises(case_id, due_on);
CREATE INDEX plans_case ON plans(case_id);
CREATE INDEX disputes_case ON disputes(case_id);
CREATE INDEX holds_case ON holds(case_id);
CREATE INDEX reminders_case ON reminders(case_id, planned_on);
CREATE INDEX messages_case ON messages(case_id);
CREATE INDEX messages_state ON messages(state, created_at);
CREATE INDEX documents_case ON documents(case_id) WHERE case_id IS NOT NULL;
CREATE INDEX documents_mandate ON documents(mandate_id) WHERE mandate_id IS NOT NULL;
CREATE INDEX proceedings_case ON proceedings(case_id);
CREATE INDEX events_proceeding ON events(proceeding_id, happened_on);
CREATE INDEX titles_case ON titles(case_id);
CREATE INDEX payments_case ON payments(case_id, received_on);
CREATE INDEX allocations_payment ON allocations(payment_id);
CREATE INDEX allocations_debt ON allocations(debt_id);
CREATE INDEX entries_case ON entries(case_id);
-- all but the placing of debts, which summaries read from the debts themselves
CREATE INDEX entries_moves ON entries(case_id) WHERE NOT (from_account = 'placement' AND to_account = 'principal');
CREATE INDEX entries_debt ON entries(debt_id);
CREATE INDEX entries_payment ON entries(payment_id) WHERE payment_id IS NOT NULL;
CREATE INDEX entries_client_money ON entries(booked_on, amount) WHERE 'client_money' IN (from_account, to_account);
CREATE INDEX bank_lines_state ON bank_lines(state);
CREATE INDEX audit_object ON audit(object_kind, object_id);
CREATE INDEX summaries_queue ON case_summaries(priority DESC) WHERE status = 'open';
CREATE INDEX summaries_next ON case_summaries(status, next_on, held_kind, balance, creditor_id);
CREATE INDEX summaries_promise ON case_summaries(status, promise_on, creditor_id) WHERE promise_on IS NOT NULL;
CREATE INDEX summaries_held ON case_summaries(status, held_kind, debts_held, creditor_id) WHERE held_kind IS NOT NULL OR debts_held > 0;
CREATE INDEX summaries_creditor ON case_summaries(creditor_id, priority DESC);
CREATE INDEX summaries_debtor ON case_summaries(debtor_id);

-- Guards: what has been written stays written --------------------------------------------------------------------------
CREATE TRIGGER interactions_no_update BEFORE UPDATE ON interactions BEGIN SELECT RAISE(ABORT, 'interactions: append-only, correct with a new entry'); END;
CREATE TRIGGER interactions_no_delete BEFORE DELETE ON interactions BEGIN SELECT RAISE(ABORT, 'interactions: append-only, correct with a new entry'); END;
CREATE TRIGGER events_no_update BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events: append-only, correct with a new event'); END;
CREATE TRIGGER events_no_delete BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events: append-only, correct with a new event'); END;
CREATE TRIGGER payments_no_update BEFORE UPDATE ON payments BEGIN SELECT RAISE(ABORT, 'payments: append-only, reverse instead'); END;
CREATE TRIGGER payments_no_delete BEFORE DELETE ON payments BEGIN SELECT RAISE(ABORT, 'payments: append-only, reverse instead'); END;
CREATE TRIGGER allocations_no_update BEFORE UPDATE ON allocations BEGIN SELECT RAISE(ABORT, 'allocations: append-only'); END;
CREATE TRIGGER allocations_no_delete BEFORE DELETE ON allocations BEGIN SELECT RAISE(ABORT, 'allocations: append-only'); END;
CREATE TRIGGER receipts_no_update BEFORE UPDATE ON receipts BEGIN SELECT RAISE(ABORT, 'receipts: append-only'); END;
CREATE TRIGGER receipts_no_delete BEFORE DELETE ON receipts BEGIN SELECT RAISE(ABORT, 'receipts: append-only'); END;
CREATE TRIGGER entries_no_update BEFORE UPDATE ON entries BEGIN SELECT RAISE(ABORT, 'entries: append-only, reverse instead'); END;
CREATE TRIGGER entries_no_delete BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'entries: append-only, reverse instead'); END;
CREATE TRIGGER remittance_lines_no_update BEFORE UPDATE ON remittance_lines BEGIN SELECT RAISE(ABORT, 'remittance_lines: append-only'); END;
CREATE TRIGGER remittance_lines_no_delete BEFORE DELETE ON remittance_lines BEGIN SELECT RAISE(ABORT, 'remittance_lines: append-only'); END;
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit: append-only'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
  WHEN OLD.id > COALESCE((SELECT MAX(upto_id) FROM audit_checkpoints), 0)
  BEGIN SELECT RAISE(ABORT, 'audit: append-only'); END;
-- No truncation yet: until the issue that brings it, a checkpoint would only blind the proof.
CREATE TRIGGER audit_checkpoints_no_insert BEFORE INSERT ON audit_checkpoints BEGIN SELECT RAISE(ABORT, 'audit_checkpoints: no truncation in this version'); END;
CREATE TRIGGER audit_checkpoints_no_update BEFORE UPDATE ON audit_checkpoints BEGIN SELECT RAISE(ABORT, 'audit_checkpoints: append-only'); END;
CREATE TRIGGER audit_checkpoints_no_delete BEFORE DELETE ON audit_checkpoints BEGIN SELECT RAISE(ABORT, 'audit_checkpoints: append-only'); END;
CREATE TRIGGER audit_chain BEFORE INSERT ON audit
  WHEN NEW.prev <> COALESCE((SELECT hash FROM audit ORDER BY id DESC LIMIT 1), (SELECT hash FROM audit_checkpoints ORDER BY id DESC LIMIT 1), '')
    OR NEW.id <> COALESCE((SELECT MAX(id) FROM audit), (SELECT MAX(upto_id) FROM audit_checkpoints), 0) + 1
  BEGIN SELECT RAISE(ABORT, 'audit: the chain would break'); END;
CREATE TRIGGER texts_no_delete BEFORE DELETE ON texts BEGIN SELECT RAISE(ABORT, 'texts: redact instead'); END;
CREATE TRIGGER texts_redaction_only BEFORE UPDATE ON texts
  WHEN NEW.body IS NOT NULL OR NEW.salt IS NOT NULL OR NEW.digest <> OLD.digest OR NEW.author_id <> OLD.author_id
    OR NEW.written_at <> OLD.written_at OR NEW.redacted_at IS NULL OR NEW.redacted_by IS NULL OR COALESCE(NEW.redaction_reason, '') = ''
  BEGIN SELECT RAISE(ABORT, 'texts: only redaction, with author, date and reason'); END;

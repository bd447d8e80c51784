-- Whose case it is: the queue of one colleague walks this index in its order, their counters read it alone.

CREATE INDEX summaries_collector ON case_summaries(collector_id, priority DESC, status, next_on, held_kind, promise_on, debts_held,
  balance, creditor_id) WHERE collector_id IS NOT NULL;

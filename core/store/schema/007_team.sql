-- Whose case it is: the queue and the counters of one person walk an index of their own, empty as long as nothing is assigned.

CREATE INDEX summaries_collector ON case_summaries(collector_id, priority DESC) WHERE collector_id IS NOT NULL;
CREATE INDEX summaries_workload ON case_summaries(collector_id, status, next_on, held_kind, promise_on, debts_held, balance)
  WHERE collector_id IS NOT NULL;

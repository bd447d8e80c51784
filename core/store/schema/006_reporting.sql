-- What reports add up over a period: each index holds all the columns its sum reads.

CREATE INDEX reports_cases ON cases(placed_on, creditor_id, collector_id, closed_on, closure_reason);
CREATE INDEX reports_payments ON payments(received_on, case_id, paid_to, amount);
CREATE INDEX reports_interactions ON interactions(happened_on, channel, direction, result_code, actor_id, case_id);
CREATE INDEX reports_promises ON promises(due_on, case_id) WHERE cancelled_on IS NULL;
CREATE INDEX reports_summaries ON case_summaries(status, creditor_id, collector_id, balance);

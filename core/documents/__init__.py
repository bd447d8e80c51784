"""PDF bytes of what the agency hands over: receipts, mandates. Sends nothing and computes nothing: amounts arrive summed."""

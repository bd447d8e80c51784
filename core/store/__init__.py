"""The only room that knows SQLite. Decides nothing: it keeps, finds and proves what services hand it."""

"""Pure rules and values of the trade. Knows no clock, file, database, network or screen."""

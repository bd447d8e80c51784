"""One function for each thing a person wants done. Holds no formula, no widget and no SQL."""

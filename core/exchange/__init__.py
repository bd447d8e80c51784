"""File formats in and out. Writes nothing to the store."""

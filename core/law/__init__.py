"""Legal data and result codes read strictly from the shipped files. Computes nothing."""

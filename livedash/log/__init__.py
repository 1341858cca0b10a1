"""Bytes to events: the vocabulary, the parsing of lines, the following of growing files, and the account of every line.
Knows nothing of counters or screens."""

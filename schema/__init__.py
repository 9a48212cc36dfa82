"""The vocabulary and the records: every type that flows between stages."""

"""The vocabulary and the records: what Trihelix knows about and every type that flows between stages."""

"""Text to records: read, clean, annotate, relate, link."""

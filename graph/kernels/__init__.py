"""Compiled loops over plain arrays; they know nothing of networks, nodes or stores."""

"""Records to a store, a network and its measures."""

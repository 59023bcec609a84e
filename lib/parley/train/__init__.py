"""Gold data becomes the shipped model (extra: train)."""

"""Numbers become figures; nothing is computed here."""

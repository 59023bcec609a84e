"""Gold data -> the shipped model. Needs the extra ``train`` (torch, transformers)."""

"""Text becomes labelled spans: sentences, mentions, quotes, sentiment, stances, events."""

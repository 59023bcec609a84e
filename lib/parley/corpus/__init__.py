"""Files, feeds and pages become clean, dated, de-duplicated articles, kept in a store."""

"""The shipped model against public gold, one file per benchmark."""

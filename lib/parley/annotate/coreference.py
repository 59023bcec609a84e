"""Coreference."""
from parley.annotate.page import Found, Page
def refer(page: Page, found: list[Found]) -> list[Found]:
    return []

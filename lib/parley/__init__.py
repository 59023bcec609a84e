"""Parley reads the news: who is in it, in what tone, and who stands where on whom.

The stages are rooms that meet only in tables: ``corpus``, ``annotate``, ``measure``, ``figure``,
``report``. Importing ``parley`` loads none of them; ``from parley import corpus`` loads one.
"""

__version__ = "0.1.0"

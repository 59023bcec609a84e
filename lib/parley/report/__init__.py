"""Notebooks become verified, published reports."""

"""Tests over the whole map of addresses, named after the catalogue of trust: S01, S05, S21 ..."""

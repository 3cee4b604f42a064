"""Tests of office.files."""

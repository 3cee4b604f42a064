"""Tests of office.journal."""

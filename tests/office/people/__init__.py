"""Tests of office.people."""

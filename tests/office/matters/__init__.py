"""Tests of office.matters."""

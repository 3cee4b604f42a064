"""Yearly targets, judged from outside."""

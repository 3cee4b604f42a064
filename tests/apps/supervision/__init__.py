"""Supervised tasks, judged from outside."""

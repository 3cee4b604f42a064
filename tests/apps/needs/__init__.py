"""Needs, shortages and the three ledgers, judged from outside."""

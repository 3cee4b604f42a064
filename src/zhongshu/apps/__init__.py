"""Kinds of matter, each with its own facts and pages. 各类业务."""

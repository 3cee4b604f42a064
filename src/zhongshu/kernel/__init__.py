"""The rules of the office, and nothing else: no files, no network, no clock, no chance.

内核: frozen data in; frozen data, or `Refused` with all its reasons, out.
"""

"""Supervision: lights, rhythm, consent, results, targets and their scores. 督办与目标的规则.

Frozen data in; frozen data, or `Refused` with all its reasons, out. Every number it goes by stands
in an edition of `rules`, with its source.
"""

"""Supervised tasks: established, split, carried out, chased, postponed, closed, judged.

督办：立项、分解、交办、催办、报告、延期、核查、办结、评价、归档。
"""

"""中枢: the general office of a bureau.

config > desk > apps > office > kernel. Arrows only go down; ARCHITECTURE.md shows the picture.
"""

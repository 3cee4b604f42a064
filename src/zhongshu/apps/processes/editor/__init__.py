"""The pages on which a process is written: boxes to fill in, pickers, what is said beside them.

It turns the tables of a sketch into what a template shows; how they change stands in `editing`.
"""

"""日志：能向外人证明自己的记录。

The journal: a log that proves itself to outsiders. `verify` is also a script of its own.
"""

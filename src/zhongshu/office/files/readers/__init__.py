"""Readers of strangers' files. They run inside the jail only, and import nothing of Django.

读取外来文件的代码，只在隔离的子进程中运行。
"""

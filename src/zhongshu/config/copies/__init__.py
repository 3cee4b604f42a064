"""Backups: one format for both databases, that proves itself. 备份。

备份：两种数据库同一种格式，自己证明自己。
"""

"""Telling people: a row in the act's own transaction, delivered after it.

通知：与办理同一事务写入，提交之后送出，送不到会再送。
"""

"""Incoming documents: arrived, read, registered, weighed, handled, answered, filed.

收文：签收、登记、初审、拟办、批示、承办、传阅、催办、答复、归档。
"""

"""Incoming documents."""

"""Yearly targets: indicators, quarters, evidence, scores; changed only with approval.

目标责任制：目标、指标、措施、季度节点、佐证、计分；变更须经批准。
"""

"""Faults made on purpose, one harness each, with a control run that must fail. 故障。"""

"""Requests of the house: 签报, 报销, 领用, 发文, 请假, 采购."""

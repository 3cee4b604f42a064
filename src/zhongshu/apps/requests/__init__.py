"""Requests that are a form and a process and nothing more: 签报, 报销, 领用, 请假, 发文.

各类申请：一张表单、一个流程。有了自己的台账和规则的业务，会搬到自己的应用里。
"""

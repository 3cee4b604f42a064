"""Processes as people see them: library, check-up, proposal and release, list of powers.

流程：流程库、流程体检、提出与发布、权力清单。
"""

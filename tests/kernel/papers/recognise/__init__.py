"""Tests of kernel.papers.recognise."""

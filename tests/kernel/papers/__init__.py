"""Tests of kernel.papers."""

"""Tests of the office, on whichever database ZHONGSHU_DATABASE names."""

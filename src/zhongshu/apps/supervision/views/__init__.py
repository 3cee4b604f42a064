"""Pages of supervised tasks. 督办的页面."""

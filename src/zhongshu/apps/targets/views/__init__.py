"""Pages of targets. 目标任务的页面."""

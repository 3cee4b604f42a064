"""Pages of processes: check-up, library, sketches and their release. 流程的页面."""

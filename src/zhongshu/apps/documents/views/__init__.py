"""Pages of incoming documents. 收文的页面."""

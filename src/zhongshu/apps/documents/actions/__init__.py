"""Every write about incoming documents, a module for each part of their way. 收文的每一次写入."""

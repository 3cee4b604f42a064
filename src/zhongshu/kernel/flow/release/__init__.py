"""May this process be published? Every finding, with the smallest witness. 发布检查."""

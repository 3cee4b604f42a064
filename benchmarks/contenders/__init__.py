"""Who runs the case: ours, the floor, and the peers. One module each, imported only when run."""

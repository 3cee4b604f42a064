"""`python -m zhongshu`: the command, for those who have no script on their path."""

from zhongshu.config.cli import main

if __name__ == "__main__":
    main(prog_name="zhongshu")

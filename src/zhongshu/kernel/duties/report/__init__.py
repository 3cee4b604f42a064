"""What was found about duties, told: lines and JSON for programs, words for pages. 体检的话."""

"""Speed against peers, growth and memory, measured on made corpora: whole processes, in turn, ratios of one run."""

"""A made archive of reports whose recycled paragraphs are all known: a generator, and a scorer for any tool."""

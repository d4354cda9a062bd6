"""Tables counted from texts and dictionaries; what each holds and how it was made stands in docs/DATA.md."""

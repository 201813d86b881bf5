"""What pages are put together from: the shell around them, HTML templates, charts and number formats."""

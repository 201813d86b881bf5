"""Documents that leave the product, made of the same answers as the pages: deck, bulletin, notices, ledger."""

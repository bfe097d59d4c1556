"""Who may sign in: let in, changed, sent away and brought back by administrators."""

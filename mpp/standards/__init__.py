"""Service standards: how complete they are, how they are written, approved and published, how they are handed out."""

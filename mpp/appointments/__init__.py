"""The register of agreed times, as tenants fill it."""

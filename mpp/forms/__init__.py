"""Forms of services: described by their tenants, filled in and printed by visitors; what they write is never sent."""

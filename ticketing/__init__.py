"""Tenants, services, tickets, kiosks and the phone page; and the ground floor: database, event log, live feeds."""

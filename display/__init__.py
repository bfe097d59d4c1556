"""Boards, signs, announcements, and the order of the hall's voice."""

"""The agent beside a printer or a loudspeaker: follows the server's view, acts, and reports."""

"""The picture of the hall: uploaded by those who lead the mall, shown to everybody beside the zones in words."""

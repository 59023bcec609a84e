"""Tables become numbers with n and an interval."""

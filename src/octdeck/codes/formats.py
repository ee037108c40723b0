"""OD4xx: what a format cannot hold. Found by the writers."""

"""Text to Bank."""

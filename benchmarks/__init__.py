"""What octdeck costs, as ratios within one run: `make bench`."""

"""What an inference went through, told again from its record: where words come from, sums in between, what nearly happened."""

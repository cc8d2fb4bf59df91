"""What a right guide also keeps to, beyond its shape; each rule yields findings and never raises."""

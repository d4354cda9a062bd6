"""What a scan on a cluster costs, by stage."""

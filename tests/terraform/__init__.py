"""What Terraform's provider sends for each of its resources, as data, and what it is answered."""

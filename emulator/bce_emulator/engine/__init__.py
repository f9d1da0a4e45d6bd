"""What makes any operation run; knows no product of the cloud."""

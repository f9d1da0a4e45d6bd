variable "servers" {
  description = "How many servers there are in all."
  default     = 12
}

variable "bandwidth" {
  description = "Mbps of each public address."
  default     = 10
}

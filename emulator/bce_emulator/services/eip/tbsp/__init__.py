"""Protection packages (TBSP): stronger protection against DDoS for some EIPs, paid for ahead."""

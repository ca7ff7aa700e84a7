"""What puts load on a server, each in a process of its own."""

"""gRPC: the existing contract (auth, file, sync) and sarau.v1, translated to what the slices do."""

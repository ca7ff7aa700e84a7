"""Sound through FFmpeg's libraries (PyAV): decoding every format we serve, encoding what players ask for."""

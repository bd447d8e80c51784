#!/bin/sh
# Double-click on macOS (where start.py opens in an editor).
cd "$(dirname "$0")" && exec python3 start.py

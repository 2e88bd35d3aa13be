# SPDX-License-Identifier: MPL-2.0
# Peer: the least that a native-messaging host in Python does. Reads a frame, parses the JSON, writes it back. No rules.
import json
import struct
import sys

read, write = sys.stdin.buffer.read, sys.stdout.buffer.write
while True:
    header = read(4)
    if len(header) < 4:
        break
    message = json.loads(read(struct.unpack("=I", header)[0]))
    body = json.dumps(message, separators=(",", ":"), ensure_ascii=False).encode()
    write(struct.pack("=I", len(body)) + body)
    sys.stdout.buffer.flush()

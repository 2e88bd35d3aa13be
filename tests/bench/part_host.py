# SPDX-License-Identifier: MPL-2.0
# Peer: the least that a native-messaging host in Python does with the pieces of an attachment. Parses the JSON, decodes the
# base64, keeps the bytes, answers how many there are.
import base64
import json
import struct
import sys

read, write = sys.stdin.buffer.read, sys.stdout.buffer.write
kept = {}
while True:
    header = read(4)
    if len(header) < 4:
        break
    message = json.loads(read(struct.unpack("=I", header)[0]))
    params = message["params"]
    if "data" in params:
        data = base64.b64decode(params["data"], validate=True)
        kept[params["part_id"]] = data
        result = {"part_id": params["part_id"], "received": len(data)}
    else:
        result = {}
    body = json.dumps({"jsonrpc": "2.0", "id": message["id"], "result": result}, separators=(",", ":")).encode()
    write(struct.pack("=I", len(body)) + body)
    sys.stdout.buffer.flush()

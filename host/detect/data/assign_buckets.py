#!/usr/bin/env python3
# SPDX-License-Identifier: MPL-2.0
"""Chooses the bucket of each anchor in ../anchors.cpp, so that the sieve lets little else through.

    python3 host/detect/data/assign_buckets.py TEXT...

The sieve compares half bytes, so anchors of one bucket let through every mixture of their halves. Each anchor goes where it
adds the least in the given texts (ordinary mails and documents in the languages that matter), in several rounds. A wrong
choice costs time only; that no anchor is overlooked is tested (tests/unit/detect/byte_sieve_test.cpp).
"""
import collections
import pathlib
import random
import re
import sys

SOURCE = pathlib.Path(__file__).parent.parent / "anchors.cpp"
BUCKETS = range(1, 16)  # bucket 0 is "@" alone
ENTRY = re.compile(r'\{"((?:[^"\\]|\\.)*)", (\d+), AnchorKind')


def begin(text):
    """The first three bytes of a C++ string literal."""
    return re.sub(rb"\\x([0-9A-Fa-f]{2})", lambda m: bytes([int(m.group(1), 16)]), text.encode())[:3]


def main():
    source = SOURCE.read_text(encoding="utf-8")
    anchors = sorted({begin(m.group(1)) for m in ENTRY.finditer(source)} - {b"@"})
    counts = collections.Counter()
    for name in sys.argv[1:]:
        data = pathlib.Path(name).read_bytes()[:400_000]
        share = 1_000_000 / max(1, len(data))
        for trigram, count in collections.Counter(data[i:i + 3] for i in range(len(data) - 2)).items():
            counts[trigram] += count * share
    common = counts.most_common(4000)

    def cost(bucket):
        low = [{a[k] & 15 for a in bucket} for k in range(3)]
        high = [{a[k] >> 4 for a in bucket} for k in range(3)]
        return sum(c for t, c in common if all(t[k] & 15 in low[k] and t[k] >> 4 in high[k] for k in range(3)))

    buckets = {b: [] for b in BUCKETS}
    costs = {b: 0 for b in BUCKETS}
    order = list(anchors)
    random.Random(3).shuffle(order)
    for _ in range(3):
        for anchor in order:
            for b in BUCKETS:
                if anchor in buckets[b]:
                    buckets[b].remove(anchor)
                    costs[b] = cost(buckets[b])
            best = min(BUCKETS, key=lambda b: (cost(buckets[b] + [anchor]) - costs[b], len(buckets[b])))
            buckets[best].append(anchor)
            costs[best] = cost(buckets[best])
    of = {a: b for b in BUCKETS for a in buckets[b]}
    of[b"@"] = 0
    SOURCE.write_text(ENTRY.sub(lambda m: '{"%s", %d, AnchorKind' % (m.group(1), of[begin(m.group(1))]), source), encoding="utf-8")
    print("%.2f %% of the places in these texts are marked" % (100 * sum(costs.values()) / sum(counts.values())))


main()

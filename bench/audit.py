"""The measurements of bench/audit; see there."""
import argparse
import email.parser
import email.utils
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time

SEPARATOR = re.compile(rb"(?:^|\n\n)(?=From [^\n]* \d{4}\n)")


def messages(path):
    """The messages of an mbox, separator line and all, one after the other."""
    rest = b""
    with open(path, "rb") as file:
        while chunk := file.read(8 << 20):
            rest += chunk
            *whole, rest = SEPARATOR.split(rest)
            yield from (m for m in whole if m)
    if rest:
        yield rest


def fields(message):
    head = re.sub(rb"\n[ \t]+", b" ", message.split(b"\n\n", 1)[0]).decode("latin1")
    found = {}
    for line in head.split("\n")[1:]:
        name, colon, value = line.partition(":")
        if colon:
            found.setdefault(name.lower(), value.strip())
    return found


def shows_many(message, inside):
    """Message-ID of a mail that shows ten or more outside domains in To and Cc; the plainest count there is."""
    header = fields(message)
    domains = {a.rpartition("@")[2].lower() for _, a in email.utils.getaddresses([header.get("to", ""), header.get("cc", "")]) if "@" in a}
    outside = [d for d in domains if d != inside and not d.endswith("." + inside)]
    return header.get("message-id", "").strip("<>") if len(outside) >= 10 else None


def later(message, days):
    """The same mail some days later, under another Message-ID."""
    def moved(found):
        at = email.utils.parsedate_tz(found[2].decode("latin1"))
        if at is None:
            return found[0]
        return found[1] + email.utils.formatdate(email.utils.mktime_tz(at) + days * 86400).encode()

    head, gap, body = message.partition(b"\n\n")
    head = re.sub(rb"(?im)^(Message-ID:\s*<)", rb"\g<1>%d." % days, head, count=1)
    return re.sub(rb"(?im)^(Date: *)([^\n]*)", moved, head, count=1) + gap + body


def grow(path, size, folder):
    big = os.path.join(folder, "repeated.mbox")
    with open(big, "wb") as out:
        days = 0
        while out.tell() < size:
            for message in messages(path):
                out.write((later(message, days) if days else message).rstrip(b"\n") + b"\n\n")
            days += 1
    return big


def audit(program, path, inside, folder):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    command = [program, "audit", path, "--json", "--fresh", "--state", os.path.join(folder, "state"), "--inside", inside, "--inside", "*." + inside]
    report = os.path.join(folder, "report.json")
    with open(report, "wb") as out:
        subprocess.run(command, stdout=out, stderr=subprocess.DEVNULL, check=True)
    took = time.monotonic() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    with open(report, "rb") as file:
        return json.load(file), took, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def size_of(text):
    return int(float(text.rstrip("KMGkmg")) * {"k": 1e3, "m": 1e6, "g": 1e9}.get(text[-1].lower(), 1))


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("program")
    arguments.add_argument("mbox")
    arguments.add_argument("--size", type=size_of)
    arguments.add_argument("--inside", default="enron.com")
    arguments.add_argument("--runs", type=int, default=1)
    asked = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="sekisho-bench-") as folder:
        path = grow(asked.mbox, asked.size, folder) if asked.size else asked.mbox
        megabytes = os.path.getsize(path) / 1e6
        print(f"{megabytes:,.0f} MB")
        for _ in range(asked.runs):
            start = time.process_time()
            parsed = 0
            for message in messages(asked.mbox):
                email.parser.BytesParser().parsebytes(message)
                parsed += 1
            peer = os.path.getsize(asked.mbox) / 1e6 / (time.process_time() - start)
            print(f"Python's email, parsing alone, one core: {peer:.1f} MB/s of processor time, {parsed:,} messages")
            report, took, spent = audit(asked.program, path, asked.inside, folder)
            print(f"sekisho audit: {megabytes / took:.1f} MB/s ({took:.1f} s), {megabytes / spent:.1f} MB/s of processor time ({spent:.1f} s), {megabytes / spent / peer:.2f} times the parsing alone, "
                  f"{report['peakBytes'] / 1e6:.0f} MB at most, {report['messages']:,} messages, {report['outside']:,} outside, {report['interrupted']:,} interrupted")
        print("interrupted, of a thousand mails to outside:", ", ".join(
            f"{rule} {1000 * count / max(1, report['outside']):.1f}" for rule, count in sorted(report["interruptedByRule"].items(), key=lambda r: -r[1]) if count))
        listed = {i["messageId"] for i in report["incidents"]}
        plain = [m for m in (shows_many(message, asked.inside) for message in messages(path)) if m is not None]
        missing = [m for m in plain if m not in listed]
        print(f"ten or more outside domains in To and Cc: {len(plain)} by a plain count, {len(missing)} of them not in the report")
        return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())

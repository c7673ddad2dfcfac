#!/usr/bin/env python3
"""nutshell's wallet, its command as published, against a mint. The contract is in ../README.md, "Wallets".

    wallet.py wallet --mint URL

Needs the command `cashu` of the package `cashu` beside the interpreter that runs this.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile

# Of 2,000 satoshis, by nobody's node: the one in the tests of cashu-ts.
INVOICE = (
    "lnbc20u1p5tj77hsp5hva2cwk48eajjatzje0wwyanfl2dmu87h7c30mnurfmu5mr6ypjspp53cmmk6mgvdrp7xpuf9vfyqyxjl5ce9dqs4prc6jh6eqf"
    "5ldmqvvshp55qf3c2rxuxqahgt2d7yp6xdrjdt5r2sm2uqsatyn3v7u0k09mnhqxq9z0rgqcqpnrzjq0xp6zfjhwvmq6tltd09jcdc82ml6eh3alzvnaw8h"
    "ttxcx7tu78syrvfkqqqm0qqqyqqqqlgqqqvx5qqjq9qxpqysgqunatemrzxl5srnxy4jpqeu4rhdfvkx0agvqeumkmx4mvsusc2er4t4h9jg396mfxp0lu"
    "72nueehapde6cv42ldd80pryz8jrxky3k5qqm6f4zx"
)

# Inputs cost a tenth of a satoshi each, rounded up once: one for each receipt of up to ten.
FEE = 1

CASHU = os.path.join(os.path.dirname(sys.executable), "cashu")


class Purse:
    """A wallet of its own in a directory of its own."""

    def __init__(self, mint, mnemonic=None):
        self.mint = mint
        self.directory = tempfile.mkdtemp(prefix="nutshell-wallet-")
        self.environment = dict(os.environ, CASHU_DIR=self.directory, MINT_URL=mint, TOR="FALSE")
        if mnemonic:
            self.environment["MNEMONIC"] = mnemonic

    def run(self, *arguments, fails=False, given=""):
        done = subprocess.run(
            [CASHU, "-h", self.mint, "-y", "-t", *arguments],
            env=self.environment,
            input=given,
            capture_output=True,
            text=True,
            timeout=90,
        )
        said = done.stdout + done.stderr
        failed = done.returncode != 0 or "Error:" in said
        if failed != fails:
            raise AssertionError(f"cashu {' '.join(arguments)[:60]} {'succeeded' if fails else 'failed'}: {said[-600:]}")
        return said

    def balance(self):
        return int(re.search(r"Balance: ([\d,]+) sat", self.run("balance")).group(1).replace(",", ""))

    def mnemonic(self):
        return re.search(r"Mnemonic:\s*(?:-\s*)?((?:[a-z]+ ?){12,24})", self.run("info", "--mnemonic")).group(1).strip()

    def lock(self):
        return re.search(r"(P2PK:0[23][0-9a-f]{64})", self.run("lock", "p2pk")).group(1)

    def send(self, amount, *options):
        return re.search(r"cashu[AB][A-Za-z0-9_=-]+", self.run("send", *options, str(amount))).group(0)

    def throw_away(self):
        shutil.rmtree(self.directory, ignore_errors=True)


def same(found, expected, what):
    if found != expected:
        raise AssertionError(f"{what}: {found}, not {expected}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("role", choices=["wallet"])
    parser.add_argument("--mint", required=True)
    mint = parser.parse_args().mint

    alice, bob = Purse(mint), Purse(mint)
    restored = None
    failures = 0

    def step(name, play):
        nonlocal failures
        try:
            play()
            print(f"ok      {name}", flush=True)
        except Exception as e:
            failures += 1
            print(f"failed  {name}: {e}", flush=True)

    def mints():
        alice.run("invoice", "4000")
        same(alice.balance(), 4000, "balance")

    def sends():
        before = alice.balance()
        token = alice.send(100, "--dleq")
        bob.run("receive", token)
        same(bob.balance(), 100 - FEE, "balance of the receiver")
        if not 100 <= before - alice.balance() <= 100 + FEE:
            raise AssertionError(f"sent {before - alice.balance()} of 100")
        bob.run("receive", token, fails=True)

    def locks():
        had = bob.balance()
        token = alice.send(64, "--lock", bob.lock())
        alice.run("receive", token, fails=True)
        bob.run("receive", token)
        same(bob.balance() - had, 64 - FEE, "received")

    def older_form():
        had = bob.balance()
        bob.run("receive", alice.send(21, "--legacy"))
        same(bob.balance() - had, 21 - FEE, "received")

    def swaps():
        had = alice.balance()
        alice.send(10, "--force-swap")
        same(had - alice.balance(), 10 + FEE, "sent")

    def restores():
        nonlocal restored
        bob.run("invoice", "77")
        restored = Purse(mint, bob.mnemonic())
        restored.run("restore", "--batch", "25", "--to", "2", given=bob.mnemonic() + "\n")
        same(restored.balance(), bob.balance(), "balance")

    def pays():
        had = alice.balance()
        alice.run("pay", INVOICE)
        if not 2000 <= had - alice.balance() <= 2050:
            raise AssertionError(f"paid {had - alice.balance()} for 2000")

    step("mint", mints)
    step("send and receive a token with DLEQ", sends)
    step("send and receive a V3 token", older_form)
    step("P2PK", locks)
    step("swap", swaps)
    step("melt", pays)
    step("restore from the seed", restores)
    for purse in (alice, bob, restored):
        if purse:
            purse.throw_away()
    return 1 if failures else 0


sys.exit(main())

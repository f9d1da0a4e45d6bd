"""What the journal costs of a reboot: one server, whose journal is switched off and on between rounds of a second."""

from __future__ import annotations

import signal
import statistics
import sys
import time

from rates import call, measure, script, start

from emulator.cli.main import main
from emulator.engine.journal import Journal

PORT = 8941
ROUNDS = 20
CLOSES = [Journal.close, lambda _journal, _exchange, _answer: None]


def serve() -> None:
    """Serve; each SIGUSR1 turns the journal off or on. Two processes would differ by more than what is measured."""

    def turn(*_: object) -> None:
        CLOSES.reverse()
        Journal.close = CLOSES[0]

    signal.signal(signal.SIGUSR1, turn)
    main(["serve", "--port", str(PORT), "--pace", "instant"])


def compare(connections: int) -> None:
    server = start([sys.executable, __file__, "serve"], PORT)
    try:
        spec = {"spec": "bcc.g5.c1m4", "imageId": "m-z2UUQHH9", "billing": {"paymentTiming": "Postpaid"}}
        instance = call(PORT, "POST", "/v2/instanceBySpec", spec)["instanceIds"][0]
        text = script(PORT, "PUT", f"/v2/instance/{instance}?reboot")
        measure(PORT, text, connections, 1)
        pairs = []
        for _ in range(ROUNDS):
            pair = []
            for _ in CLOSES:
                pair.append(measure(PORT, text, connections, 1))
                server.send_signal(signal.SIGUSR1)
                time.sleep(0.05)
            pairs.append(pair)
    finally:
        server.terminate()
        server.wait()
    first, middle, last = statistics.quantiles((with_it / without for with_it, without in pairs), n=4)
    print(f"| {connections} | {middle:.3f} | {first:.3f} to {last:.3f} |", flush=True)


if __name__ == "__main__":
    if sys.argv[1:] == ["serve"]:
        serve()
    else:
        print("| connections | rate with the journal, of that without | middle half of 20 pairs |\n| --- | --- | --- |")
        for number in (1, 32, 64):
            compare(number)

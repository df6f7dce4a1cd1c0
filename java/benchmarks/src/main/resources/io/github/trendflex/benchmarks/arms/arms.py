# Runs the Python packages in a process of its own, which takes a turn when it is told to. Each line
# on standard input gets an answer of one line on standard output:
#   versions                                  the versions of Python, vector-ta and Wickra
#   prices FILE BARS                          maps native doubles, for the lines that follow
#   time ARM FIRST LAST CALLS                 the nanoseconds that the calls took
#   outputs ARM FIRST LAST FILE               writes the outputs, row by row, to FILE
# FIRST and LAST are periods.
import sys
import time
from importlib.metadata import version

import numpy
import vector_ta
import wickra


def vector_ta_stream(prices, first, _):
    update = vector_ta.TrendFlexStream(first).update
    return [update(price) for price in prices.tolist()]


def wickra_stream(prices, first, _):
    update = wickra.TRENDFLEX(first).update
    return [update(price) for price in prices.tolist()]


ARMS = {
    "vector-ta-single": lambda prices, first, _: vector_ta.trendflex(prices, first),
    "vector-ta-batch": lambda prices, first, last: vector_ta.trendflex_batch(prices, (first, last, 1))["values"],
    "vector-ta-stream": vector_ta_stream,
    "wickra-single": lambda prices, first, _: wickra.TRENDFLEX(first).batch_fast(prices),
    "wickra-stream": wickra_stream,
}


def answer(command, *arguments):
    global prices
    if command == "versions":
        return f"{sys.version.split()[0]} {version('vector-ta')} {version('wickra')}"
    if command == "prices":
        prices = numpy.fromfile(arguments[0])
        return len(prices)
    arm, first, last, rest = arguments
    run, first, last = ARMS[arm], int(first), int(last)
    if command == "time":
        start = time.perf_counter_ns()
        for _ in range(int(rest)):
            run(prices, first, last)
        nanos = time.perf_counter_ns() - start
        if last > first:
            # A batch allocates its outputs. What it frees keeps the system busy for a while, in the next turn.
            time.sleep(1)
        return nanos
    if command == "outputs":
        numpy.asarray(run(prices, first, last), dtype=float).tofile(rest)
        return "written"
    raise ValueError(command)


for line in sys.stdin:
    print(answer(*line.rstrip("\n").split("\t")), flush=True)

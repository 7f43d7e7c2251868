"""Reference values for the statistics of fetchmark-core, computed with SciPy and an independent HDR histogram.

    python -m venv venv && venv/bin/pip install scipy==1.17.1 hdrhistogram==0.10.8
    venv/bin/python crates/core/tests/it/data/reference.py > crates/core/tests/it/data/reference.json

`crates/core/tests/it/reference.rs` holds our code to what this prints. Nothing here imitates our code: quantiles,
tests and trimmed intervals come from SciPy, encodings from the Python implementation of HdrHistogram.
"""

import json
import math
import random

import numpy
from hdrh.histogram import HdrHistogram
from scipy import stats

LARGEST_US = 3_600_000_000


def t_quantiles():
    probabilities = [0.5, 0.9, 0.95, 0.975, 0.9775, 0.995, 0.999, 0.99978, 0.999995]
    return [
        {"freedom": freedom, "probability": p, "t": float(stats.t.ppf(p, freedom))}
        for freedom in [1, 2, 3, 4, 5, 7, 9, 13, 19, 35, 49, 99, 699]
        for p in probabilities
    ]


def samples():
    noise = random.Random(1)
    yield [1.0, 2.0]
    yield [float(value) for value in range(1, 11)]
    yield [0.01, -0.02, 0.005, 0.03, -0.011]
    for count in (5, 7, 8, 9, 13, 14, 20, 21, 50):
        yield [noise.gauss(0.02, 0.15) for _ in range(count)]
    yield [noise.gauss(0.0, 0.05) + (1.386 if index == 3 else 0.0) for index in range(12)]


def against(value, values, each_end, alternative):
    """The p-value of SciPy's trimmed t-test (Yuen) of `values` against a constant: shifted by it, and compared with
    zeros, a sample without spread, beside which Welch's degrees of freedom are those of the first alone."""
    share = (each_end + 0.5) / len(values) if each_end else 0
    shifted = [one - value for one in values]
    test = stats.ttest_ind(shifted, [0.0] * len(values), equal_var=False, trim=share, alternative=alternative)
    return float(test.pvalue)


def mean_and_error(values, each_end):
    count = len(values)
    kept = count - 2 * each_end
    share = (each_end + 0.5) / count if each_end else 0
    mean = stats.trim_mean(values, share)
    winsorised = numpy.asarray(stats.mstats.winsorize(numpy.array(values), limits=(share, share)))
    error = math.sqrt(numpy.var(winsorised, ddof=1) * (count - 1) / (kept * (kept - 1)))
    return float(mean), float(error), kept - 1


def intervals():
    limit = math.log(1.05)
    for values in samples():
        count = len(values)
        for each_end in sorted({0, math.floor(count * 15 / 100) if count >= 8 else 0}):
            mean, error, freedom = mean_and_error(values, each_end)
            yield {
                "values": values,
                "each_end": each_end,
                "mean": mean,
                "error": error,
                "freedom": freedom,
                "intervals": [
                    {"alpha": alpha, "ends": list(map(float, stats.t.interval(1 - alpha, freedom, mean, error)))}
                    for alpha in (0.05, 0.045, 0.01, 0.0004)
                ],
                "p_is_zero": against(0.0, values, each_end, "two-sided"),
                "p_tost_5_percent": max(
                    against(-limit, values, each_end, "greater"), against(limit, values, each_end, "less")
                ),
            }


def unpaired():
    """Two samples that have nothing to do with each other: Welch's test, and Yuen's for trimmed means."""
    noise = random.Random(5)
    for counts in [(2, 2), (5, 5), (5, 9), (10, 10), (8, 30), (50, 14)]:
        one = [noise.gauss(0.1, 0.2) for _ in range(counts[0])]
        other = [noise.gauss(0.0, 0.1) for _ in range(counts[1])]
        each_end = [math.floor(count * 15 / 100) if count >= 8 else 0 for count in counts]
        # SciPy trims both alike: only pairs that are trimmed alike, as a share, can be asked for.
        shares = {0.15 if count >= 8 else 0 for count in counts}
        if len(shares) > 1:
            continue
        test = stats.ttest_ind(one, other, equal_var=False, trim=shares.pop())
        low, high = test.confidence_interval(0.95) if each_end == [0, 0] else (None, None)
        yield {
            "one": one,
            "other": other,
            "p": float(test.pvalue),
            "freedom": float(test.df),
            "low": None if low is None else float(low),
            "high": None if high is None else float(high),
        }


def holm(p_values):
    """Holm's definition, word for word: the i-th smallest is rejected if it and all smaller ones are at most
    alpha / (m - i + 1); the adjusted value is the smallest such alpha."""
    order = sorted(range(len(p_values)), key=lambda index: p_values[index])
    adjusted = [0.0] * len(p_values)
    for place, index in enumerate(order):
        needed = [(len(order) - earlier) * p_values[order[earlier]] for earlier in range(place + 1)]
        adjusted[index] = min(1.0, max(needed))
    return adjusted


def families():
    noise = random.Random(2)
    yield [0.04, 0.01, 0.03, 0.02]
    yield [0.01, 0.01, 0.5]
    yield [0.0, 1.0, 0.05]
    for count in (1, 2, 5, 11):
        yield [noise.random() ** 3 for _ in range(count)]


def percentile_sets():
    noise = random.Random(3)
    yield [float(value) for value in range(1, 101)]
    yield [3.0]
    yield [1.0, 2.0]
    yield [round(noise.lognormvariate(3.0, 0.7), 3) for _ in range(137)]


def histograms():
    noise = random.Random(4)
    sets = {
        "one": [12.345],
        "a hundred": [float(value) for value in range(1, 101)],
        "log-normal": [round(noise.lognormvariate(3.0, 1.0), 3) for _ in range(5000)],
        "three decades and the ends": [0.001, 0.5, 7.25, 99.9, 1500.0, 59999.0, 3_600_000.0],
    }
    for name, times_ms in sets.items():
        histogram = HdrHistogram(1, LARGEST_US, 3)
        for ms in times_ms:
            histogram.record_value(round(ms * 1000))
        # Where the rank falls between two values, that implementation rounds it and nearest rank takes the upper one:
        # asked for a quarter below a whole rank, both mean that rank.
        count = len(times_ms)
        ranks = sorted({math.ceil(count * share) for share in (0.001, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 1)})
        percentiles = [100 * (rank - 0.25) / count for rank in ranks]
        yield {
            "name": name,
            "times_ms": times_ms,
            "count": histogram.get_total_count(),
            "encoded": histogram.encode().decode(),
            "percentiles_us": [
                {"percentile": p, "us": histogram.get_value_at_percentile(p)} for p in percentiles
            ],
        }


def main():
    reference = {
        "made_with": "scipy 1.17.1, hdrhistogram 0.10.8",
        "t_quantiles": t_quantiles(),
        "intervals": list(intervals()),
        "unpaired": list(unpaired()),
        "holm": [{"p": p, "adjusted": holm(p)} for p in families()],
        "percentiles": [
            {
                "values": values,
                "nearest_rank": [
                    {
                        "percentile": p,
                        "value": float(numpy.percentile(values, p, method="inverted_cdf")),
                    }
                    for p in (50, 90, 95, 99)
                ],
            }
            for values in percentile_sets()
        ],
        "histograms": list(histograms()),
    }
    print(json.dumps(reference, indent=1))


if __name__ == "__main__":
    main()

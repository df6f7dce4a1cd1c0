package io.github.trendflex.exact;

import java.util.Random;

/// Makes the kinds of price series that the claims about accuracy are for. All start at 100.
public enum Walk {
    GAUSSIAN {
        @Override
        double next(double price, int i, Random random) {
            return price + random.nextGaussian();
        }
    },

    /// Prices of two decimals around 100 that move about 0.25 a bar.
    TICKS {
        @Override
        double next(double price, int i, Random random) {
            return Math.rint(100 * price - 0.1 * (price - 100) + 25 * random.nextGaussian()) / 100;
        }
    },

    GEOMETRIC {
        @Override
        double next(double price, int i, Random random) {
            return price * (1 + 0.01 * random.nextGaussian());
        }
    },

    MEAN_REVERTING {
        @Override
        double next(double price, int i, Random random) {
            return price + 0.05 * (100 - price) + random.nextGaussian();
        }
    },

    /// A straight line under noise.
    TREND {
        @Override
        double next(double price, int i, Random random) {
            return 100 + 0.1 * i + random.nextGaussian();
        }
    },

    /// Prices that hardly move, with a move 2000 times as large at one bar in 200.
    JUMPS {
        @Override
        double next(double price, int i, Random random) {
            double move = 0.01 * random.nextGaussian();
            return price + (random.nextInt(200) == 0 ? 2000 * move : move);
        }
    };

    abstract double next(double price, int i, Random random);

    /// Returns `length` prices, which are the same for the same seed on every machine.
    public double[] prices(int length, long seed) {
        Random random = new Random(seed);
        double[] prices = new double[length];
        prices[0] = 100;
        for (int i = 1; i < length; i++) {
            prices[i] = next(prices[i - 1], i, random);
        }
        return prices;
    }
}

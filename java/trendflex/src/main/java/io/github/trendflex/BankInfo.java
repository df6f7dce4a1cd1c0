package io.github.trendflex;

/// What the state of a bank says about it.
record BankInfo(int period, Definition definition, NanPolicy nanPolicy, long symbols) {
    /// Which bank it is, in messages.
    @Override
    public String toString() {
        return "bank of period = %s, symbols = %s".formatted(period, symbols);
    }
}

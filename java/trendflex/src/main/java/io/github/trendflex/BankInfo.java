package io.github.trendflex;

/// Holds what the state of a bank says about the bank.
record BankInfo(int period, Definition definition, NanPolicy nanPolicy, long symbols) {
    /// Names the bank in messages.
    @Override
    public String toString() {
        return "bank of period = %s, symbols = %s".formatted(period, symbols);
    }
}

// TrendFlex, John F. Ehlers' trend indicator: the C interface.
//
// Series are doubles, oldest first. A value of magnitude at most 2^500 is a price; anything else
// (NaN, infinities, larger magnitudes) is missing. The caller owns all memory. Pointers are aligned
// to what they point to, states to 8 bytes. Lengths count values unless said otherwise. Nobody
// writes to the inputs during a call. An output is as long as is said and shares no byte with
// anything else.
//
// Functions return a status of trendflex_status unless said otherwise. After any but
// TRENDFLEX_STATUS_OK (and TRENDFLEX_STATUS_PANIC) no output has been written. Checks come in this
// order: null pointers, misaligned ones, overlap, unknown ids, lengths whose bytes overflow, the
// number of threads, the output's length, then the data; but the output's length comes last if it
// depends on a range of periods. One thread at a time may change a stream or a bank; all else may
// be called from any number of threads at once.


#ifndef TRENDFLEX_H
#define TRENDFLEX_H

// Generated from rust/trendflex-ffi; a test holds it to the source and says how to refresh it.

// Rises when a function, an id or the meaning of one changes incompatibly.
#define TRENDFLEX_ABI_VERSION 1

// The result of a call. After "detail" stands what the call writes through its detail pointer, if
// that is not null; with other statuses it writes nothing there.
enum trendflex_status {
  // Done.
  TRENDFLEX_STATUS_OK = 0,
  // A single series has no values, the list no periods or the bank no symbols.
  TRENDFLEX_STATUS_EMPTY_INPUT = 1,
  // The period is below 1.
  TRENDFLEX_STATUS_INVALID_PERIOD = 2,
  // The period is not below the number of values.
  TRENDFLEX_STATUS_PERIOD_TOO_LONG = 3,
  // Every value is missing.
  TRENDFLEX_STATUS_NO_PRICES = 4,
  // A value after the first price is missing under REJECT; detail: its index.
  TRENDFLEX_STATUS_MISSING_PRICE = 5,
  // Fewer than period + 1 prices; detail: how many there are.
  TRENDFLEX_STATUS_TOO_FEW_PRICES = 6,
  // This CPU does not run the kernel.
  TRENDFLEX_STATUS_KERNEL_UNAVAILABLE = 7,
  // The start or end of a range is below 1, or its step below 0.
  TRENDFLEX_STATUS_INVALID_RANGE = 8,
  // More bytes than an address can count.
  TRENDFLEX_STATUS_SIZE_OVERFLOW = 9,
  // The output is not as long as needed; detail: the doubles needed.
  TRENDFLEX_STATUS_OUTPUT_LENGTH = 10,
  // A pointer that must not be null is null.
  TRENDFLEX_STATUS_NULL_POINTER = 11,
  // A pointer is not aligned to what it points to.
  TRENDFLEX_STATUS_MISALIGNED = 12,
  // Memory that is written overlaps other memory of the call.
  TRENDFLEX_STATUS_OVERLAP = 13,
  // No kernel has this id.
  TRENDFLEX_STATUS_UNKNOWN_KERNEL = 14,
  // No NaN policy has this id, or it is REJECT, which a stream cannot have.
  TRENDFLEX_STATUS_UNKNOWN_NAN_POLICY = 15,
  // No definition has this id.
  TRENDFLEX_STATUS_UNKNOWN_DEFINITION = 16,
  // The number of threads is negative.
  TRENDFLEX_STATUS_INVALID_THREADS = 17,
  // The state has not the size that its period, and its symbols, need.
  TRENDFLEX_STATUS_STATE_SIZE = 18,
  // The block does not hold the state of a stream, or of a bank, as it should.
  TRENDFLEX_STATUS_CORRUPT_STATE = 19,
  // No memory for the scratch, which is period doubles for each task.
  TRENDFLEX_STATUS_OUT_OF_MEMORY = 20,
  // A defect of the library; what has been written is undefined.
  TRENDFLEX_STATUS_PANIC = 21,
  // No layout of many series has this id.
  TRENDFLEX_STATUS_UNKNOWN_LAYOUT = 22,
  // An offset of a panel is out of place; detail: which.
  TRENDFLEX_STATUS_INVALID_OFFSETS = 23,
  // The bank has no such symbol, or another number of symbols.
  TRENDFLEX_STATUS_NO_SUCH_SYMBOL = 24,
  // The bytes are no whole and sound snapshot of a stream, or of a bank.
  TRENDFLEX_STATUS_CORRUPT_SNAPSHOT = 25,
  // The snapshot is in a format that this release does not know.
  TRENDFLEX_STATUS_SNAPSHOT_VERSION = 26,
};

// The code that computes. All give the same bits.
enum trendflex_kernel {
  // The fastest that this CPU runs.
  TRENDFLEX_KERNEL_AUTO = 0,
  // One value at a time; runs everywhere.
  TRENDFLEX_KERNEL_SCALAR = 1,
  // x86-64 with AVX2 and FMA.
  TRENDFLEX_KERNEL_AVX2 = 2,
  // x86-64 with AVX-512F.
  TRENDFLEX_KERNEL_AVX512 = 3,
  // 64-bit ARM.
  TRENDFLEX_KERNEL_NEON = 4,
};

// What a missing value does at or after the first price. Before it, missing values are skipped
// under every policy, with NaN outputs.
enum trendflex_nan_policy {
  // Every output from there on is NaN.
  TRENDFLEX_NAN_POLICY_PROPAGATE = 0,
  // Its output is NaN and nothing else changes.
  TRENDFLEX_NAN_POLICY_SKIP = 1,
  // The call fails. Whole series only, not streams.
  TRENDFLEX_NAN_POLICY_REJECT = 2,
};

// How the smoother's period follows from the indicator's.
enum trendflex_definition {
  // round(period / 2), halves away from zero: the crate vector-ta.
  TRENDFLEX_DEFINITION_VECTOR_TA = 0,
  // period / 2: Ehlers' published code. Differs at odd periods.
  TRENDFLEX_DEFINITION_EHLERS = 1,
};

// How series of one length lie in memory.
enum trendflex_layout {
  // One series after the other.
  TRENDFLEX_LAYOUT_SERIES_MAJOR = 0,
  // The values of all series for one time together, then those for the next.
  TRENDFLEX_LAYOUT_TIME_MAJOR = 1,
};

// A count of doubles or bytes.
typedef unsigned long long trendflex_len;

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

// Returns TRENDFLEX_ABI_VERSION as it was when the library was built.
int trendflex_abi_version(void);

// Returns the library's version, "major.minor.patch"; never null, not to be freed.
const char *trendflex_version(void);

// Writes to size the bytes that the state of a bank takes, a multiple of 8.
int trendflex_bank_size(int period, trendflex_len symbols, trendflex_len *size);

// Begins a bank of streams, one for each symbol, in the size bytes at state, whatever they hold.
// It is fastest if state is aligned to 64 bytes. A bank cannot have the policy REJECT. The state
// holds no pointers and may be copied, but only this process can use it. There is nothing to
// destroy. One thread at a time may use a bank.
int trendflex_bank_init(void *state,
                        trendflex_len size,
                        int period,
                        int definition,
                        trendflex_len symbols,
                        int nan_policy);

// Takes a price for each symbol and writes each one's output to out: NaN during its warm-up and
// for a missing price. symbols must be the bank's number of them. Neighbours are stepped at once,
// fastest while they have taken the same number of prices; a missing price makes them take up to
// about twice as long from then on.
int trendflex_bank_update(void *state,
                          trendflex_len size,
                          const double *prices,
                          trendflex_len symbols,
                          double *out);

// Makes a symbol begin anew, as if it had taken no price yet. symbol counts from 0.
int trendflex_bank_reset(void *state, trendflex_len size, trendflex_len symbol);

// Writes to period, definition, nan_policy and symbols what the bank was begun with.
int trendflex_bank_info(const void *state,
                        trendflex_len size,
                        int *period,
                        int *definition,
                        int *nan_policy,
                        trendflex_len *symbols);

// Begins a stream that goes on from the state of a symbol of the bank, in the stream_size bytes at
// stream, whatever they hold. The bank does not change. So this is also the way to a symbol's
// count, or to a peek. symbol counts from 0; stream_size is that of trendflex_stream_size.
int trendflex_bank_stream(const void *state,
                          trendflex_len size,
                          trendflex_len symbol,
                          void *stream,
                          trendflex_len stream_size);

// Writes to bytes_len the bytes that a snapshot of a bank takes.
int trendflex_bank_save_size(int period, trendflex_len symbols, trendflex_len *bytes_len);

// Writes a snapshot of the bank, as trendflex_stream_save does of a stream.
int trendflex_bank_save(const void *state,
                        trendflex_len size,
                        void *bytes,
                        trendflex_len bytes_len);

// Writes to size the bytes of the state that a snapshot of a bank needs.
int trendflex_bank_load_size(const void *bytes, trendflex_len bytes_len, trendflex_len *size);

// Makes a bank of a snapshot, in the size bytes at state, whatever they hold; it goes on where the
// saved one was.
int trendflex_bank_load(const void *bytes,
                        trendflex_len bytes_len,
                        void *state,
                        trendflex_len size);

// Returns the id (of trendflex_kernel) of the kernel that AUTO stands for on this CPU.
int trendflex_kernel_best(void);

// Returns 1 if this CPU runs the kernel, 0 if it does not or if no kernel has the id.
int trendflex_kernel_supported(int kernel);

// Finds the prices among len values. Writes to first the index of the first price, to count how
// many prices there are, and to first_missing the index of the first missing value after the first
// price. If there is no such value, its index is len.
int trendflex_scan(const double *prices,
                   trendflex_len len,
                   trendflex_len *first,
                   trendflex_len *count,
                   trendflex_len *first_missing);

// TrendFlex of one series: out gets one value for each of the len prices, NaN for leading missing
// values and for the first period prices; out_len is len. definition, nan_policy and kernel are
// ids of trendflex_definition, trendflex_nan_policy and trendflex_kernel. detail may be null.
// Runs on the calling thread; allocates scratch in proportion to the period.
int trendflex_into(const double *prices,
                   trendflex_len len,
                   int period,
                   int definition,
                   int nan_policy,
                   int kernel,
                   double *out,
                   trendflex_len out_len,
                   trendflex_len *detail);

// Writes to rows how many periods the range from start to end by step holds. The range holds
// start, and end if the steps reach it. It descends if start is above end. A step of 0 means start
// alone.
int trendflex_batch_rows(int start, int end, int step, trendflex_len *rows);

// TrendFlex of one series for every period of a range (see trendflex_batch_rows): out is
// row-major, one row for each period in the order of the range. A row has len values, with the
// bits that trendflex_into gives; out_len is rows * len. threads: 1 for the calling thread alone,
// 0 for all cores, n for at most n tasks of the process's pool. detail may be null. Allocates
// scratch in proportion to the largest period for each task.
int trendflex_batch_inner_into(const double *prices,
                               trendflex_len len,
                               int start,
                               int end,
                               int step,
                               int definition,
                               int nan_policy,
                               int kernel,
                               int threads,
                               double *out,
                               trendflex_len out_len,
                               trendflex_len *detail);

// TrendFlex of one series for each of a list of rows periods, in any order, repeated or not.
// Otherwise it is as trendflex_batch_inner_into.
int trendflex_batch_periods_into(const double *prices,
                                 trendflex_len len,
                                 const int *periods,
                                 trendflex_len rows,
                                 int definition,
                                 int nan_policy,
                                 int kernel,
                                 int threads,
                                 double *out,
                                 trendflex_len out_len,
                                 trendflex_len *detail);

// TrendFlex of many series of len values each, for one period; series is their number. layout, an
// id of trendflex_layout, says how they lie in prices. out gets the outputs in the same places,
// with the bits that trendflex_into gives; out_len is series * len. A series that has too few
// prices gets NaN, and the call succeeds, even if all series are so. If there are no values at
// all, there is nothing to do. Under REJECT detail counts from the beginning of prices. threads:
// as for trendflex_batch_inner_into. Allocates scratch in proportion to the period for each task,
// and 32 bytes for each series.
int trendflex_many_series_into(const double *prices,
                               trendflex_len series,
                               trendflex_len len,
                               int layout,
                               int period,
                               int definition,
                               int nan_policy,
                               int kernel,
                               int threads,
                               double *out,
                               trendflex_len out_len,
                               trendflex_len *detail);

// TrendFlex of a panel, series of any lengths end to end: prices[offsets[s]] is the first of
// series s and prices[offsets[s + 1]] the first after it, so there are series + 1 offsets, from 0
// to len. out gets the outputs in the same places; out_len is len. Otherwise it is as
// trendflex_many_series_into.
int trendflex_panel_into(const double *prices,
                         trendflex_len len,
                         const trendflex_len *offsets,
                         trendflex_len series,
                         int period,
                         int definition,
                         int nan_policy,
                         int kernel,
                         int threads,
                         double *out,
                         trendflex_len out_len,
                         trendflex_len *detail);

// Returns what a status means, in a few words; never null, not to be freed.
const char *trendflex_status_message(int status);

// Writes to size the bytes that the state of a stream takes, a multiple of 8.
int trendflex_stream_size(int period, trendflex_len *size);

// Begins a stream in the size bytes at state, whatever they hold. A stream cannot have the policy
// REJECT. The state holds no pointers and may be copied, but only this process can use it. There
// is nothing to destroy. One thread at a time may use a stream.
int trendflex_stream_init(void *state,
                          trendflex_len size,
                          int period,
                          int definition,
                          int nan_policy);

// Takes one price and returns its output, not a status: NaN during the warm-up and for a missing
// price, and the NaN 0x7ff8000000000001 if state is not a stream's or not of this size. Every
// other NaN is 0x7ff8000000000000.
double trendflex_stream_update(void *state, trendflex_len size, double price);

// Returns what trendflex_stream_update would, but does not take the price: for a bar that is still
// forming.
double trendflex_stream_peek(const void *state, trendflex_len size, double price);

// Takes len prices and writes as many outputs to out, or nowhere if out is null.
int trendflex_stream_update_into(void *state,
                                 trendflex_len size,
                                 const double *prices,
                                 trendflex_len len,
                                 double *out);

// Writes to period, definition and nan_policy what the stream was begun with, and to count how many
// prices it has taken.
int trendflex_stream_info(const void *state,
                          trendflex_len size,
                          int *period,
                          int *definition,
                          int *nan_policy,
                          trendflex_len *count);

// Writes to bytes_len the bytes that a snapshot of a stream takes.
int trendflex_stream_save_size(int period, trendflex_len *bytes_len);

// Writes a snapshot of the stream to the bytes_len bytes at bytes, which may have any alignment.
// It can be loaded in this process or another, on this machine or another, by this release or a
// later one.
int trendflex_stream_save(const void *state,
                          trendflex_len size,
                          void *bytes,
                          trendflex_len bytes_len);

// Writes to size the bytes of the state that a snapshot of a stream needs.
int trendflex_stream_load_size(const void *bytes, trendflex_len bytes_len, trendflex_len *size);

// Makes a stream of a snapshot, in the size bytes at state, whatever they hold; it goes on where
// the saved one was.
int trendflex_stream_load(const void *bytes,
                          trendflex_len bytes_len,
                          void *state,
                          trendflex_len size);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* TRENDFLEX_H */

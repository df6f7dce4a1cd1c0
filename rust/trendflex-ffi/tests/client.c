// A C program that uses the library as any other does: every function, and every status that C can
// provoke. It is compiled as C99 and as C++. Under valgrind it shows that no call reads or writes
// beyond what it is given, so arrays are as long as the calls say. If something is not as it should
// be, it writes that to standard error and exits with 1.

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../../headers/trendflex.h"

#define COUNT(array) ((int)(sizeof(array) / sizeof((array)[0])))

enum { STATUSES = TRENDFLEX_STATUS_SNAPSHOT_VERSION + 1 };

static int failures = 0;
static int seen[STATUSES];

#define EXPECT(actual, expected) \
  expect(__LINE__, #actual, (long long)(actual), (long long)(expected))

static void expect(int line, const char *what, long long actual, long long expected) {
  if (actual != expected) {
    failures++;
    fprintf(stderr, "%s:%d: %s is %lld, not %lld\n", __FILE__, line, what, actual, expected);
  }
}

#define EXPECT_STATUS(call, expected) expect_status(__LINE__, #call, call, expected)

static void expect_status(int line, const char *call, int actual, int expected) {
  if (actual == expected) {
    seen[expected] = 1;
  } else {
    failures++;
    fprintf(stderr, "%s:%d: %s is %d (%s), not %d (%s)\n", __FILE__, line, call, actual,
            trendflex_status_message(actual), expected, trendflex_status_message(expected));
  }
}

#define EXPECT_OK(call) EXPECT_STATUS(call, TRENDFLEX_STATUS_OK)

// Bit for bit.
#define EXPECT_SAME(actual, expected, len) expect_same(__LINE__, #actual, actual, expected, len)

static void expect_same(int line, const char *what, const double *actual, const double *expected,
                        trendflex_len len) {
  for (trendflex_len i = 0; i < len; i++) {
    if (memcmp(&actual[i], &expected[i], sizeof *actual) != 0) {
      failures++;
      fprintf(stderr, "%s:%d: %s[%llu] is %a, not %a\n", __FILE__, line, what, i, actual[i],
              expected[i]);
      return;
    }
  }
}

// The memory that the calls which must be refused point into.
static double memory[64];
static const double UNTOUCHED = -77.0;

#define EXPECT_REFUSED(call, status) \
  do { \
    double before[COUNT(memory)]; \
    memcpy(before, memory, sizeof memory); \
    EXPECT_STATUS(call, status); \
    EXPECT_SAME(memory, before, COUNT(memory)); \
  } while (0)

// What an error says besides its status, if the caller asked.
#define EXPECT_DETAIL(expected) \
  if (detail != NULL) EXPECT(*detail, expected)

#define EXPECT_NAN(call) EXPECT(is_nan(call), 1)

static int is_nan(double value) { return value != value; }

static void fill(double *values, trendflex_len len, double value) {
  for (trendflex_len i = 0; i < len; i++) values[i] = value;
}

static void put(double *place, double a, double b, double c, double d) {
  place[0] = a, place[1] = b, place[2] = c, place[3] = d;
}

static void *allocate(trendflex_len bytes) {
  void *block = malloc((size_t)bytes);
  if (block == NULL) abort();
  return block;
}

static double *doubles(trendflex_len len) { return (double *)allocate(len * sizeof(double)); }

static double *misaligned(double *place) { return (double *)((char *)place + 4); }

// A random walk, the same one each time, without gaps or with some.
static double *walk(trendflex_len len, int gaps) {
  double *prices = doubles(len), price = 100.0;
  unsigned long long random = 20240229;
  for (trendflex_len i = 0; i < len; i++) {
    random = random * 6364136223846793005u + 1442695040888963407u;
    price += (double)(random >> 40) / (1 << 24) - 0.5;
    prices[i] = gaps && (i < 3 || i % 701 == 700) ? NAN : price;
  }
  return prices;
}

// No CPU runs both.
static int unavailable_kernel(void) {
  return trendflex_kernel_supported(TRENDFLEX_KERNEL_NEON) ? TRENDFLEX_KERNEL_AVX2
                                                           : TRENDFLEX_KERNEL_NEON;
}

// Lengths whose bytes overflow a signed or an unsigned word, and of which some wrap around to few.
static const trendflex_len TOO_LONG[] = {1ull << 60,       1ull << 61, (1ull << 61) + 4,
                                         (1ull << 63) - 1, 1ull << 63, ULLONG_MAX};
static const int UNKNOWN_IDS[] = {-1, 5, 99, INT_MIN, INT_MAX};

static void versions(void) {
  int major, minor, patch;
  char rest;
  EXPECT(trendflex_abi_version(), TRENDFLEX_ABI_VERSION);
  EXPECT(sscanf(trendflex_version(), "%d.%d.%d%c", &major, &minor, &patch, &rest), 3);
}

static void messages(void) {
  const char *unknown = "unknown status";
  const int unknown_statuses[] = {-1, STATUSES, INT_MIN, INT_MAX};
  for (int i = 0; i < COUNT(unknown_statuses); i++)
    EXPECT(strcmp(trendflex_status_message(unknown_statuses[i]), unknown), 0);

  for (int status = 0; status < STATUSES; status++) {
    const char *message = trendflex_status_message(status);
    EXPECT(strlen(message) > 0, 1);
    EXPECT(strcmp(message, unknown) != 0, 1);
    for (int other = 0; other < status; other++)
      EXPECT(strcmp(message, trendflex_status_message(other)) != 0, 1);
  }
}

static void kernels(void) {
  const trendflex_len len = 3000;
  double *prices = walk(len, 1), *expected = doubles(len), *out = doubles(len);
  const int best = trendflex_kernel_best();

  EXPECT(best != TRENDFLEX_KERNEL_AUTO, 1);
  EXPECT(trendflex_kernel_supported(best), 1);
  EXPECT(trendflex_kernel_supported(TRENDFLEX_KERNEL_AUTO), 1);
  EXPECT(trendflex_kernel_supported(TRENDFLEX_KERNEL_SCALAR), 1);
  for (int i = 0; i < COUNT(UNKNOWN_IDS); i++)
    EXPECT(trendflex_kernel_supported(UNKNOWN_IDS[i]), 0);

  EXPECT_OK(trendflex_into(prices, len, 20, 0, TRENDFLEX_NAN_POLICY_SKIP, TRENDFLEX_KERNEL_SCALAR,
                           expected, len, NULL));
  for (int kernel = TRENDFLEX_KERNEL_AUTO; kernel <= TRENDFLEX_KERNEL_NEON; kernel++) {
    const int supported = trendflex_kernel_supported(kernel);
    fill(out, len, UNTOUCHED);
    EXPECT_STATUS(trendflex_into(prices, len, 20, 0, TRENDFLEX_NAN_POLICY_SKIP, kernel, out, len,
                                 NULL),
                  supported ? TRENDFLEX_STATUS_OK : TRENDFLEX_STATUS_KERNEL_UNAVAILABLE);
    if (supported) EXPECT_SAME(out, expected, len);
  }
  free(prices), free(expected), free(out);
}

static void scan_finds_the_prices(void) {
  const double series[] = {NAN, INFINITY, 1.0, 2.0, -1e200, 3.0, NAN, -4.0};
  const struct {
    trendflex_len len, first, count, first_missing;
  } cases[] = {{0, 0, 0, 0}, {2, 2, 0, 2}, {4, 2, 2, 4}, {6, 2, 3, 4}, {8, 2, 4, 4}};
  for (int i = 0; i < COUNT(cases); i++) {
    const trendflex_len len = cases[i].len;
    double *prices = doubles(len);
    trendflex_len found[3] = {99, 99, 99};
    memcpy(prices, series, (size_t)len * sizeof *prices);
    EXPECT_OK(trendflex_scan(prices, len, &found[0], &found[1], &found[2]));
    EXPECT(found[0], cases[i].first);
    EXPECT(found[1], cases[i].count);
    EXPECT(found[2], cases[i].first_missing);
    free(prices);
  }
}

static void scan_refuses(void) {
  double *prices = memory + 8;
  trendflex_len *const found = (trendflex_len *)memory, *results[3];
  fill(memory, COUNT(memory), UNTOUCHED);

#define SCAN(prices, len) trendflex_scan(prices, len, results[0], results[1], results[2])
  for (int wrong = 0; wrong < 3; wrong++) {
    for (int i = 0; i < 3; i++) results[i] = found + i;
    EXPECT_REFUSED(SCAN(NULL, 4), TRENDFLEX_STATUS_NULL_POINTER);
    EXPECT_REFUSED(SCAN(misaligned(prices), 4), TRENDFLEX_STATUS_MISALIGNED);
    for (int i = 0; i < COUNT(TOO_LONG); i++)
      EXPECT_REFUSED(SCAN(prices, TOO_LONG[i]), TRENDFLEX_STATUS_SIZE_OVERFLOW);

    results[wrong] = NULL;
    EXPECT_REFUSED(SCAN(misaligned(prices), TOO_LONG[0]), TRENDFLEX_STATUS_NULL_POINTER);
    results[wrong] = (trendflex_len *)misaligned(prices);
    EXPECT_REFUSED(SCAN(prices, TOO_LONG[0]), TRENDFLEX_STATUS_MISALIGNED);
    results[wrong] = found + (wrong + 1) % 3;
    EXPECT_REFUSED(SCAN(prices, TOO_LONG[0]), TRENDFLEX_STATUS_OVERLAP);
    results[wrong] = (trendflex_len *)(prices + 3);
    EXPECT_REFUSED(SCAN(prices, 4), TRENDFLEX_STATUS_OVERLAP);
  }
#undef SCAN
}

static void single_gives_the_published_values(void) {
  const double published[] = {5.0, 3.623528655669866, 3.0300048488075197, 2.6295186761484857,
                              2.3618568570902116};
  double prices[10], out[10];
  trendflex_len detail = 99;
  for (int i = 0; i < 10; i++) prices[i] = i + 1;
  EXPECT_OK(trendflex_into(prices, 10, 5, TRENDFLEX_DEFINITION_VECTOR_TA,
                           TRENDFLEX_NAN_POLICY_PROPAGATE, TRENDFLEX_KERNEL_AUTO, out, 10,
                           &detail));
  EXPECT(detail, 99);
  for (int i = 0; i < 5; i++) {
    EXPECT_NAN(out[i]);
    EXPECT(fabs(out[5 + i] - published[i]) <= 1e-14, 1);
  }
}

// Starts with everything wrong that can be, and puts it right, one thing at a time.
static void single_refuses_in_order(trendflex_len *detail) {
  const double *prices = NULL;
  double *out = misaligned(memory + 17), *const series = memory + 16;
  trendflex_len len = 3, out_len = 3;
  int period = 0, definition = 2, nan_policy = 3, kernel = 5;
  fill(memory, COUNT(memory), UNTOUCHED);

#define SINGLE \
  trendflex_into(prices, len, period, definition, nan_policy, kernel, out, out_len, detail)
  EXPECT_REFUSED(SINGLE, TRENDFLEX_STATUS_NULL_POINTER);
  prices = series;
  EXPECT_REFUSED(SINGLE, TRENDFLEX_STATUS_MISALIGNED);
  out = series + 1;
  EXPECT_REFUSED(SINGLE, TRENDFLEX_STATUS_OVERLAP);
  out = memory;
  len = TOO_LONG[0];
  EXPECT_REFUSED(SINGLE, TRENDFLEX_STATUS_UNKNOWN_KERNEL);
  kernel = unavailable_kernel();
  EXPECT_REFUSED(SINGLE, TRENDFLEX_STATUS_UNKNOWN_NAN_POLICY);
  nan_policy = TRENDFLEX_NAN_POLICY_REJECT;
  EXPECT_REFUSED(SINGLE, TRENDFLEX_STATUS_UNKNOWN_DEFINITION);
  definition = TRENDFLEX_DEFINITION_EHLERS;
  EXPECT_REFUSED(SINGLE, TRENDFLEX_STATUS_SIZE_OVERFLOW);
  len = 0;
  EXPECT_REFUSED(SINGLE, TRENDFLEX_STATUS_OUTPUT_LENGTH);
  EXPECT_DETAIL(0);
  out_len = 0;
  EXPECT_REFUSED(SINGLE, TRENDFLEX_STATUS_EMPTY_INPUT);
  len = out_len = 4;
  put(series, NAN, INFINITY, 1e300, NAN);
  EXPECT_REFUSED(SINGLE, TRENDFLEX_STATUS_INVALID_PERIOD);
  period = 4;
  EXPECT_REFUSED(SINGLE, TRENDFLEX_STATUS_PERIOD_TOO_LONG);
  period = 2;
  EXPECT_REFUSED(SINGLE, TRENDFLEX_STATUS_NO_PRICES);
  put(series, NAN, NAN, 1.0, NAN);
  EXPECT_REFUSED(SINGLE, TRENDFLEX_STATUS_MISSING_PRICE);
  EXPECT_DETAIL(3);
  put(series, NAN, NAN, 1.0, 2.0);
  EXPECT_REFUSED(SINGLE, TRENDFLEX_STATUS_TOO_FEW_PRICES);
  EXPECT_DETAIL(2);
  put(series, NAN, 1.0, 2.0, 4.0);
  EXPECT_REFUSED(SINGLE, TRENDFLEX_STATUS_KERNEL_UNAVAILABLE);
  kernel = TRENDFLEX_KERNEL_AUTO;
  EXPECT_OK(SINGLE);
#undef SINGLE
}

static void batch_refuses_in_order(trendflex_len *detail) {
  const double *prices = NULL;
  double *out = misaligned(memory + 33), *const series = memory + 32;
  trendflex_len len = 3, out_len = 3;
  int start = 1, end = 4, step = -1, definition = 2, nan_policy = 3, kernel = 5, threads = -1;
  fill(memory, COUNT(memory), UNTOUCHED);

#define BATCH \
  trendflex_batch_inner_into(prices, len, start, end, step, definition, nan_policy, kernel, \
                             threads, out, out_len, detail)
  EXPECT_REFUSED(BATCH, TRENDFLEX_STATUS_NULL_POINTER);
  prices = series;
  EXPECT_REFUSED(BATCH, TRENDFLEX_STATUS_MISALIGNED);
  out = series + 1;
  EXPECT_REFUSED(BATCH, TRENDFLEX_STATUS_OVERLAP);
  out = memory;
  len = TOO_LONG[0];
  EXPECT_REFUSED(BATCH, TRENDFLEX_STATUS_UNKNOWN_KERNEL);
  kernel = unavailable_kernel();
  EXPECT_REFUSED(BATCH, TRENDFLEX_STATUS_UNKNOWN_NAN_POLICY);
  nan_policy = TRENDFLEX_NAN_POLICY_REJECT;
  EXPECT_REFUSED(BATCH, TRENDFLEX_STATUS_UNKNOWN_DEFINITION);
  definition = TRENDFLEX_DEFINITION_EHLERS;
  EXPECT_REFUSED(BATCH, TRENDFLEX_STATUS_SIZE_OVERFLOW);
  len = 0;
  EXPECT_REFUSED(BATCH, TRENDFLEX_STATUS_INVALID_THREADS);
  threads = 2;
  EXPECT_REFUSED(BATCH, TRENDFLEX_STATUS_INVALID_RANGE);
  step = 2;
  EXPECT_REFUSED(BATCH, TRENDFLEX_STATUS_EMPTY_INPUT);
  len = 3;
  put(series, NAN, INFINITY, 1e300, NAN);
  EXPECT_REFUSED(BATCH, TRENDFLEX_STATUS_PERIOD_TOO_LONG);
  len = 4;
  EXPECT_REFUSED(BATCH, TRENDFLEX_STATUS_NO_PRICES);
  put(series, NAN, 1.0, 2.0, NAN);
  EXPECT_REFUSED(BATCH, TRENDFLEX_STATUS_MISSING_PRICE);
  EXPECT_DETAIL(3);
  put(series, NAN, 1.0, 2.0, 4.0);
  EXPECT_REFUSED(BATCH, TRENDFLEX_STATUS_TOO_FEW_PRICES);
  EXPECT_DETAIL(3);
  put(series, 1.0, 2.0, 4.0, 7.0);
  EXPECT_REFUSED(BATCH, TRENDFLEX_STATUS_KERNEL_UNAVAILABLE);
  kernel = TRENDFLEX_KERNEL_AUTO;
  EXPECT_REFUSED(BATCH, TRENDFLEX_STATUS_OUTPUT_LENGTH);
  EXPECT_DETAIL(8);
  out_len = 8;
  EXPECT_OK(BATCH);
#undef BATCH
}

// What a single call and a batch of two rows both refuse.
static void series_refuse(void) {
  double *const series = memory + 20;
  fill(memory, COUNT(memory), UNTOUCHED);

#define EXPECT_BOTH(prices, len, definition, nan_policy, kernel, out, out_len, status) \
  do { \
    EXPECT_REFUSED(trendflex_into(prices, len, 2, definition, nan_policy, kernel, out, out_len, \
                                  NULL), \
                   status); \
    EXPECT_REFUSED(trendflex_batch_inner_into(prices, len, 2, 3, 1, definition, nan_policy, \
                                              kernel, 1, out, out_len, NULL), \
                   status); \
  } while (0)

  EXPECT_BOTH(series, 4, 0, 0, 0, NULL, 4, TRENDFLEX_STATUS_NULL_POINTER);
  EXPECT_BOTH(series, 4, 0, 0, 0, misaligned(memory), 4, TRENDFLEX_STATUS_MISALIGNED);
  EXPECT_BOTH(misaligned(series), 4, 0, 0, 0, memory, 4, TRENDFLEX_STATUS_MISALIGNED);

  EXPECT_BOTH(series, 4, 0, 0, 0, series, 4, TRENDFLEX_STATUS_OVERLAP);
  EXPECT_BOTH(series, 4, 0, 0, 0, series + 3, 8, TRENDFLEX_STATUS_OVERLAP);
  EXPECT_BOTH(series, 4, 0, 0, 0, series - 7, 8, TRENDFLEX_STATUS_OVERLAP);
  EXPECT_BOTH(series, 4, 0, 0, 0, series - 2, 8, TRENDFLEX_STATUS_OVERLAP);

  for (int i = 0; i < COUNT(UNKNOWN_IDS); i++) {
    const int id = UNKNOWN_IDS[i];
    EXPECT_BOTH(series, 4, id, 0, 0, memory, 4, TRENDFLEX_STATUS_UNKNOWN_DEFINITION);
    EXPECT_BOTH(series, 4, 0, id, 0, memory, 4, TRENDFLEX_STATUS_UNKNOWN_NAN_POLICY);
    EXPECT_BOTH(series, 4, 0, 0, id, memory, 4, TRENDFLEX_STATUS_UNKNOWN_KERNEL);
  }
  for (int i = 0; i < COUNT(TOO_LONG); i++) {
    const trendflex_len len = TOO_LONG[i];
    EXPECT_BOTH(series, len, 0, 0, 0, memory, 4, TRENDFLEX_STATUS_SIZE_OVERFLOW);
    EXPECT_BOTH(memory, 4, 0, 0, 0, series, len, TRENDFLEX_STATUS_SIZE_OVERFLOW);
  }
  EXPECT_BOTH(series, 4, 0, 0, 0, memory, 3, TRENDFLEX_STATUS_OUTPUT_LENGTH);
  EXPECT_BOTH(series, 4, 0, 0, 0, memory, 9, TRENDFLEX_STATUS_OUTPUT_LENGTH);
#undef EXPECT_BOTH

  const int periods[] = {0, -1, INT_MIN};
  for (int i = 0; i < COUNT(periods); i++)
    EXPECT_REFUSED(trendflex_into(series, 4, periods[i], 0, 0, 0, memory, 4, NULL),
                   TRENDFLEX_STATUS_INVALID_PERIOD);
  EXPECT_REFUSED(trendflex_into(series, 4, INT_MAX, 0, 0, 0, memory, 4, NULL),
                 TRENDFLEX_STATUS_PERIOD_TOO_LONG);
  EXPECT_REFUSED(trendflex_batch_inner_into(series, 4, 1, INT_MAX, 1, 0, 0, 0, 1, memory, 4, NULL),
                 TRENDFLEX_STATUS_PERIOD_TOO_LONG);

  // Neighbours share no byte.
  EXPECT_OK(trendflex_into(series, 4, 2, 0, 0, 0, series - 4, 4, NULL));
  EXPECT_OK(trendflex_into(series, 4, 2, 0, 0, 0, series + 4, 4, NULL));
}

static void batch_rows(void) {
  const struct {
    int start, end, step;
    trendflex_len rows;
  } cases[] = {{20, 25, 2, 3}, {80, 20, 5, 13},   {20, 20, 1, 1},
               {20, 80, 0, 1}, {20, 269, 1, 250}, {1, INT_MAX, 1, INT_MAX}};
  trendflex_len rows = 99;
  for (int i = 0; i < COUNT(cases); i++) {
    EXPECT_OK(trendflex_batch_rows(cases[i].start, cases[i].end, cases[i].step, &rows));
    EXPECT(rows, cases[i].rows);
  }

  trendflex_len *const place = (trendflex_len *)memory;
  fill(memory, COUNT(memory), UNTOUCHED);
  EXPECT_REFUSED(trendflex_batch_rows(0, 5, 1, NULL), TRENDFLEX_STATUS_NULL_POINTER);
  EXPECT_REFUSED(trendflex_batch_rows(0, 5, 1, (trendflex_len *)misaligned(memory)),
                 TRENDFLEX_STATUS_MISALIGNED);
  EXPECT_REFUSED(trendflex_batch_rows(0, 5, 1, place), TRENDFLEX_STATUS_INVALID_RANGE);
  EXPECT_REFUSED(trendflex_batch_rows(5, INT_MIN, 1, place), TRENDFLEX_STATUS_INVALID_RANGE);
  EXPECT_REFUSED(trendflex_batch_rows(5, 9, -1, place), TRENDFLEX_STATUS_INVALID_RANGE);
}

static void batch_gives_the_bits_of_single_calls(int definition, int nan_policy) {
  const int ranges[][3] = {{3, 60, 9}, {60, 3, 9}, {20, 20, 1}, {20, 80, 0}};
  const int threads[] = {0, 1, 2, 1000};
  const trendflex_len len = 2100;
  double *prices = walk(len, nan_policy != TRENDFLEX_NAN_POLICY_REJECT), *single = doubles(len);

  for (int i = 0; i < COUNT(ranges); i++) {
    const int start = ranges[i][0], end = ranges[i][1], step = ranges[i][2];
    trendflex_len rows = 0;
    EXPECT_OK(trendflex_batch_rows(start, end, step, &rows));
    double *out = doubles(rows * len);
    for (int j = 0; j < COUNT(threads); j++) {
      fill(out, rows * len, UNTOUCHED);
      EXPECT_OK(trendflex_batch_inner_into(prices, len, start, end, step, definition, nan_policy,
                                           TRENDFLEX_KERNEL_AUTO, threads[j], out, rows * len,
                                           NULL));
      for (int row = 0; row < (int)rows; row++) {
        const int period = start < end ? start + row * step : start - row * step;
        EXPECT_OK(trendflex_into(prices, len, period, definition, nan_policy,
                                 TRENDFLEX_KERNEL_AUTO, single, len, NULL));
        EXPECT_SAME(out + (trendflex_len)row * len, single, len);
      }
    }
    int periods[20];
    double *listed = doubles(rows * len);
    for (int row = 0; row < (int)rows; row++) periods[row] = start < end ? start + row * step
                                                                         : start - row * step;
    EXPECT_OK(trendflex_batch_periods_into(prices, len, periods, rows, definition, nan_policy,
                                           TRENDFLEX_KERNEL_AUTO, 0, listed, rows * len, NULL));
    EXPECT_SAME(listed, out, rows * len);
    free(listed);
    free(out);
  }
  free(prices), free(single);
}

// A new stream in memory that nobody has written to, as long as its state.
static void *new_stream(int period, int definition, int nan_policy, trendflex_len *size) {
  EXPECT_OK(trendflex_stream_size(period, size));
  EXPECT(*size % 8, 0);
  void *state = allocate(*size);
  EXPECT_OK(trendflex_stream_init(state, *size, period, definition, nan_policy));
  return state;
}

static void expect_info(const void *state, trendflex_len size, int period, int definition,
                        int nan_policy, trendflex_len count) {
  struct {
    int period, definition, nan_policy;
    trendflex_len count;
  } info = {-1, -1, -1, 0};
  EXPECT_OK(trendflex_stream_info(state, size, &info.period, &info.definition, &info.nan_policy,
                                  &info.count));
  EXPECT(info.period, period);
  EXPECT(info.definition, definition);
  EXPECT(info.nan_policy, nan_policy);
  EXPECT(info.count, count);
}

static void stream_gives_the_bits_of_a_single_call(int period, int definition, int nan_policy) {
  const trendflex_len len = 2100, half = 1050;
  double *prices = walk(len, nan_policy == TRENDFLEX_NAN_POLICY_SKIP);
  double *single = doubles(len), *out = doubles(len);
  trendflex_len size = 0, first, count, first_missing;
  prices[1900] = -INFINITY;
  EXPECT_OK(trendflex_scan(prices, len, &first, &count, &first_missing));
  if (nan_policy == TRENDFLEX_NAN_POLICY_PROPAGATE) count = first_missing - first;
  EXPECT_OK(trendflex_into(prices, len, period, definition, nan_policy, TRENDFLEX_KERNEL_AUTO,
                           single, len, NULL));

  void *state = new_stream(period, definition, nan_policy, &size), *before = allocate(size);
  expect_info(state, size, period, definition, nan_policy, 0);
  for (trendflex_len i = 0; i < len; i++) {
    memcpy(before, state, (size_t)size);
    const double peek = trendflex_stream_peek(state, size, prices[i]);
    trendflex_stream_peek(state, size, 1e9);
    EXPECT(memcmp(state, before, (size_t)size), 0);
    out[i] = trendflex_stream_update(state, size, prices[i]);
    EXPECT_SAME(&peek, &single[i], 1);
  }
  EXPECT_SAME(out, single, len);
  expect_info(state, size, period, definition, nan_policy, count);
  free(state);

  state = new_stream(period, definition, nan_policy, &size);
  fill(out, len, UNTOUCHED);
  for (trendflex_len i = 0; i < len; i += 7)
    EXPECT_OK(trendflex_stream_update_into(state, size, prices + i, 7, out + i));
  EXPECT_SAME(out, single, len);
  expect_info(state, size, period, definition, nan_policy, count);
  free(state);

  // The outputs of the history go nowhere; the rest goes on in a copy of the state.
  state = new_stream(period, definition, nan_policy, &size);
  fill(out, len, UNTOUCHED);
  EXPECT_OK(trendflex_stream_update_into(state, size, prices, half, NULL));
  memcpy(before, state, (size_t)size);
  EXPECT_OK(trendflex_stream_update_into(before, size, prices + half, len - half, out));
  EXPECT_OK(trendflex_stream_update_into(before, size, prices, 0, out));
  EXPECT_SAME(out, single + half, len - half);
  free(state), free(before), free(prices), free(single), free(out);
}

static void stream_size_refuses(void) {
  trendflex_len size = 0, *const place = (trendflex_len *)memory;
  fill(memory, COUNT(memory), UNTOUCHED);
  EXPECT_REFUSED(trendflex_stream_size(0, NULL), TRENDFLEX_STATUS_NULL_POINTER);
  EXPECT_REFUSED(trendflex_stream_size(0, (trendflex_len *)misaligned(memory)),
                 TRENDFLEX_STATUS_MISALIGNED);
  EXPECT_REFUSED(trendflex_stream_size(0, place), TRENDFLEX_STATUS_INVALID_PERIOD);
  EXPECT_REFUSED(trendflex_stream_size(INT_MIN, place), TRENDFLEX_STATUS_INVALID_PERIOD);
  EXPECT_OK(trendflex_stream_size(INT_MAX, &size));
  EXPECT(size > 8ull * INT_MAX, 1);
}

static void stream_init_refuses(void) {
  void *state = NULL;
  trendflex_len size = 1ull << 63, right = 0;
  int period = 0, definition = 2, nan_policy = 3;
  fill(memory, COUNT(memory), UNTOUCHED);

#define INIT trendflex_stream_init(state, size, period, definition, nan_policy)
  EXPECT_REFUSED(INIT, TRENDFLEX_STATUS_NULL_POINTER);
  state = misaligned(memory);
  EXPECT_REFUSED(INIT, TRENDFLEX_STATUS_MISALIGNED);
  state = memory;
  EXPECT_REFUSED(INIT, TRENDFLEX_STATUS_UNKNOWN_NAN_POLICY);
  nan_policy = TRENDFLEX_NAN_POLICY_SKIP;
  EXPECT_REFUSED(INIT, TRENDFLEX_STATUS_UNKNOWN_DEFINITION);
  definition = TRENDFLEX_DEFINITION_EHLERS;
  EXPECT_REFUSED(INIT, TRENDFLEX_STATUS_SIZE_OVERFLOW);
  size = 8;
  EXPECT_REFUSED(INIT, TRENDFLEX_STATUS_INVALID_PERIOD);
  period = 5;
  EXPECT_OK(trendflex_stream_size(period, &right));
  const trendflex_len wrong[] = {0, 1, 8, right - 8, right - 1, right + 1, right + 8};
  for (int i = 0; i < COUNT(wrong); i++) {
    size = wrong[i];
    EXPECT_REFUSED(INIT, TRENDFLEX_STATUS_STATE_SIZE);
  }
  size = right;
  nan_policy = TRENDFLEX_NAN_POLICY_REJECT;
  EXPECT_REFUSED(INIT, TRENDFLEX_STATUS_UNKNOWN_NAN_POLICY);
  nan_policy = TRENDFLEX_NAN_POLICY_PROPAGATE;
  EXPECT_OK(INIT);
#undef INIT
}

static void stream_update_into_refuses(void) {
  double *prices = memory + 40, *out = memory + 48;
  void *state = memory + 10;
  trendflex_len size = 0;
  fill(memory, COUNT(memory), UNTOUCHED);
  EXPECT_OK(trendflex_stream_size(5, &size));
  EXPECT_OK(trendflex_stream_init(state, size, 5, 0, 0));
  double *const end = memory + 10 + size / 8;

#define UPDATE trendflex_stream_update_into
  EXPECT_REFUSED(UPDATE(NULL, size, prices, 4, out), TRENDFLEX_STATUS_NULL_POINTER);
  EXPECT_REFUSED(UPDATE(state, size, NULL, 4, out), TRENDFLEX_STATUS_NULL_POINTER);
  EXPECT_REFUSED(UPDATE(state, size, NULL, 4, NULL), TRENDFLEX_STATUS_NULL_POINTER);
  EXPECT_REFUSED(UPDATE(misaligned(memory), size, prices, 4, out), TRENDFLEX_STATUS_MISALIGNED);
  EXPECT_REFUSED(UPDATE(state, size, misaligned(prices), 4, out), TRENDFLEX_STATUS_MISALIGNED);
  EXPECT_REFUSED(UPDATE(state, size, prices, 4, misaligned(out)), TRENDFLEX_STATUS_MISALIGNED);

  EXPECT_REFUSED(UPDATE(state, size, prices, 4, prices), TRENDFLEX_STATUS_OVERLAP);
  EXPECT_REFUSED(UPDATE(state, size, prices, 4, prices + 3), TRENDFLEX_STATUS_OVERLAP);
  EXPECT_REFUSED(UPDATE(state, size, prices, 4, end - 1), TRENDFLEX_STATUS_OVERLAP);
  EXPECT_REFUSED(UPDATE(state, size, prices, 4, memory + 7), TRENDFLEX_STATUS_OVERLAP);
  EXPECT_REFUSED(UPDATE(state, size, end - 1, 4, out), TRENDFLEX_STATUS_OVERLAP);
  EXPECT_REFUSED(UPDATE(state, size, memory + 7, 4, NULL), TRENDFLEX_STATUS_OVERLAP);

  for (int i = 0; i < COUNT(TOO_LONG); i++)
    EXPECT_REFUSED(UPDATE(state, size, prices, TOO_LONG[i], NULL), TRENDFLEX_STATUS_SIZE_OVERFLOW);
  EXPECT_REFUSED(UPDATE(state, 1ull << 63, memory, 4, NULL), TRENDFLEX_STATUS_SIZE_OVERFLOW);

  // The size of a stream for another period.
  EXPECT_REFUSED(UPDATE(state, size - 8, prices, 4, out), TRENDFLEX_STATUS_CORRUPT_STATE);
  EXPECT_REFUSED(UPDATE(state, size + 8, prices, 4, out), TRENDFLEX_STATUS_CORRUPT_STATE);
  EXPECT_REFUSED(UPDATE(state, 0, prices, 4, out), TRENDFLEX_STATUS_CORRUPT_STATE);
  EXPECT_OK(UPDATE(state, size, prices, 4, end));
  fill(memory, COUNT(memory), 0.0);
  EXPECT_REFUSED(UPDATE(state, size, prices, 4, out), TRENDFLEX_STATUS_CORRUPT_STATE);
#undef UPDATE
}

static void stream_info_refuses(void) {
  void *state = memory + 10;
  int *const ints = (int *)memory, *results[3];
  trendflex_len size = 0, *count = (trendflex_len *)(memory + 2);
  fill(memory, COUNT(memory), UNTOUCHED);
  EXPECT_OK(trendflex_stream_size(5, &size));
  EXPECT_OK(trendflex_stream_init(state, size, 5, 0, 0));

#define INFO(state, size, count) \
  trendflex_stream_info(state, size, results[0], results[1], results[2], count)
  for (int wrong = 0; wrong < 3; wrong++) {
    for (int i = 0; i < 3; i++) results[i] = ints + i;
    EXPECT_REFUSED(INFO(NULL, size, count), TRENDFLEX_STATUS_NULL_POINTER);
    EXPECT_REFUSED(INFO(state, size, NULL), TRENDFLEX_STATUS_NULL_POINTER);
    EXPECT_REFUSED(INFO(misaligned(memory + 10), size, count), TRENDFLEX_STATUS_MISALIGNED);
    EXPECT_REFUSED(INFO(state, size, (trendflex_len *)(ints + 5)), TRENDFLEX_STATUS_MISALIGNED);
    EXPECT_REFUSED(INFO(state, size, (trendflex_len *)state), TRENDFLEX_STATUS_OVERLAP);
    EXPECT_REFUSED(INFO(state, size, (trendflex_len *)(ints + 2)), TRENDFLEX_STATUS_OVERLAP);
    EXPECT_REFUSED(INFO(state, 1ull << 63, count), TRENDFLEX_STATUS_SIZE_OVERFLOW);
    EXPECT_REFUSED(INFO(state, size - 8, count), TRENDFLEX_STATUS_CORRUPT_STATE);
    EXPECT_REFUSED(INFO(state, size + 8, count), TRENDFLEX_STATUS_CORRUPT_STATE);

    results[wrong] = NULL;
    EXPECT_REFUSED(INFO(state, size, count), TRENDFLEX_STATUS_NULL_POINTER);
    results[wrong] = (int *)((char *)ints + 30);
    EXPECT_REFUSED(INFO(state, size, count), TRENDFLEX_STATUS_MISALIGNED);
    results[wrong] = ints + (wrong + 1) % 3;
    EXPECT_REFUSED(INFO(state, size, count), TRENDFLEX_STATUS_OVERLAP);
    results[wrong] = (int *)state + 5;
    EXPECT_REFUSED(INFO(state, size, count), TRENDFLEX_STATUS_OVERLAP);
    // This address is aligned for an int but not for a double.
    results[wrong] = ints + 7;
    EXPECT_OK(INFO(state, size, count));
  }
  for (int i = 0; i < 3; i++) results[i] = ints + i;
  fill((double *)state, size / 8, 0.0);
  EXPECT_REFUSED(INFO(state, size, count), TRENDFLEX_STATUS_CORRUPT_STATE);
#undef INFO
}

static void hot_calls_give_nan_for_what_is_no_stream(void) {
  void *state = memory + 10;
  trendflex_len size = 0;
  fill(memory, COUNT(memory), UNTOUCHED);
  EXPECT_OK(trendflex_stream_size(2, &size));
  EXPECT_OK(trendflex_stream_init(state, size, 2, 0, 0));
  trendflex_stream_update(state, size, 1.0);
  trendflex_stream_update(state, size, 2.0);

  const struct {
    void *state;
    trendflex_len size;
  } cases[] = {{NULL, size},     {NULL, 0},          {misaligned(memory), size},
               {memory, size},   {state, 0},         {state, 1},
               {state, 8},       {state, size - 8},  {state, size - 1},
               {state, size + 1}, {state, size + 8}, {state, 1ull << 63},
               {state, ULLONG_MAX - 7}, {state, ULLONG_MAX}};
  double before[COUNT(memory)];
  memcpy(before, memory, sizeof memory);
  for (int i = 0; i < COUNT(cases); i++) {
    EXPECT_NAN(trendflex_stream_update(cases[i].state, cases[i].size, 4.0));
    EXPECT_NAN(trendflex_stream_peek(cases[i].state, cases[i].size, 4.0));
  }
  EXPECT_SAME(memory, before, COUNT(memory));
  EXPECT(trendflex_stream_update(state, size, 4.0) > 0, 1);
}

// Whatever a state holds, a call computes something or refuses, and keeps to its memory.
static void a_damaged_state_does_no_harm(void) {
  const int period = 5;
  trendflex_len size = 0;
  EXPECT_OK(trendflex_stream_size(period, &size));
  double *const state = memory + 1, *const end = state + size / 8, *const out = end + 1;
  const trendflex_len len = 12;
  double *prices = walk(len, 0), sound[COUNT(memory)], damaged[COUNT(memory)];
  int accepted = 0, refused = 0;

  fill(memory, COUNT(memory), UNTOUCHED);
  EXPECT_OK(trendflex_stream_init(state, size, period, 0, TRENDFLEX_NAN_POLICY_SKIP));
  EXPECT_OK(trendflex_stream_update_into(state, size, prices, 8, NULL));
  memcpy(sound, memory, sizeof memory);

  for (trendflex_len byte = 0; byte < size; byte++) {
    // Each bit flipped, and all of them.
    for (int bit = 0; bit <= 8; bit++) {
      memcpy(memory, sound, sizeof memory);
      ((unsigned char *)state)[byte] ^= (unsigned char)(bit < 8 ? 1 << bit : 0xff);
      memcpy(damaged, memory, sizeof memory);

      const double peek = trendflex_stream_peek(state, size, 101.0);
      EXPECT_SAME(memory, damaged, COUNT(memory));
      const double update = trendflex_stream_update(state, size, 101.0);
      EXPECT_SAME(memory, damaged, 1);
      EXPECT_SAME(end, damaged + (end - memory), COUNT(memory) - (end - memory));

      memcpy(memory, damaged, sizeof memory);
      int ids[3];
      trendflex_len count;
      const int known = trendflex_stream_info(state, size, &ids[0], &ids[1], &ids[2], &count);
      EXPECT_SAME(memory, damaged, COUNT(memory));
      const int status = trendflex_stream_update_into(state, size, prices, len, out);
      if (status == TRENDFLEX_STATUS_CORRUPT_STATE) {
        refused++;
        EXPECT(known, status);
        EXPECT_NAN(peek);
        EXPECT_NAN(update);
        EXPECT_SAME(memory, damaged, COUNT(memory));
      } else {
        accepted++;
        EXPECT_OK(status);
        EXPECT_SAME(memory, damaged, 1);
        EXPECT_SAME(end, &UNTOUCHED, 1);
        EXPECT_SAME(out + len, damaged + (out + len - memory),
                    COUNT(memory) - (out + len - memory));
      }
    }
  }
  EXPECT(accepted > 0 && refused > 0, 1);
  free(prices);
}

// Each refuses what a batch or a single call refuses; here is what only they refuse.
static void lists_and_panels_refuse(trendflex_len *detail) {
  double *const series = memory + 20, *const out = memory + 40;
  int periods[2] = {2, 0};
  trendflex_len offsets[3] = {0, 3, 5};
  fill(memory, COUNT(memory), UNTOUCHED);
  put(series, 1.0, 2.0, 4.0, 7.0);
  series[4] = 8.0;

#define LIST(periods, rows, len, out_len) \
  trendflex_batch_periods_into(series, len, periods, rows, 0, 0, 0, 1, out, out_len, detail)
  EXPECT_REFUSED(LIST(NULL, 2, 5, 10), TRENDFLEX_STATUS_NULL_POINTER);
  EXPECT_REFUSED(LIST((int *)((char *)periods + 2), 1, 5, 5), TRENDFLEX_STATUS_MISALIGNED);
  EXPECT_REFUSED(LIST((int *)out, 2, 5, 10), TRENDFLEX_STATUS_OVERLAP);
  EXPECT_REFUSED(LIST(periods, 0, 5, 0), TRENDFLEX_STATUS_EMPTY_INPUT);
  EXPECT_REFUSED(LIST(periods, 2, 5, 10), TRENDFLEX_STATUS_INVALID_PERIOD);
  periods[1] = 5;
  EXPECT_REFUSED(LIST(periods, 2, 5, 10), TRENDFLEX_STATUS_PERIOD_TOO_LONG);
  periods[1] = 4;
  EXPECT_REFUSED(LIST(periods, 2, 5, 9), TRENDFLEX_STATUS_OUTPUT_LENGTH);
  EXPECT_DETAIL(10);
  for (int i = 0; i < COUNT(TOO_LONG); i++)
    EXPECT_REFUSED(LIST(periods, 2, TOO_LONG[i], 10), TRENDFLEX_STATUS_SIZE_OVERFLOW);
  EXPECT_REFUSED(LIST(periods, 1ull << 62, 5, 10), TRENDFLEX_STATUS_SIZE_OVERFLOW);
#undef LIST

#define MANY(count, len, layout, period, nan_policy, out_len) \
  trendflex_many_series_into(series, count, len, layout, period, 0, nan_policy, 0, 1, out, \
                             out_len, detail)
  EXPECT_REFUSED(MANY(2, 2, 2, 1, 0, 4), TRENDFLEX_STATUS_UNKNOWN_LAYOUT);
  EXPECT_REFUSED(MANY(2, 2, -1, 1, 0, 4), TRENDFLEX_STATUS_UNKNOWN_LAYOUT);
  EXPECT_REFUSED(MANY(2, 2, 0, 1, 0, 3), TRENDFLEX_STATUS_OUTPUT_LENGTH);
  EXPECT_DETAIL(4);
  EXPECT_STATUS(MANY(0, 2, 0, 1, 0, 0), TRENDFLEX_STATUS_OK);
  EXPECT_STATUS(MANY(2, 0, 0, 1, 0, 0), TRENDFLEX_STATUS_OK);
  EXPECT_REFUSED(MANY(2, 2, 0, 0, 0, 4), TRENDFLEX_STATUS_INVALID_PERIOD);
  EXPECT_REFUSED(MANY(1ull << 32, 1ull << 32, 0, 1, 0, 4), TRENDFLEX_STATUS_SIZE_OVERFLOW);
  EXPECT_REFUSED(MANY(1ull << 62, 4, 0, 1, 0, 4), TRENDFLEX_STATUS_SIZE_OVERFLOW);
  series[3] = NAN;
  EXPECT_REFUSED(MANY(2, 2, 0, 1, TRENDFLEX_NAN_POLICY_REJECT, 4),
                 TRENDFLEX_STATUS_MISSING_PRICE);
  EXPECT_DETAIL(3);
  EXPECT_REFUSED(MANY(2, 2, 1, 1, TRENDFLEX_NAN_POLICY_REJECT, 4),
                 TRENDFLEX_STATUS_MISSING_PRICE);
  EXPECT_DETAIL(3);
#undef MANY

#define PANEL(offsets, count, nan_policy) \
  trendflex_panel_into(series, 5, offsets, count, 2, 0, nan_policy, 0, 1, out, 5, detail)
  EXPECT_REFUSED(PANEL(NULL, 2, 0), TRENDFLEX_STATUS_NULL_POINTER);
  EXPECT_REFUSED(PANEL((trendflex_len *)misaligned((double *)offsets), 1, 0),
                 TRENDFLEX_STATUS_MISALIGNED);
  EXPECT_REFUSED(PANEL((trendflex_len *)out, 2, 0), TRENDFLEX_STATUS_OVERLAP);
  EXPECT_REFUSED(PANEL(offsets, ULLONG_MAX, 0), TRENDFLEX_STATUS_SIZE_OVERFLOW);
  EXPECT_REFUSED(PANEL(offsets, 1, 0), TRENDFLEX_STATUS_INVALID_OFFSETS);
  EXPECT_DETAIL(1);
  offsets[0] = 1;
  EXPECT_REFUSED(PANEL(offsets, 2, 0), TRENDFLEX_STATUS_INVALID_OFFSETS);
  EXPECT_DETAIL(0);
  offsets[0] = 0;
  offsets[1] = 6;
  EXPECT_REFUSED(PANEL(offsets, 2, 0), TRENDFLEX_STATUS_INVALID_OFFSETS);
  EXPECT_DETAIL(1);
  offsets[1] = 4;
  offsets[2] = 3;
  EXPECT_REFUSED(PANEL(offsets, 2, 0), TRENDFLEX_STATUS_INVALID_OFFSETS);
  EXPECT_DETAIL(2);
  offsets[2] = 5;
  offsets[1] = 3;
  EXPECT_OK(PANEL(offsets, 2, TRENDFLEX_NAN_POLICY_REJECT));
  offsets[1] = 2;
  EXPECT_REFUSED(PANEL(offsets, 2, TRENDFLEX_NAN_POLICY_REJECT), TRENDFLEX_STATUS_MISSING_PRICE);
  EXPECT_DETAIL(3);
#undef PANEL
}

static void many_series_give_the_bits_of_single_calls(int nan_policy) {
  enum { SERIES = 21, LEN = 500, PERIOD = 9 };
  const trendflex_len all = SERIES * LEN;
  double *by_series = walk(all, nan_policy != TRENDFLEX_NAN_POLICY_REJECT), *by_time = doubles(all);
  double *expected = doubles(all), *out = doubles(all);
  trendflex_len offsets[SERIES + 1];
  for (int s = 0; s <= SERIES; s++) offsets[s] = (trendflex_len)s * LEN;
  for (int s = 0; s < SERIES; s++) {
    EXPECT_OK(trendflex_into(by_series + offsets[s], LEN, PERIOD, 0, nan_policy, 0,
                             expected + offsets[s], LEN, NULL));
    for (int t = 0; t < LEN; t++) by_time[t * SERIES + s] = by_series[s * LEN + t];
  }

  fill(out, all, UNTOUCHED);
  EXPECT_OK(trendflex_many_series_into(by_series, SERIES, LEN, TRENDFLEX_LAYOUT_SERIES_MAJOR,
                                       PERIOD, 0, nan_policy, 0, 0, out, all, NULL));
  EXPECT_SAME(out, expected, all);
  fill(out, all, UNTOUCHED);
  EXPECT_OK(trendflex_panel_into(by_series, all, offsets, SERIES, PERIOD, 0, nan_policy, 0, 2, out,
                                 all, NULL));
  EXPECT_SAME(out, expected, all);
  EXPECT_OK(trendflex_many_series_into(by_time, SERIES, LEN, TRENDFLEX_LAYOUT_TIME_MAJOR, PERIOD,
                                       0, nan_policy, 0, 2, out, all, NULL));
  for (int s = 0; s < SERIES; s++)
    for (int t = 0; t < LEN; t++) EXPECT_SAME(out + t * SERIES + s, expected + s * LEN + t, 1);
  free(by_series), free(by_time), free(expected), free(out);
}

static void a_bank_gives_the_bits_of_streams(int definition, int nan_policy) {
  enum { SYMBOLS = 19, TICKS = 1100, PERIOD = 7 };
  trendflex_len size = 0, stream_size;
  EXPECT_OK(trendflex_bank_size(PERIOD, SYMBOLS, &size));
  void *bank = allocate(size), *streams[SYMBOLS];
  EXPECT_OK(trendflex_bank_init(bank, size, PERIOD, definition, SYMBOLS, nan_policy));
  for (int s = 0; s < SYMBOLS; s++)
    streams[s] = new_stream(PERIOD, definition, nan_policy, &stream_size);

  double *ticks = walk(SYMBOLS * TICKS, 1), *out = doubles(SYMBOLS), *expected = doubles(SYMBOLS);
  for (int t = 0; t < TICKS; t++) {
    const double *prices = ticks + t * SYMBOLS;
    if (t == 900) {
      EXPECT_OK(trendflex_bank_reset(bank, size, 9));
      EXPECT_OK(trendflex_stream_init(streams[9], stream_size, PERIOD, definition, nan_policy));
    }
    for (int s = 0; s < SYMBOLS; s++)
      expected[s] = trendflex_stream_update(streams[s], stream_size, prices[s]);
    EXPECT_OK(trendflex_bank_update(bank, size, prices, SYMBOLS, out));
    EXPECT_SAME(out, expected, SYMBOLS);
  }
  void *stream = allocate(stream_size);
  for (int s = 0; s < SYMBOLS; s++) {
    EXPECT_OK(trendflex_bank_stream(bank, size, s, stream, stream_size));
    expected[s] = trendflex_stream_update(streams[s], stream_size, ticks[s]);
    out[s] = trendflex_stream_update(stream, stream_size, ticks[s]);
  }
  EXPECT_SAME(out, expected, SYMBOLS);
  free(stream);
  for (int s = 0; s < SYMBOLS; s++) free(streams[s]);
  free(bank), free(ticks), free(out), free(expected);
}

static void bank_refuses(void) {
  enum { PERIOD = 1, SYMBOLS = 3 };
  // The head and one group of eight.
  static double block[8 + 8 * (11 + PERIOD)];
  double *const state = block, *const prices = memory, *const out = memory + 8;
  const trendflex_len size = sizeof block;
  trendflex_len *const place = (trendflex_len *)(memory + 20), right = 0;
  fill(memory, COUNT(memory), UNTOUCHED);

  EXPECT_REFUSED(trendflex_bank_size(0, SYMBOLS, NULL), TRENDFLEX_STATUS_NULL_POINTER);
  EXPECT_REFUSED(trendflex_bank_size(0, SYMBOLS, place), TRENDFLEX_STATUS_INVALID_PERIOD);
  EXPECT_REFUSED(trendflex_bank_size(PERIOD, 0, place), TRENDFLEX_STATUS_EMPTY_INPUT);
  for (int i = 0; i < COUNT(TOO_LONG); i++)
    EXPECT_REFUSED(trendflex_bank_size(PERIOD, TOO_LONG[i], place),
                   TRENDFLEX_STATUS_SIZE_OVERFLOW);
  EXPECT_OK(trendflex_bank_size(PERIOD, SYMBOLS, &right));
  EXPECT(right, size);

#define INIT(state, size, nan_policy) \
  trendflex_bank_init(state, size, PERIOD, 0, SYMBOLS, nan_policy)
  EXPECT_REFUSED(INIT(NULL, size, 0), TRENDFLEX_STATUS_NULL_POINTER);
  EXPECT_REFUSED(INIT(misaligned(memory), size, 0), TRENDFLEX_STATUS_MISALIGNED);
  EXPECT_REFUSED(INIT(state, size, 3), TRENDFLEX_STATUS_UNKNOWN_NAN_POLICY);
  EXPECT_REFUSED(INIT(state, size, TRENDFLEX_NAN_POLICY_REJECT),
                 TRENDFLEX_STATUS_UNKNOWN_NAN_POLICY);
  EXPECT_REFUSED(INIT(memory, 64, 0), TRENDFLEX_STATUS_STATE_SIZE);
  EXPECT_REFUSED(INIT(state, size - 8, 0), TRENDFLEX_STATUS_STATE_SIZE);
  EXPECT_REFUSED(INIT(state, size - 1, 0), TRENDFLEX_STATUS_STATE_SIZE);
  EXPECT_REFUSED(INIT(state, 1ull << 63, 0), TRENDFLEX_STATUS_SIZE_OVERFLOW);
#undef INIT

#define UPDATE(state, size, prices, symbols, out) \
  trendflex_bank_update(state, size, prices, symbols, out)
  EXPECT_REFUSED(UPDATE(state, size, prices, SYMBOLS, out), TRENDFLEX_STATUS_CORRUPT_STATE);
  EXPECT_OK(trendflex_bank_init(state, size, PERIOD, 0, SYMBOLS, 0));
  EXPECT_REFUSED(UPDATE(NULL, size, prices, SYMBOLS, out), TRENDFLEX_STATUS_NULL_POINTER);
  EXPECT_REFUSED(UPDATE(state, size, NULL, SYMBOLS, out), TRENDFLEX_STATUS_NULL_POINTER);
  EXPECT_REFUSED(UPDATE(state, size, prices, SYMBOLS, NULL), TRENDFLEX_STATUS_NULL_POINTER);
  EXPECT_REFUSED(UPDATE(state, size, prices, SYMBOLS, prices + 2), TRENDFLEX_STATUS_OVERLAP);
  EXPECT_REFUSED(UPDATE(state, size, prices, SYMBOLS, state + 9), TRENDFLEX_STATUS_OVERLAP);
  EXPECT_REFUSED(UPDATE(state, size, state, SYMBOLS, out), TRENDFLEX_STATUS_OVERLAP);
  EXPECT_REFUSED(UPDATE(state, size, prices, SYMBOLS - 1, out), TRENDFLEX_STATUS_NO_SUCH_SYMBOL);
  EXPECT_REFUSED(UPDATE(state, size, prices, 8, out), TRENDFLEX_STATUS_NO_SUCH_SYMBOL);
  EXPECT_REFUSED(UPDATE(state, size - 8, prices, SYMBOLS, out), TRENDFLEX_STATUS_CORRUPT_STATE);
  EXPECT_REFUSED(UPDATE(state, size - 1, prices, SYMBOLS, out), TRENDFLEX_STATUS_CORRUPT_STATE);
  EXPECT_REFUSED(UPDATE(state, 0, prices, SYMBOLS, out), TRENDFLEX_STATUS_CORRUPT_STATE);
  EXPECT_OK(UPDATE(state, size, prices, SYMBOLS, out));
#undef UPDATE

  const trendflex_len stream_size = 8 * (16 + PERIOD);
  EXPECT_REFUSED(trendflex_bank_stream(NULL, size, 0, out, stream_size),
                 TRENDFLEX_STATUS_NULL_POINTER);
  EXPECT_REFUSED(trendflex_bank_stream(state, size, 0, state + 8, stream_size),
                 TRENDFLEX_STATUS_OVERLAP);
  EXPECT_REFUSED(trendflex_bank_stream(state, size, SYMBOLS, out, stream_size),
                 TRENDFLEX_STATUS_NO_SUCH_SYMBOL);
  EXPECT_REFUSED(trendflex_bank_stream(state, size, ULLONG_MAX, out, stream_size),
                 TRENDFLEX_STATUS_NO_SUCH_SYMBOL);
  EXPECT_REFUSED(trendflex_bank_stream(state, size, 0, out, stream_size + 8),
                 TRENDFLEX_STATUS_STATE_SIZE);
  EXPECT_REFUSED(trendflex_bank_stream(state, size - 8, 0, out, stream_size),
                 TRENDFLEX_STATUS_CORRUPT_STATE);

  EXPECT_REFUSED(trendflex_bank_reset(NULL, size, 0), TRENDFLEX_STATUS_NULL_POINTER);
  EXPECT_REFUSED(trendflex_bank_reset(state, size, SYMBOLS), TRENDFLEX_STATUS_NO_SUCH_SYMBOL);
  EXPECT_REFUSED(trendflex_bank_reset(state, size, ULLONG_MAX), TRENDFLEX_STATUS_NO_SUCH_SYMBOL);
  EXPECT_REFUSED(trendflex_bank_reset(state, size - 8, 0), TRENDFLEX_STATUS_CORRUPT_STATE);
  EXPECT_OK(trendflex_bank_reset(state, size, SYMBOLS - 1));
}

// The CRC-32 of zip and PNG over all but the last word, which gets it.
static void put_crc(unsigned char *bytes, trendflex_len len) {
  unsigned crc = ~0u;
  for (trendflex_len i = 0; i < len - 8; i++) {
    crc ^= bytes[i];
    for (int bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ (0xedb88320u & (0u - (crc & 1)));
  }
  crc = ~crc;
  for (int i = 0; i < 4; i++) bytes[len - 8 + i] = (unsigned char)(crc >> 8 * i);
}

static void snapshots_go_on_to_the_same_bits(void) {
  enum { PERIOD = 5, SYMBOLS = 3 };
  trendflex_len size, bank_size, len, bank_len, loaded, symbols;
  int period, definition, nan_policy;
  double *prices = walk(24, 0), expected[SYMBOLS], out[SYMBOLS];
  void *stream = new_stream(PERIOD, 1, 0, &size);
  EXPECT_OK(trendflex_bank_size(PERIOD, SYMBOLS, &bank_size));
  void *bank = allocate(bank_size);
  EXPECT_OK(trendflex_bank_init(bank, bank_size, PERIOD, 1, SYMBOLS, 1));
  EXPECT_OK(trendflex_stream_update_into(stream, size, prices, 9, NULL));
  for (int t = 0; t < 7; t++)
    EXPECT_OK(trendflex_bank_update(bank, bank_size, prices + 3 * t, SYMBOLS, out));

  EXPECT_OK(trendflex_stream_save_size(PERIOD, &len));
  EXPECT_OK(trendflex_bank_save_size(PERIOD, SYMBOLS, &bank_len));
  // Bytes have no alignment.
  unsigned char *block = (unsigned char *)allocate(len + 1), *bytes = block + 1;
  unsigned char *bank_bytes = (unsigned char *)allocate(bank_len);
  EXPECT_OK(trendflex_stream_save(stream, size, bytes, len));
  EXPECT_OK(trendflex_bank_save(bank, bank_size, bank_bytes, bank_len));
  expected[0] = trendflex_stream_update(stream, size, prices[9]);
  memset(stream, -1, (size_t)size);
  EXPECT_OK(trendflex_stream_load_size(bytes, len, &loaded));
  EXPECT(loaded, size);
  EXPECT_OK(trendflex_stream_load(bytes, len, stream, size));
  out[0] = trendflex_stream_update(stream, size, prices[9]);
  EXPECT_SAME(out, expected, 1);

  EXPECT_OK(trendflex_bank_update(bank, bank_size, prices + 21, SYMBOLS, expected));
  memset(bank, -1, (size_t)bank_size);
  EXPECT_OK(trendflex_bank_load_size(bank_bytes, bank_len, &loaded));
  EXPECT(loaded, bank_size);
  EXPECT_OK(trendflex_bank_load(bank_bytes, bank_len, bank, bank_size));
  EXPECT_OK(trendflex_bank_info(bank, bank_size, &period, &definition, &nan_policy, &symbols));
  EXPECT(period, PERIOD);
  EXPECT(definition, 1);
  EXPECT(nan_policy, 1);
  EXPECT(symbols, SYMBOLS);
  EXPECT_OK(trendflex_bank_update(bank, bank_size, prices + 21, SYMBOLS, out));
  EXPECT_SAME(out, expected, SYMBOLS);

  // What is refused.
  trendflex_len *const place = &loaded;
  EXPECT_STATUS(trendflex_stream_save_size(0, place), TRENDFLEX_STATUS_INVALID_PERIOD);
  EXPECT_STATUS(trendflex_stream_save_size(PERIOD, NULL), TRENDFLEX_STATUS_NULL_POINTER);
  EXPECT_STATUS(trendflex_bank_save_size(PERIOD, 0, place), TRENDFLEX_STATUS_EMPTY_INPUT);
  EXPECT_STATUS(trendflex_bank_save_size(PERIOD, 1ull << 60, place),
                TRENDFLEX_STATUS_SIZE_OVERFLOW);
  EXPECT_STATUS(trendflex_stream_save(stream, size, NULL, len), TRENDFLEX_STATUS_NULL_POINTER);
  EXPECT_STATUS(trendflex_stream_save(stream, size, bytes, len - 1),
                TRENDFLEX_STATUS_OUTPUT_LENGTH);
  EXPECT_STATUS(trendflex_stream_save(stream, size, stream, len), TRENDFLEX_STATUS_OVERLAP);
  EXPECT_STATUS(trendflex_stream_save(stream, size - 8, bytes, len),
                TRENDFLEX_STATUS_CORRUPT_STATE);
  EXPECT_STATUS(trendflex_stream_save(stream, size - 8, bytes, 1ull << 63),
                TRENDFLEX_STATUS_SIZE_OVERFLOW);
  EXPECT_STATUS(trendflex_bank_save(bank, bank_size, bank_bytes, bank_len - 1),
                TRENDFLEX_STATUS_OUTPUT_LENGTH);
  EXPECT_STATUS(trendflex_bank_save(bank, bank_size - 4, bank_bytes, bank_len),
                TRENDFLEX_STATUS_CORRUPT_STATE);
  EXPECT_STATUS(trendflex_bank_info(bank, bank_size, &period, &period, &nan_policy, &symbols),
                TRENDFLEX_STATUS_OVERLAP);
  EXPECT_STATUS(trendflex_bank_info(bank, 8, &period, &definition, &nan_policy, &symbols),
                TRENDFLEX_STATUS_CORRUPT_STATE);
  EXPECT_STATUS(trendflex_stream_load(bytes, len, stream, size + 8), TRENDFLEX_STATUS_STATE_SIZE);
  EXPECT_STATUS(trendflex_stream_load(bytes, len, stream, size - 1), TRENDFLEX_STATUS_STATE_SIZE);
  EXPECT_STATUS(trendflex_stream_load(bytes, len, bytes - 1, size), TRENDFLEX_STATUS_OVERLAP);
  EXPECT_STATUS(trendflex_stream_load(bytes, 1ull << 63, stream, size),
                TRENDFLEX_STATUS_SIZE_OVERFLOW);
  EXPECT_STATUS(trendflex_stream_load(bytes, len - 1, stream, size - 1),
                TRENDFLEX_STATUS_CORRUPT_SNAPSHOT);
  EXPECT_STATUS(trendflex_stream_load(bytes, len, stream, (1ull << 63) + 8),
                TRENDFLEX_STATUS_SIZE_OVERFLOW);
  EXPECT_STATUS(trendflex_bank_load(bytes, len, bank, bank_size),
                TRENDFLEX_STATUS_CORRUPT_SNAPSHOT);
  EXPECT_STATUS(trendflex_stream_load_size(bank_bytes, bank_len, place),
                TRENDFLEX_STATUS_CORRUPT_SNAPSHOT);
  EXPECT_STATUS(trendflex_bank_load_size(bank_bytes, 0, place), TRENDFLEX_STATUS_CORRUPT_SNAPSHOT);
  EXPECT_STATUS(trendflex_bank_load(bank_bytes, bank_len, bank, bank_size - 8),
                TRENDFLEX_STATUS_STATE_SIZE);
  bytes[7] = 9;
  EXPECT_STATUS(trendflex_stream_load(bytes, len, stream, size),
                TRENDFLEX_STATUS_CORRUPT_SNAPSHOT);
  put_crc(bytes, len);
  EXPECT_STATUS(trendflex_stream_load(bytes, len, stream, size),
                TRENDFLEX_STATUS_SNAPSHOT_VERSION);
  free(stream), free(bank), free(block), free(bank_bytes), free(prices);
}

// Whatever a bank holds, a tick computes something or refuses, and keeps to its memory.
static void a_damaged_bank_does_no_harm(void) {
  enum { PERIOD = 3, SYMBOLS = 11 };
  trendflex_len size = 0;
  EXPECT_OK(trendflex_bank_size(PERIOD, SYMBOLS, &size));
  double *sound = (double *)allocate(size), *state = (double *)allocate(size);
  double *ticks = walk(SYMBOLS * 9, 0), *out = doubles(SYMBOLS);
  int accepted = 0, refused = 0;
  EXPECT_OK(trendflex_bank_init(sound, size, PERIOD, 0, SYMBOLS, TRENDFLEX_NAN_POLICY_SKIP));
  for (int t = 0; t < 8; t++)
    EXPECT_OK(trendflex_bank_update(sound, size, ticks + t * SYMBOLS, SYMBOLS, out));
  for (trendflex_len byte = 0; byte < size; byte++) {
    for (int bit = 0; bit <= 8; bit++) {
      memcpy(state, sound, (size_t)size);
      ((unsigned char *)state)[byte] ^= (unsigned char)(bit < 8 ? 1 << bit : 0xff);
      int status = TRENDFLEX_STATUS_OK;
      for (int t = 0; t < 5 && status == TRENDFLEX_STATUS_OK; t++)
        status = trendflex_bank_update(state, size, ticks + t * SYMBOLS, SYMBOLS, out);
      if (status == TRENDFLEX_STATUS_OK) {
        accepted++;
      } else {
        refused++;
        EXPECT(status == TRENDFLEX_STATUS_CORRUPT_STATE ||
               status == TRENDFLEX_STATUS_NO_SUCH_SYMBOL, 1);
      }
    }
  }
  EXPECT(accepted > 0 && refused > 0, 1);
  free(sound), free(state), free(ticks), free(out);
}

int main(void) {
  trendflex_len detail = 0;
  versions();
  messages();
  kernels();
  scan_finds_the_prices();
  scan_refuses();
  single_gives_the_published_values();
  single_refuses_in_order(NULL);
  single_refuses_in_order(&detail);
  batch_refuses_in_order(NULL);
  batch_refuses_in_order(&detail);
  series_refuse();
  lists_and_panels_refuse(NULL);
  lists_and_panels_refuse(&detail);
  batch_rows();
  for (int nan_policy = 0; nan_policy <= TRENDFLEX_NAN_POLICY_REJECT; nan_policy++)
    many_series_give_the_bits_of_single_calls(nan_policy);
  for (int definition = 0; definition <= TRENDFLEX_DEFINITION_EHLERS; definition++) {
    for (int nan_policy = 0; nan_policy <= TRENDFLEX_NAN_POLICY_REJECT; nan_policy++)
      batch_gives_the_bits_of_single_calls(definition, nan_policy);
    for (int nan_policy = 0; nan_policy <= TRENDFLEX_NAN_POLICY_SKIP; nan_policy++) {
      stream_gives_the_bits_of_a_single_call(1, definition, nan_policy);
      stream_gives_the_bits_of_a_single_call(7, definition, nan_policy);
      stream_gives_the_bits_of_a_single_call(300, definition, nan_policy);
      a_bank_gives_the_bits_of_streams(definition, nan_policy);
    }
  }
  stream_size_refuses();
  stream_init_refuses();
  stream_update_into_refuses();
  stream_info_refuses();
  hot_calls_give_nan_for_what_is_no_stream();
  a_damaged_state_does_no_harm();
  bank_refuses();
  a_damaged_bank_does_no_harm();
  snapshots_go_on_to_the_same_bits();

  // C cannot provoke a defect, or memory that has run out.
  seen[TRENDFLEX_STATUS_PANIC] = seen[TRENDFLEX_STATUS_OUT_OF_MEMORY] = 1;
  for (int status = 0; status < STATUSES; status++) EXPECT(seen[status] ? status : -1, status);
  return failures > 0;
}

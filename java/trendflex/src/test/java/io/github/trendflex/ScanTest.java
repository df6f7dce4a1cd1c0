package io.github.trendflex;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ScanTest {
    @Property
    void piecesScanAsTheWhole(
            @ForAll List<Boolean> prices, @ForAll @IntRange(min = 1, max = 9) int pieceLength) {
        Scan scan = Scan.EMPTY;
        for (int from = 0; from < prices.size(); from += pieceLength) {
            scan =
                    scan.then(
                            scan(
                                    prices.subList(
                                            from, Math.min(from + pieceLength, prices.size()))));
        }
        assertEquals(scan(prices), scan);
    }

    private static Scan scan(List<Boolean> prices) {
        int first = prices.contains(true) ? prices.indexOf(true) : prices.size();
        int missing = prices.subList(first, prices.size()).indexOf(false);
        return new Scan(
                prices.size(),
                first,
                prices.stream().filter(price -> price).count(),
                missing < 0 ? prices.size() : first + missing);
    }
}

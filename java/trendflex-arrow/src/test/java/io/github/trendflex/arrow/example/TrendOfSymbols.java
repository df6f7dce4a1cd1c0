package io.github.trendflex.arrow.example;

import io.github.trendflex.TrendFlex;
import io.github.trendflex.arrow.TrendFlexVectors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.types.Types.MinorType;
import org.apache.arrow.vector.types.pojo.FieldType;

/// Computes TrendFlex of each symbol in a table that has rows of several.
public final class TrendOfSymbols {
    private TrendOfSymbols() {}

    /// Returns each row's output. Symbols may be mixed; the rows of one are in the order of time.
    static Float8Vector compute(
            TrendFlex calculator,
            FieldVector symbols,
            Float8Vector prices,
            BufferAllocator allocator) {
        Map<Object, List<Integer>> rowsOfSymbols = new LinkedHashMap<>();
        for (int row = 0; row < symbols.getValueCount(); row++) {
            rowsOfSymbols.computeIfAbsent(symbols.getObject(row), _ -> new ArrayList<>()).add(row);
        }
        List<Integer> rows = rowsOfSymbols.values().stream().flatMap(List::stream).toList();
        try (ListVector series = ListVector.empty("series", allocator)) {
            Float8Vector values =
                    (Float8Vector)
                            series.addOrGetVector(FieldType.nullable(MinorType.FLOAT8.getType()))
                                    .getVector();
            for (int i = 0; i < rows.size(); i++) {
                values.copyFromSafe(rows.get(i), i, prices);
            }
            int count = 0;
            for (List<Integer> ofSymbol : rowsOfSymbols.values()) {
                series.startNewValue(count);
                series.endValue(count, ofSymbol.size());
                count++;
            }
            series.setValueCount(count);
            try (ListVector trends =
                    TrendFlexVectors.compute(calculator, series, "trends", allocator)) {
                Float8Vector trend = new Float8Vector("trend", allocator);
                for (int i = 0; i < rows.size(); i++) {
                    trend.copyFromSafe(i, rows.get(i), trends.getDataVector());
                }
                trend.setValueCount(rows.size());
                return trend;
            }
        }
    }
}

package io.github.trendflex.cli.format;

import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/// The words that stand in the place of a price that is missing, in any case.
public final class MissingWords {
    /// What data vendors and programs write.
    public static final MissingWords USUAL =
            new MissingWords(
                    Set.of("", "nan", "null", "na", "n/a", "#n/a", "none", "nil", ".", "-", "--"));

    private final Set<String> words;
    private final int longest;
    private final boolean digits;

    private MissingWords(Set<String> words) {
        this.words = words;
        longest = words.stream().mapToInt(String::length).max().orElse(0);
        digits = words.stream().anyMatch(MissingWords::beginsWithDigit);
    }

    /// These and more.
    public MissingWords with(Collection<String> more) {
        Set<String> all = new HashSet<>(words);
        more.forEach(word -> all.add(word.strip().toLowerCase(Locale.ROOT)));
        return new MissingWords(all);
    }

    /// Whether a text without blanks around it is one of the words.
    public boolean contain(String text) {
        if (beginsWithDigit(text) && !digits) {
            return false; // which almost all prices are
        }
        String word = text.isEmpty() ? text : CsvField.text(text);
        return word.length() <= longest && words.contains(word.toLowerCase(Locale.ROOT));
    }

    private static boolean beginsWithDigit(String text) {
        return !text.isEmpty() && text.charAt(0) >= '0' && text.charAt(0) <= '9';
    }
}

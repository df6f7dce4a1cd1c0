package io.github.trendflex.cli.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How well the colours of the lines that `plot` draws can be told apart, in CIELAB.
class PlotColorsTest {
    /// As `page.css` has it.
    private static final Color DARK_PAPER = new Color(0x16191D);

    private static final double[][] XYZ = {
        {0.4124564, 0.3575761, 0.1804375},
        {0.2126729, 0.7151522, 0.0721750},
        {0.0193339, 0.1191920, 0.9503041}
    };

    private enum Eyes {
        USUAL,
        PROTANOPIC,
        DEUTERANOPIC,
        TRITANOPIC
    }

    @ParameterizedTest
    @CsvSource({"USUAL, 25", "PROTANOPIC, 15", "DEUTERANOPIC, 12", "TRITANOPIC, 15"})
    void anyTwoOfTheTwelveColoursAreFarApart(Eyes eyes, double distance) {
        assertFarApart(LinePlot.COLORS, eyes, distance);
        assertFarApart(LinePage.DARK_COLORS, eyes, distance);
    }

    private static void assertFarApart(List<Color> colors, Eyes eyes, double distance) {
        assertEquals(12, colors.size());
        for (Color one : colors) {
            for (Color other : colors) {
                assertTrue(
                        one.equals(other) || distance(one, other, eyes) > distance,
                        () -> "%s, %s: %s".formatted(one, other, distance(one, other, eyes)));
            }
        }
        assertEquals(12, colors.stream().distinct().count());
    }

    @Test
    void everyColourIsReadableOnWhite() {
        for (Color color : LinePlot.COLORS) {
            double contrast = 1.05 / (lightOf(color) + 0.05);
            assertTrue(contrast > 2.2, () -> color + ": " + contrast);
        }
    }

    @Test
    void everyDarkColourIsReadableOnADarkPage() {
        for (Color color : LinePage.DARK_COLORS) {
            double contrast = (lightOf(color) + 0.05) / (lightOf(DARK_PAPER) + 0.05);
            assertTrue(contrast > 3.8, () -> color + ": " + contrast);
        }
    }

    private static double lightOf(Color color) {
        return product(XYZ, linear(color))[1];
    }

    @Test
    void distancesAreThoseOfCielab() {
        assertEquals(100, distance(Color.BLACK, Color.WHITE, Eyes.USUAL), 0.01);
        assertEquals(170.6, distance(Color.RED, Color.GREEN, Eyes.USUAL), 0.1);
    }

    private static double distance(Color one, Color other, Eyes eyes) {
        double[] a = lab(product(XYZ, product(seenBy(eyes), linear(one))));
        double[] b = lab(product(XYZ, product(seenBy(eyes), linear(other))));
        return Math.hypot(Math.hypot(a[0] - b[0], a[1] - b[1]), a[2] - b[2]);
    }

    /// What eyes make of linear colours: those without one of the three cones, as Machado, Oliveira
    /// and Fernandes (2009) have it.
    private static double[][] seenBy(Eyes eyes) {
        return switch (eyes) {
            case USUAL -> new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
            case PROTANOPIC ->
                    new double[][] {
                        {0.152286, 1.052583, -0.204868},
                        {0.114503, 0.786281, 0.099216},
                        {-0.003882, -0.048116, 1.051998}
                    };
            case DEUTERANOPIC ->
                    new double[][] {
                        {0.367322, 0.860646, -0.227968},
                        {0.280085, 0.672501, 0.047413},
                        {-0.011820, 0.042940, 0.968881}
                    };
            case TRITANOPIC ->
                    new double[][] {
                        {1.255528, -0.076749, -0.178779},
                        {-0.078411, 0.930809, 0.147602},
                        {0.004733, 0.691367, 0.303900}
                    };
        };
    }

    private static double[] linear(Color color) {
        return Stream.of(color.getRed(), color.getGreen(), color.getBlue())
                .mapToDouble(part -> part / 255.0)
                .map(c -> c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4))
                .toArray();
    }

    private static double[] lab(double... xyz) {
        double x = lightness(xyz[0] / 0.95047);
        double y = lightness(xyz[1]);
        double z = lightness(xyz[2] / 1.08883);
        return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
    }

    private static double lightness(double t) {
        return t > 216.0 / 24389 ? Math.cbrt(t) : (24389.0 / 27 * t + 16) / 116;
    }

    private static double[] product(double[][] matrix, double... vector) {
        return Stream.of(matrix)
                .mapToDouble(row -> row[0] * vector[0] + row[1] * vector[1] + row[2] * vector[2])
                .toArray();
    }
}

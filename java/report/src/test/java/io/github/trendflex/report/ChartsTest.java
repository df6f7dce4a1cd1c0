package io.github.trendflex.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;

class ChartsTest {
    @Test
    void aPictureHasTwoPixelsAPointAndAWhiteGround(@TempDir Path directory) throws IOException {
        XYChart chart = new XYChartBuilder().width(Charts.WIDTH).height(300).build();
        chart.addSeries("line", new double[] {1, 2}, new double[] {3, 4});
        Charts.style(chart.getStyler());
        Path file = directory.resolve("line.png");
        Charts.save(chart, file);

        BufferedImage image = ImageIO.read(file.toFile());
        assertEquals(1800, image.getWidth());
        assertEquals(600, image.getHeight());
        assertEquals(Color.WHITE, new Color(image.getRGB(0, 0)));
    }
}

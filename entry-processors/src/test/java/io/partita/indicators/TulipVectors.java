package io.partita.indicators;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reference outputs in the form of Tulip Indicators' tests: a name with options, then rows of numbers in braces, first inputs and then outputs, and an
 * empty line. Outputs end with the last bar.
 */
record TulipVectors(String place, String name, List<Double> options, List<double[]> rows) {

    static List<TulipVectors> read(Path file) {
        List<TulipVectors> all = new ArrayList<>();
        try (Stream<String> lines = Files.lines(file)) {
            TulipVectors open = null;
            int number = 0;
            for (String line : lines.map(String::strip).toList()) {
                number++;
                if (line.isEmpty()) {
                    open = null;
                } else if (open == null && !line.startsWith("#")) {
                    String[] words = line.split("\\s+");
                    open = new TulipVectors(file.getFileName() + ":" + number, words[0],
                            Arrays.stream(words).skip(1).map(Double::parseDouble).toList(), new ArrayList<>());
                    all.add(open);
                } else if (line.startsWith("{")) {
                    open.rows.add(numbers(line));
                }
            }
            return all;
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static double[] numbers(String line) {
        String inside = line.substring(1, line.lastIndexOf('}')).strip();
        return inside.isEmpty() ? new double[0] : Arrays.stream(inside.split(",")).mapToDouble(Double::parseDouble).toArray();
    }

    /** @param columns what the inputs are, of o, h, l, c, v */
    List<Candle> bars(String columns) {
        List<Candle> bars = new ArrayList<>();
        for (int i = 0; i < rows.getFirst().length; i++) {
            // What the indicator does not ask for is the close, or the first that there is.
            double close = rows.get(Math.max(0, columns.indexOf('c')))[i];
            bars.add(Candle.of(input(columns, 'o', i, close), input(columns, 'h', i, close), input(columns, 'l', i, close), close,
                    input(columns, 'v', i, 0)));
        }
        return bars;
    }

    private double input(String columns, char column, int row, double otherwise) {
        return columns.indexOf(column) < 0 ? otherwise : rows.get(columns.indexOf(column))[row];
    }

    /** @return NaN before the first one */
    double expected(String columns, int output, int bar) {
        double[] outputs = rows.get(columns.length() + output);
        // The chandelier exit has a number too many at its end.
        int place = bar - (rows.getFirst().length - outputs.length) - (name.equals("ce") ? 1 : 0);
        return place < 0 ? Double.NaN : outputs[place];
    }

    int outputs(String columns) {
        return rows.size() - columns.length();
    }
}

package io.partita.member.bench;

import java.util.List;

/**
 * How the time of a run grows with one thing.
 *
 * @param title  what is run, such as {@code delta-gamma}
 * @param axis   what grows, such as {@code scenarios}
 * @param points in order of {@code x}, each above zero
 */
public record Curve(String title, String axis, List<Point> points) {

    /**
     * A measured point.
     *
     * @param x      how much there was of what grows
     * @param millis the median time of a run
     */
    public record Point(double x, double millis) {
    }

    public Curve {
        points = List.copyOf(points);
    }
}

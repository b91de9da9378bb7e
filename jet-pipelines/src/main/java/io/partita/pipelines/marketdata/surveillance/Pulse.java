package io.partita.pipelines.marketdata.surveillance;

import io.partita.trading.Execution;
import java.io.Serial;
import java.io.Serializable;

/** What is usual in a book: the size of trades, and how far the price goes in ten seconds. Not thread-safe. */
final class Pulse implements Serializable {

    @Serial
    private static final long serialVersionUID = 1;

    private static final long STEP = 10 * SurveillanceLimits.SECOND;
    private static final double WEIGHT = 0.02;
    /** A single wild value moves an average by no more than this multiple of it. */
    private static final double WILDEST = 4;

    private double size;
    private int trades;
    private double move;
    private int moves;
    private long lastPrice;
    private long stepPrice;
    private long stepEnds;

    void traded(Execution report) {
        size = toward(size, report.lastQuantity(), trades++);
        if (report.time() >= stepEnds) {
            move = stepPrice == 0 ? 0 : toward(move, Math.abs(report.lastPrice() - stepPrice), moves++);
            stepPrice = report.lastPrice();
            stepEnds = report.time() + STEP;
        }
        lastPrice = report.lastPrice();
    }

    /** The plain average of the first values, and then one that slowly forgets. */
    private static double toward(double average, double value, int before) {
        double counted = before < 1 / WEIGHT ? value : Math.min(value, WILDEST * average);
        return average + Math.max(WEIGHT, 1.0 / (before + 1)) * (counted - average);
    }

    /** Usual quantity of a trade, 0 before the first. */
    double size() {
        return size;
    }

    /** How far the price usually goes in a time, which grows with its root; a tick at least. */
    double move(long nanos) {
        return Math.max(1, move) * Math.sqrt((double) nanos / STEP);
    }

    /** 0 before the first trade. */
    long lastPrice() {
        return lastPrice;
    }
}

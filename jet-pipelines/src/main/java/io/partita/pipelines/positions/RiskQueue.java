package io.partita.pipelines.positions;

import io.partita.positions.book.Portfolio;
import io.partita.positions.book.Portfolio.Level;
import io.partita.positions.live.LiveBook;
import io.partita.positions.live.LivePortfolio.Risk;
import io.partita.positions.live.PriceMovements.Movements;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * Risk of portfolios that were touched, one after another, the one that waits longest first. A portfolio waits once however often it is touched, is calculated again after a
 * pause at the earliest, and a round spends a bounded time: so risk never holds marking up, and when nothing waits, each has the risk of what it holds. Used by one thread.
 */
final class RiskQueue {

    private static final long ROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final long pauseNanos;
    private final Map<String, LinearRisk> byFirm = new HashMap<>();
    private final Map<String, Risk> risks = new HashMap<>();
    private final Map<String, Long> calculated = new HashMap<>();
    private final Set<String> waiting = new LinkedHashSet<>();
    private boolean moved;

    /** @param pauseNanos between two calculations of the risk of one portfolio, at least */
    RiskQueue(long pauseNanos) {
        this.pauseNanos = pauseNanos;
    }

    /** How a firm's products move, in place of what was known of it. */
    void movements(String firm, Movements movements) {
        byFirm.put(firm, new LinearRisk(movements));
        moved = true;
    }

    /** The risk of a portfolio as it was calculated last. */
    Risk of(String code) {
        return risks.getOrDefault(code, Risk.NONE);
    }

    /**
     * Calculates what is due.
     *
     * @param touched codes of portfolios that may be no more
     * @param now     of a clock that only ever goes on
     * @param moment  nanoseconds since 1970
     * @return the codes of portfolios that have another risk now
     */
    Set<String> refresh(Set<String> touched, LiveBook book, long now, long moment) {
        waiting.addAll(touched);
        if (moved) {
            book.hierarchy().all().forEach(portfolio -> waiting.add(portfolio.code()));
            moved = false;
        }
        Set<String> fresh = new TreeSet<>();
        long began = System.nanoTime();
        for (Iterator<String> each = waiting.iterator(); each.hasNext() && System.nanoTime() - began < ROUND_NANOS;) {
            String code = each.next();
            Portfolio portfolio = book.find(code).orElse(null);
            Portfolio firm = portfolio;
            while (firm != null && firm.level() != Level.FIRM) {
                firm = book.find(firm.parent()).orElse(null);
            }
            LinearRisk model = firm == null ? null : byFirm.get(firm.code());
            if (portfolio == null || model == null) {
                risks.remove(code);
                calculated.remove(code);
                each.remove();
            } else if (now - calculated.getOrDefault(code, now - pauseNanos) >= pauseNanos) {
                risks.put(code, model.of(book.worths(code), portfolio.base(), moment));
                calculated.put(code, now);
                fresh.add(code);
                each.remove();
            }
        }
        return fresh;
    }
}

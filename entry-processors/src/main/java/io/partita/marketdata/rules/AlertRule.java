package io.partita.marketdata.rules;

import io.partita.marketdata.anomaly.Severity;
import io.partita.marketdata.bars.BarSize;
import java.util.Set;

/**
 * A condition that people want to hear of. Immutable.
 *
 * @param name        what it is called by; never 0 characters
 * @param version     another with each change, and higher than any before
 * @param condition   in CEL; docs/anomalies.md has the words
 * @param size        of the bars that it is judged on, or in which the anomalies were found
 * @param instruments empty for all
 * @param severity    of its alerts
 * @param enabled     false for one that is kept and not judged
 */
public record AlertRule(String name, long version, String condition, BarSize size, Set<Long> instruments, Severity severity, boolean enabled) {

    public AlertRule {
        instruments = Set.copyOf(instruments);
    }

    /** Whether it is about an instrument; 0 stands for the market as a whole. */
    public boolean covers(long instrument) {
        return instruments.isEmpty() || instruments.contains(instrument);
    }
}

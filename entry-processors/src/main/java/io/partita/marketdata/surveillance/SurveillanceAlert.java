package io.partita.marketdata.surveillance;

import io.partita.marketdata.Retold;
import java.io.Serial;
import java.io.Serializable;
import java.util.List;

/**
 * What looks like one of the practices. When it goes on, the alert comes again with the same {@link #id}, more cycles and a later end.
 *
 * @param owner       whom the accounts belong to
 * @param from        of the first report concerned, in nanoseconds since 1970
 * @param to          of the last one
 * @param score       how many times the limit was reached, 1 at least
 * @param cycles      how often it was seen
 * @param evidence    the latest reports that it rests on, in order, {@value Evidence#MOST} at most
 * @param explanation a sentence for people
 */
public record SurveillanceAlert(long instrument, Practice practice, long owner, long from, long to, double score, int cycles,
                                List<Evidence> evidence, String explanation) implements Serializable, Retold<SurveillanceAlert> {

    @Serial
    private static final long serialVersionUID = 1;

    public SurveillanceAlert {
        evidence = List.copyOf(evidence.subList(Math.max(0, evidence.size() - Evidence.MOST), evidence.size()));
    }

    public String id() {
        return instrument + "-" + practice + "-" + owner + "-" + from;
    }

    @Override
    public boolean replaces(SurveillanceAlert other) {
        return to > other.to || to == other.to && cycles >= other.cycles;
    }
}

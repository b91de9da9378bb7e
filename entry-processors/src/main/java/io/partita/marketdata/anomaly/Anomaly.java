package io.partita.marketdata.anomaly;

import java.io.Serial;
import java.io.Serializable;
import java.util.List;

/**
 * Something unusual, as known now. What is found out later about the same thing has the same {@link #id}, so that writing it to a map twice
 * changes nothing and a better opinion takes the place of an earlier one.
 *
 * @param instrument   0 for the market as a whole
 * @param from         end of the first bar concerned, in nanoseconds since 1970
 * @param to           end of the last bar concerned
 * @param detected     end of the bar by which this was known
 * @param score        in the unit of the kind
 * @param attributions the feature with the largest share first; none where it is not about features
 * @param explanation  a sentence for people
 * @param bars         in how many bars it was seen
 */
public record Anomaly(long instrument, AnomalyKind kind, Severity severity, long from, long to, long detected, double score,
                      List<Attribution> attributions, String explanation, int bars) implements Serializable {

    @Serial
    private static final long serialVersionUID = 1;

    public Anomaly {
        attributions = List.copyOf(attributions);
        if (from > to || to > detected || bars < 1) {
            throw new IllegalArgumentException("an anomaly is over before it is known, and seen in a bar at least");
        }
    }

    /** The same for every opinion about the same thing. */
    public String id() {
        return instrument + "-" + kind.family() + "-" + from;
    }

    /** This and what came of it later. A later opinion about the same thing stands; of the same kind again, the graver and stronger one. */
    public Anomaly and(Anomaly later) {
        boolean revised = later.from == from;
        Severity known = revised || later.kind != kind ? later.severity : severity.or(later.severity);
        Anomaly said = later.kind != kind || later.severity != severity || later.score >= score ? later : this;
        return new Anomaly(instrument, later.kind, known, from, Math.max(to, later.to), later.detected, said.score, said.attributions,
                said.explanation, revised ? Math.max(bars, later.bars) : bars + later.bars);
    }
}

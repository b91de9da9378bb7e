package io.partita.pipelines.marketdata.anomaly;

import io.partita.marketdata.anomaly.Anomaly;
import io.partita.marketdata.anomaly.AnomalyKind;
import io.partita.marketdata.anomaly.Feature;
import io.partita.marketdata.anomaly.Observation;
import io.partita.marketdata.anomaly.Severity;
import io.partita.marketdata.anomaly.Thresholds;
import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at the bars of one instrument, in the order of their time. Says nothing before it has seen enough. Can be serialized between any two bars;
 * what is read back goes on with the same windows and sums, and a forest with the same trees. Not thread-safe.
 */
public final class InstrumentDetector implements Serializable {

    @Serial
    private static final long serialVersionUID = 1;

    /** Numbers of a profile. */
    public static final int PROFILE = Feature.values().length;

    private static final double FARTHEST = 3;

    private final Baselines baselines;
    private final List<Check> checks;
    private float[] profile = new float[PROFILE];

    /**
     * @param window   how many bars what is usual is taken from
     * @param warmUp   how many bars must have been seen before anything but a wrong quote or a frozen feed is an anomaly
     * @param patterns false to do without the forest, which takes most of the time
     * @param seed     of the forest's choices
     */
    public record Settings(int window, int warmUp, boolean patterns, long seed) implements Serializable {

        @Serial
        private static final long serialVersionUID = 1;

        /** A hundred bars, forty to begin with. */
        public static final Settings STANDARD = new Settings(100, 40, true, 1);

        public Settings {
            if (warmUp < 2 || window < warmUp) {
                throw new IllegalArgumentException("a window holds what is needed to begin with, two bars at least");
            }
        }

        public Settings withoutPatterns() {
            return new Settings(window, warmUp, false, seed);
        }
    }

    public InstrumentDetector(Settings settings) {
        baselines = new Baselines(settings.window, settings.warmUp);
        checks = new ArrayList<>(List.of(new QuoteCheck(), new FrozenCheck(), new PriceCheck(), new VolatilityCheck(),
                new LevelCheck(Feature.VOLUME, AnomalyKind.VOLUME_SURGE, Severity.INFO),
                new LevelCheck(Feature.SPREAD, AnomalyKind.WIDE_SPREAD, Severity.WARNING), new FlowCheck(), new DivergenceCheck()));
        if (settings.patterns) {
            checks.add(new PatternCheck(settings.warmUp, settings.seed));
        }
    }

    /** What is unusual in a bar, or is known with it of those before. */
    public List<Anomaly> accept(Observation bar, MarketContext market, Thresholds thresholds) {
        Reading reading = baselines.read(bar, market);
        List<Anomaly> found = new ArrayList<>();
        profile = profile(reading);
        checks.forEach(check -> check.look(reading, thresholds, found::add));
        if (FrozenCheck.frozen(reading)) {
            // A bar that says nothing new teaches nothing.
            baselines.pass(bar);
        } else {
            baselines.learn(reading);
        }
        return found;
    }

    /**
     * What the last bar was like, in numbers that can be compared between instruments and times: by feature, the inverse hyperbolic sine of
     * deviations, which is the deviation near 0 and its logarithm far away; 0 for what is not known.
     */
    public float[] profile() {
        return profile.clone();
    }

    private static float[] profile(Reading reading) {
        float[] profile = new float[PROFILE];
        for (int i = 0; i < PROFILE; i++) {
            double deviation = reading.deviations()[i];
            double damped = Math.log(Math.abs(deviation) + Math.sqrt(deviation * deviation + 1));
            profile[i] = Double.isNaN(deviation) ? 0 : (float) Math.copySign(Math.min(FARTHEST, damped), deviation);
        }
        return profile;
    }
}

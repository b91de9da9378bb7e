package io.partita.pipelines.marketdata.anomaly;

import com.amazon.randomcutforest.RandomCutForest;
import com.amazon.randomcutforest.returntypes.DiVector;
import com.amazon.randomcutforest.state.RandomCutForestMapper;
import com.amazon.randomcutforest.state.RandomCutForestState;
import io.partita.marketdata.anomaly.Anomaly;
import io.partita.marketdata.anomaly.AnomalyKind;
import io.partita.marketdata.anomaly.Attribution;
import io.partita.marketdata.anomaly.Feature;
import io.partita.marketdata.anomaly.Severity;
import io.partita.marketdata.anomaly.Thresholds;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Combinations that are rare although each part alone may not be: a random cut forest (Guha, Mishra, Roy and Schrijvers, 2016) over the
 * deviations of all features of a bar. Its score is compared with the scores before, since what is high differs between instruments; the parts
 * of the score that cuts in each feature make are the attribution.
 */
final class PatternCheck implements Check {

    @Serial
    private static final long serialVersionUID = 1;

    private static final int DIMENSIONS = Feature.values().length;
    private static final int TREES = 40;
    private static final int SAMPLE = 256;
    /** Beyond so many deviations all is equally far, for the forest: the next value is not hidden in a wild one's shadow. */
    private static final double FARTHEST = 12;

    private final RobustWindow scores = new RobustWindow(SAMPLE);
    private final int warmUp;
    private transient RandomCutForest forest;

    PatternCheck(int warmUp, long seed) {
        this.warmUp = warmUp;
        this.forest = RandomCutForest.builder().dimensions(DIMENSIONS).numberOfTrees(TREES).sampleSize(SAMPLE).randomSeed(seed)
                .outputAfter(warmUp).build();
    }

    @Override
    public void look(Reading reading, Thresholds thresholds, Consumer<Anomaly> found) {
        if (Double.isNaN(reading.deviation(Feature.PRICE))) {
            return;
        }
        float[] point = point(reading);
        if (forest.isOutputReady()) {
            double score = forest.getAnomalyScore(point);
            double deviation = (score - scores.median()) / Math.max(scores.scale(), 0.02);
            if (scores.count() >= warmUp && deviation >= thresholds.of(AnomalyKind.UNUSUAL_PATTERN)) {
                found.accept(anomaly(reading, point, deviation));
            }
            scores.add(score);
        }
        forest.update(point);
    }

    private static float[] point(Reading reading) {
        float[] point = new float[DIMENSIONS];
        for (int i = 0; i < DIMENSIONS; i++) {
            double deviation = reading.deviations()[i];
            point[i] = Double.isNaN(deviation) ? 0 : (float) Math.clamp(deviation, -FARTHEST, FARTHEST);
        }
        return point;
    }

    private Anomaly anomaly(Reading reading, float[] point, double deviation) {
        DiVector parts = forest.getAnomalyAttribution(point);
        double[] weights = new double[DIMENSIONS];
        for (int i = 0; i < DIMENSIONS; i++) {
            weights[i] = parts.getHighLowSum(i);
        }
        List<Attribution> attributions = reading.attributions(weights);
        Attribution first = attributions.getFirst();
        return reading.anomaly(AnomalyKind.UNUSUAL_PATTERN, Severity.INFO, reading.time(), deviation, attributions,
                String.format(Locale.ROOT, "The features together are unlike those before; %.0f%% of it is %s, %.1f deviations from the usual.",
                        100 * first.share(), first.feature().label(), first.deviation()));
    }

    @Serial
    private void writeObject(ObjectOutputStream out) throws IOException {
        out.defaultWriteObject();
        out.writeObject(mapper().toState(forest));
    }

    @Serial
    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        forest = mapper().toModel((RandomCutForestState) in.readObject());
    }

    private static RandomCutForestMapper mapper() {
        RandomCutForestMapper mapper = new RandomCutForestMapper();
        mapper.setSaveTreeStateEnabled(true);
        mapper.setSaveExecutorContextEnabled(true);
        return mapper;
    }
}

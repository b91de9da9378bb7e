package io.partita.marketdata.anomaly;

import java.io.Serial;
import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What followed similar episodes, in a few numbers: medians in which the more alike ones weigh more. It says what was, never what will be.
 *
 * @param episodes how many
 * @param soon     logarithmic return after one bar
 * @param week     after five bars
 * @param month    after twenty bars
 * @param rose     the part of all weights after which the price was higher after twenty bars
 */
public record Outlook(int episodes, double soon, double week, double month, double rose) implements Serializable {

    @Serial
    private static final long serialVersionUID = 1;

    /** Nothing where there are no episodes. */
    public static Optional<Outlook> of(List<SimilarEpisode> episodes) {
        if (episodes.isEmpty()) {
            return Optional.empty();
        }
        double all = episodes.stream().mapToDouble(SimilarEpisode::similarity).sum();
        double rose = episodes.stream().filter(episode -> episode.followed().month() > 0).mapToDouble(SimilarEpisode::similarity).sum() / all;
        return Optional.of(new Outlook(episodes.size(), median(episodes, Aftermath::soon), median(episodes, Aftermath::week),
                median(episodes, Aftermath::month), rose));
    }

    /** The lowest value up to which half of all weights lie. */
    private static double median(List<SimilarEpisode> episodes, ToDoubleFunction<Aftermath> part) {
        List<SimilarEpisode> sorted = episodes.stream().sorted(Comparator.comparingDouble(episode -> part.applyAsDouble(episode.followed()))).toList();
        double half = sorted.stream().mapToDouble(SimilarEpisode::similarity).sum() / 2;
        double sum = 0;
        for (SimilarEpisode episode : sorted) {
            sum += episode.similarity();
            if (sum >= half) {
                return part.applyAsDouble(episode.followed());
            }
        }
        return part.applyAsDouble(sorted.getLast().followed());
    }
}

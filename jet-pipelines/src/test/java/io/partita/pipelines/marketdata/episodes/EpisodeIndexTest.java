package io.partita.pipelines.marketdata.episodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.partita.marketdata.anomaly.Aftermath;
import io.partita.marketdata.anomaly.Observation;
import io.partita.marketdata.anomaly.SimilarEpisode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.junit.jupiter.api.Test;

class EpisodeIndexTest {

    private static final int BARS = 10;
    private static final int PROFILE = 5;
    private final SplittableRandom chance = new SplittableRandom(1);

    private record Series(List<Observation> bars, List<float[]> profiles, List<EpisodeWindow> windows, List<Episode> episodes) {
    }

    private Series series(long instrument, int length) {
        EpisodeRecorder recorder = new EpisodeRecorder(instrument, BARS, 1);
        Series series = new Series(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        double price = 100_000;
        for (int i = 1; i <= length; i++) {
            price *= Math.exp(0.01 * chance.nextGaussian());
            long close = Math.round(price);
            Observation bar = Observation.bar(instrument, i, close, close, close, close, 1);
            float[] profile = new float[PROFILE];
            for (int j = 0; j < PROFILE; j++) {
                profile[j] = (float) chance.nextGaussian();
            }
            series.bars.add(bar);
            series.profiles.add(profile);
            recorder.accept(bar, profile).ifPresent(series.episodes::add);
            recorder.window().ifPresent(series.windows::add);
        }
        return series;
    }

    @Test
    void a_recorder_tells_each_window_once_it_is_known_what_followed() {
        Series series = series(1, 100);
        assertThat(series.windows).hasSize(91);
        assertThat(series.episodes).hasSize(100 - BARS - Aftermath.BARS + 1);
        for (int i = 0; i < series.episodes.size(); i++) {
            Episode episode = series.episodes.get(i);
            int last = i + BARS - 1;
            assertThat(episode.window().from()).isEqualTo(i + 1);
            assertThat(episode.window().to()).isEqualTo(last + 1);
            assertThat(episode.known()).isEqualTo(last + 1 + Aftermath.BARS);
            assertThat(episode.window().vector()[0]).isEqualTo(series.profiles.get(i)[0]);
            assertThat(episode.window().vector()[BARS * PROFILE - 1]).isEqualTo(series.profiles.get(last)[PROFILE - 1]);
            double close = series.bars.get(last).close();
            assertThat(episode.followed().soon()).isCloseTo(Math.log(series.bars.get(last + 1).close() / close), within(1e-12));
            assertThat(episode.followed().week()).isCloseTo(Math.log(series.bars.get(last + 5).close() / close), within(1e-12));
            assertThat(episode.followed().month()).isCloseTo(Math.log(series.bars.get(last + 20).close() / close), within(1e-12));
            double lowest = series.bars.subList(last + 1, last + 21).stream().mapToDouble(bar -> Math.log(bar.close() / close)).min().orElseThrow();
            assertThat(episode.followed().lowest()).isCloseTo(Math.min(0, lowest), within(1e-12));
            assertThat(episode.followed().volatility()).isBetween(0.003, 0.03);
        }
    }

    @Test
    void what_is_found_is_nearly_always_what_comparing_with_all_finds() {
        List<Episode> all = new ArrayList<>();
        List<EpisodeWindow> asked = new ArrayList<>();
        try (EpisodeIndex index = new EpisodeIndex(new ByteBuffersDirectory())) {
            for (long instrument = 1; instrument <= 5; instrument++) {
                Series series = series(instrument, 220);
                all.addAll(series.episodes);
                asked.addAll(series.windows.subList(200, 205));
            }
            index.add(all);
            index.refresh();
            assertThat(index.size()).isEqualTo(all.size());
            int right = 0;
            int expected = 0;
            for (EpisodeWindow window : asked) {
                List<SimilarEpisode> found = index.similar(window, 5);
                List<Episode> exact = exact(all, window);
                assertThat(found).isSortedAccordingTo(Comparator.comparing(SimilarEpisode::similarity).reversed()).hasSize(5);
                for (Episode episode : exact) {
                    expected++;
                    right += found.stream().anyMatch(similar -> similar.instrument() == episode.window().instrument()
                            && similar.to() == episode.window().to() && similar.followed().equals(episode.followed())
                            && Math.abs(similar.similarity() - similarity(window, episode)) < 1e-3) ? 1 : 0;
                }
            }
            assertThat((double) right / expected).isGreaterThanOrEqualTo(0.95);
        }
    }

    /** The plainest way: all that were known then, the most alike first, none that overlaps one before it. */
    private static List<Episode> exact(List<Episode> all, EpisodeWindow window) {
        List<Episode> best = new ArrayList<>();
        all.stream().filter(episode -> episode.known() <= window.to())
                .sorted(Comparator.comparingDouble((Episode episode) -> similarity(window, episode)).reversed())
                .filter(episode -> !window.overlaps(episode.window().instrument(), episode.window().from(), episode.window().to()))
                .forEach(episode -> {
                    if (best.size() < 5 && best.stream().noneMatch(other -> other.window().overlaps(episode.window().instrument(),
                            episode.window().from(), episode.window().to()))) {
                        best.add(episode);
                    }
                });
        return best;
    }

    private static double similarity(EpisodeWindow window, Episode episode) {
        double squares = 0;
        for (int i = 0; i < window.vector().length; i++) {
            double apart = window.vector()[i] - episode.window().vector()[i];
            squares += apart * apart;
        }
        return 1 / (1 + squares / window.vector().length);
    }

    @Test
    void nothing_looks_into_the_future_and_a_repeat_changes_nothing() {
        Series series = series(1, 200);
        try (EpisodeIndex index = new EpisodeIndex(new ByteBuffersDirectory())) {
            index.add(series.episodes);
            index.add(series.episodes);
            index.refresh();
            assertThat(index.size()).isEqualTo(series.episodes.size());
            for (EpisodeWindow window : series.windows) {
                assertThat(index.similar(window, 3)).allSatisfy(similar -> {
                    assertThat(similar.to() + Aftermath.BARS).isLessThanOrEqualTo(window.to());
                    assertThat(similar.similarity()).isBetween(0.0, 1.0);
                });
            }
            assertThat(index.similar(series.windows.getFirst(), 3)).isEmpty();
        }
    }

    @Test
    void the_same_window_of_another_time_is_as_alike_as_can_be() {
        Series series = series(1, 100);
        EpisodeWindow first = series.episodes.getFirst().window();
        try (EpisodeIndex index = new EpisodeIndex(new ByteBuffersDirectory())) {
            index.add(series.episodes);
            index.refresh();
            List<SimilarEpisode> found = index.similar(new EpisodeWindow(2, 900, 909, first.vector()), 1);
            assertThat(found).hasSize(1);
            assertThat(found.getFirst().similarity()).isCloseTo(1, within(1e-6));
            assertThat(found.getFirst().from()).isEqualTo(first.from());
        }
    }
}

package io.partita.member.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.partita.member.status.Promise.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ServiceLevelsTest {

    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final AtomicReference<Tally> counts = new AtomicReference<>(Tally.NONE);
    private final ServiceLevels levels = new ServiceLevels(List.of(new Promise("answers", "", 0.99, counts::get)), now::get);

    @Test
    void nothing_asked_is_nothing_to_judge() {
        ServiceLevels.Level level = level();
        assertThat(level.hour()).isEqualTo(new ServiceLevels.Window(START, 0, 0, null, null, null));
        assertThat(level.burning()).isFalse();
    }

    @Test
    void what_failed_is_taken_from_the_budget() {
        counts.set(new Tally(1_000, 4));

        ServiceLevels.Window day = level().day();
        assertThat(day.achieved()).isEqualTo(0.996);
        assertThat(day.budgetLeft()).isCloseTo(0.6, within(1e-9));
        assertThat(day.burnRate()).isCloseTo(0.4, within(1e-9));
    }

    @Test
    void an_hour_and_a_day_forget_what_was_before() {
        counts.set(new Tally(100, 50));
        pass(Duration.ofHours(2));
        counts.set(new Tally(1_100, 51));

        assertThat(level().hour()).extracting(ServiceLevels.Window::total, ServiceLevels.Window::bad).containsExactly(1_000L, 1L);
        assertThat(level().day()).extracting(ServiceLevels.Window::total, ServiceLevels.Window::bad).containsExactly(1_100L, 51L);
        assertThat(level().day().budgetLeft()).isNegative();

        pass(Duration.ofHours(24).plusMinutes(1));
        assertThat(level().day()).extracting(ServiceLevels.Window::total, ServiceLevels.Window::since).containsExactly(0L, now.get().minus(Duration.ofDays(1)));
    }

    @Test
    void a_budget_that_would_be_gone_within_two_hours_burns() {
        counts.set(new Tally(100, 12));
        assertThat(level().burning()).as("twelve times as fast").isFalse();
        counts.set(new Tally(100, 13));
        assertThat(level().burning()).isTrue();
    }

    @Test
    void whoever_promises_everything_has_no_budget() {
        assertThatThrownBy(() -> new Promise("all", "", 1, () -> Tally.NONE)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void promises_are_counted_by_the_meters_that_there_are() {
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        AtomicBoolean serving = new AtomicBoolean(true);
        Promises promises = new Promises(meters, serving::get);
        request(meters, "/api/v1/transfers", "201", 10);
        request(meters, "/api/v1/transfers", "503", 300);
        request(meters, "/health/ready", "503", 300);
        Counter.builder("partita.ledger.results").tag("code", "BOOKED").register(meters).increment(7);
        Counter.builder("partita.ledger.results").tag("code", "INSUFFICIENT_FUNDS").register(meters).increment(2);
        Counter.builder("partita.ledger.results").tag("code", "STORE_UNAVAILABLE").register(meters).increment();
        Timer commit = Timer.builder("partita.ledger.commit").serviceLevelObjectives(Promises.COMMIT).register(meters);
        List.of(3, 99, 101, 2_000).forEach(millis -> commit.record(Duration.ofMillis(millis)));
        promises.look();
        serving.set(false);
        promises.look();

        assertThat(promises.all()).extracting(Promise::name, promise -> promise.tally().get()).containsExactly(
                tuple("serving", new Tally(2, 1)), tuple("requests", new Tally(2, 1)),
                tuple("latency", new Tally(2, 1)), tuple("commands", new Tally(10, 1)),
                tuple("commits", new Tally(4, 2)));
    }

    private static void request(PrometheusMeterRegistry meters, String uri, String status, int millis) {
        Timer.builder("http.server.requests").tag("uri", uri).tag("status", status).serviceLevelObjectives(Promises.QUICK).register(meters).record(Duration.ofMillis(millis));
    }

    private void pass(Duration time) {
        Instant end = now.get().plus(time);
        while (now.get().isBefore(end)) {
            now.set(now.get().plus(Duration.ofMinutes(1)));
            levels.look();
        }
    }

    private ServiceLevels.Level level() {
        return levels.levels().getFirst();
    }
}

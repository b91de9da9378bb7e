package io.partita.member.risk;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.member.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RiskRunsTest {

    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final Instant NOW = Instant.parse("2026-01-05T09:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final RiskRuns runs = new RiskRuns(Jdbi.create(DATABASE.dataSource()));

    @BeforeAll
    static void one_side_is_in_the_view() {
        Jdbi.create(DATABASE.dataSource()).useHandle(handle -> handle.execute("insert into ledger_view (term, members, lease_until) values (1, '{in}', now())"));
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void one_begins_however_many_try_and_nobody_before_it_is_due_again() throws InterruptedException {
        AtomicInteger began = new AtomicInteger();
        for (int due = 0; due < 3; due++) {
            Instant now = NOW.plus(MINUTE.multipliedBy(due));
            List<Thread> members = IntStream.range(0, 6).mapToObj(_ -> Thread.ofPlatform().start(() -> began.addAndGet(runs.begin("in", "limits", now, MINUTE) ? 1 : 0))).toList();
            for (Thread member : members) {
                member.join();
            }
            assertThat(began).hasValue(due + 1);
            assertThat(runs.begin("in", "limits", now.plus(MINUTE).minusMillis(1), MINUTE)).isFalse();
        }
        assertThat(runs.begin("in", "margin", NOW, MINUTE)).as("something else").isTrue();
    }

    @Test
    void who_is_not_in_the_view_begins_nothing() {
        assertThat(runs.begin("out", "split", NOW, MINUTE)).isFalse();
        assertThat(runs.begin("in", "split", NOW, MINUTE)).isTrue();
    }

    @Test
    void a_clock_that_was_far_ahead_keeps_nobody_waiting() {
        assertThat(runs.begin("in", "ahead", NOW.plusSeconds(3_600), MINUTE)).isTrue();
        assertThat(runs.begin("in", "ahead", NOW, MINUTE)).isTrue();
        assertThat(runs.begin("in", "ahead", NOW, MINUTE)).isFalse();
    }
}

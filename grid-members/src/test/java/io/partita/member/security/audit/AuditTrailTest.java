package io.partita.member.security.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.partita.member.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuditTrailTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00.123456789Z");
    private static final long ALL = 1_000_000;

    private final TestDatabase database = TestDatabase.fresh();
    private final Jdbi jdbi = Jdbi.create(database.dataSource());
    private final AuditTable table = new AuditTable(jdbi);

    @AfterEach
    void close() {
        database.close();
    }

    private AuditTrail trail(int capacity) {
        return new AuditTrail(jdbi, "127.0.0.1:5701", InstantSource.fixed(NOW), capacity, new SimpleMeterRegistry());
    }

    private static AuditEvent event(String subject) {
        return new AuditEvent(NOW, "127.0.0.1:5701", "alice", "k1", "127.0.0.1", "POST", "/api/v1/x/{id}", subject, 200, null, "c-" + subject);
    }

    private List<AuditTable.Row> rows() {
        return table.page(new AuditTable.Filter(null, null, null, null, null, Long.MAX_VALUE), 500).reversed();
    }

    private static List<String> told(List<AuditTable.Row> rows) {
        return rows.stream().map(row -> row.event().method().equals("MEMBER") ? row.event().path() + row.event().subject() : row.event().subject()).toList();
    }

    @Test
    void events_are_written_in_order_between_the_beginning_and_the_end_of_a_member() {
        try (AuditTrail trail = trail(100)) {
            for (int i = 0; i < 50; i++) {
                assertThat(trail.take()).isTrue();
                trail.put(event("" + i));
            }
        }
        List<String> told = told(rows());
        assertThat(told.getFirst()).isEqualTo(AuditTrail.BEGAN);
        assertThat(told.getLast()).isEqualTo(AuditTrail.ENDED);
        assertThat(told.subList(1, 51)).isEqualTo(IntStream.range(0, 50).mapToObj(Integer::toString).toList());
        assertThat(table.verify(1, ALL).brokenAt()).isZero();
    }

    @Test
    void several_members_write_one_chain() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(4);
        for (int member = 0; member < 4; member++) {
            String name = "m" + member + ".";
            Thread.ofVirtual().start(() -> {
                try (AuditTrail trail = trail(100)) {
                    for (int i = 0; i < 40; i++) {
                        trail.take();
                        trail.put(event(name + i));
                    }
                }
                done.countDown();
            });
        }
        done.await();
        assertThat(told(rows())).filteredOn(subject -> subject.startsWith("m")).doesNotHaveDuplicates().filteredOn(subject -> subject.contains(".")).hasSize(160);
        AuditTable.Verified verified = table.verify(1, ALL);
        assertThat(verified.brokenAt()).isZero();
        assertThat(verified.events()).isEqualTo(168);
        // In parts it is the same.
        assertThat(table.verify(101, ALL)).isEqualTo(new AuditTable.Verified(101, 168, 68, 0, verified.hash()));
    }

    @Test
    void what_is_changed_taken_away_or_cut_off_is_found_where_it_is() {
        table.append(IntStream.range(0, 20).mapToObj(i -> event("" + i)).toList());
        assertThatThrownBy(() -> jdbi.useHandle(handle -> handle.execute("update audit_event set who = 'bob' where sequence = 7"))).hasMessageContaining("neither changed nor taken away");
        assertThatThrownBy(() -> jdbi.useHandle(handle -> handle.execute("truncate audit_event"))).hasMessageContaining("neither changed nor taken away");
        jdbi.useHandle(handle -> {
            // Whoever owns the table can do that.
            handle.execute("alter table audit_event disable trigger audit_stays");
            handle.execute("update audit_event set who = 'bob' where sequence = 7");
        });
        assertThat(table.verify(1, ALL).brokenAt()).isEqualTo(7);
        assertThat(table.verify(8, ALL).brokenAt()).isZero();
        jdbi.useHandle(handle -> handle.execute("update audit_event set who = 'alice' where sequence = 7"));
        assertThat(table.verify(1, ALL).brokenAt()).isZero();
        jdbi.useHandle(handle -> handle.execute("delete from audit_event where sequence = 20"));
        assertThat(table.verify(1, ALL).brokenAt()).isEqualTo(20);
        jdbi.useHandle(handle -> handle.execute("delete from audit_event where sequence = 12"));
        assertThat(table.verify(1, ALL).brokenAt()).isEqualTo(12);
    }

    @Test
    void while_the_database_is_away_there_is_room_for_so_many_and_what_finds_none_is_counted() {
        try (AuditTrail trail = trail(10)) {
            await().atMost(Duration.ofSeconds(10)).until(() -> rows().size() == 1);
            database.takeAway();
            for (int i = 0; i < 10; i++) {
                assertThat(trail.take()).as("place %d", i).isTrue();
                trail.put(event("" + i));
            }
            assertThat(trail.take()).isFalse();
            trail.note(event("missed"));
            trail.note(event("missed"));
            database.giveBack();
            await().atMost(Duration.ofSeconds(30)).until(trail::take);
            trail.put(event("after"));
        }
        assertThat(told(rows())).containsAll(IntStream.range(0, 10).mapToObj(Integer::toString).toList()).contains(AuditTrail.MISSED + "2", "after").doesNotContain("missed");
        assertThat(table.verify(1, ALL).brokenAt()).isZero();
    }

    @Test
    void a_member_that_fell_says_so_when_it_begins_again() {
        table.append(List.of(new AuditEvent(NOW, "127.0.0.1:5701", "127.0.0.1:5701", null, "", "MEMBER", AuditTrail.BEGAN, "", 0, null, "")));
        trail(10).close();
        trail(10).close();
        assertThat(told(rows())).containsExactly(AuditTrail.BEGAN, AuditTrail.BEGAN_AFTER_A_FALL, AuditTrail.ENDED, AuditTrail.BEGAN, AuditTrail.ENDED);
    }

    @Test
    void nobody_can_make_an_event_that_cannot_be_kept() {
        table.append(List.of(new AuditEvent(NOW, "m", "a\0b", "s".repeat(5_000), "", "POST", "/x", "\0\ud800" + "x".repeat(197) + "\ud83d\ude00", 200, null, "c")));
        assertThat(rows().getFirst().event().who()).isEqualTo("a b");
        assertThat(rows().getFirst().event().subject()).hasSize(200);
        assertThat(table.verify(1, ALL).brokenAt()).isZero();
    }
}

package io.partita.member.drill.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.member.drill.history.OrderCall;
import io.partita.member.drill.history.OrderCall.Told;
import io.partita.member.drill.history.OrderHistory;
import io.partita.member.drill.history.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A checker of orders, held against histories that are as they should be and against such as must not be. */
class OrderCheckTest {

    private static final Told RESTS = new Told(1, "NEW", 1, 0, 0, 0, 0);
    private static final Told TAKES = new Told(2, "NEW", 2, 0, 0, 0, 0);
    private static final Told TAKER = new Told(3, "TRADE", 2, 1_000, 4, 1, 4);
    private static final Told MAKER = new Told(4, "TRADE", 1, 1_000, 4, 1, 4);

    private final List<OrderCall> calls = new ArrayList<>();
    private long now;

    private OrderCheckTest told(long account, long id, long quantity, boolean durable, boolean repeated, Told... reports) {
        return answered(account, id, quantity, durable, Outcome.OK, repeated, reports);
    }

    private OrderCheckTest answered(long account, long id, long quantity, boolean durable, Outcome outcome, boolean repeated, Told... reports) {
        calls.add(new OrderCall("client-1", 9, account, id, 0, quantity, durable, ++now, ++now, outcome, outcome == Outcome.OK ? "" : "TIMEOUT", repeated,
                List.of(reports)));
        return this;
    }

    private OrderCheckTest good() {
        return told(10, 1, 7, true, false, RESTS).told(20, 1, 4, true, false, TAKES, TAKER, MAKER);
    }

    private Finding check() {
        OrderCheck check = new OrderCheck();
        check.histories(calls);
        return check.finding();
    }

    private void refutes(String what) {
        Finding finding = check();
        assertThat(finding.passed()).isFalse();
        assertThat(finding.shown()).extracting(Finding.Violation::what).anyMatch(shown -> shown.contains(what));
        assertThat(finding.shown().getFirst().evidence()).isNotEmpty();
    }

    @Test
    void orders_that_are_answered_alike_whenever_they_are_asked_for_pass() {
        good().told(10, 1, 7, true, true, RESTS).answered(30, 1, 5, true, Outcome.UNKNOWN, false);
        assertThat(check().passed()).isTrue();
    }

    @Test
    void a_durable_order_that_is_carried_out_once_more_is_noticed() {
        good().told(10, 1, 7, true, false, new Told(5, "NEW", 3, 0, 0, 0, 0)).refutes("was carried out once more");
    }

    @Test
    void a_durable_order_of_which_the_reports_change_is_noticed() {
        good().told(20, 1, 4, true, true, TAKES, new Told(3, "TRADE", 2, 999, 4, 1, 4), MAKER).refutes("the reports of a durable order changed");
    }

    @Test
    void an_order_that_was_only_replicated_may_be_carried_out_anew() {
        told(10, 1, 7, false, false, RESTS).told(10, 1, 7, true, false, new Told(8, "NEW", 2, 0, 0, 0, 0));
        Finding finding = check();
        assertThat(finding.passed()).isTrue();
        assertThat(finding.counted()).contains(new Finding.Count("replicated answers that were lost", 1));
    }

    @Test
    void numbers_that_are_told_twice_are_noticed() {
        good().told(30, 1, 5, true, false, new Told(4, "NEW", 5, 0, 0, 0, 0)).refutes("report 4 of book 9 was told to two commands");
        good().told(30, 2, 5, true, false, new Told(11, "NEW", 6, 0, 0, 0, 0), new Told(12, "TRADE", 6, 1_000, 1, 1, 1))
                .refutes("trade 1 of book 9 was told to two commands");
        good().told(30, 3, 5, true, false, new Told(21, "NEW", 7, 0, 0, 0, 0), new Told(23, "TRADE", 7, 1_000, 1, 9, 1)).refutes("not numbered one after the other");
    }

    @Test
    void an_order_that_is_filled_beyond_its_quantity_is_noticed() {
        good().told(30, 1, 4, true, false, new Told(5, "NEW", 5, 0, 0, 0, 0), new Told(6, "TRADE", 5, 1_000, 4, 2, 4),
                new Told(7, "TRADE", 1, 1_000, 4, 2, 8)).refutes("order 1 of book 9 of 7 was filled 8");
        good().told(30, 2, 4, true, false, new Told(15, "NEW", 6, 0, 0, 0, 0), new Told(16, "TRADE", 6, 1_000, 3, 3, 2)).refutes("its last fill says 2");
    }

    @Test
    void a_history_is_read_as_it_was_written_but_for_a_torn_end(@TempDir Path folder) throws Exception {
        good();
        Path file = OrderHistory.beside(folder.resolve("a.history"));
        try (OrderHistory history = OrderHistory.create(file)) {
            calls.forEach(history::add);
        }
        Files.writeString(file, "{\"node\":\"cli", StandardOpenOption.APPEND);
        List<OrderCall> read = new ArrayList<>();
        OrderHistory.forEach(file, read::add);
        assertThat(read).isEqualTo(calls);
    }
}

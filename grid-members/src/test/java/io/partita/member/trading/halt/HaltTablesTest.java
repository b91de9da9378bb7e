package io.partita.member.trading.halt;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.member.testing.TestDatabase;
import java.time.LocalDate;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class HaltTablesTest {

    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);

    private final Jdbi jdbi = Jdbi.create(DATABASE.dataSource());
    private final HaltTables tables = new HaltTables(jdbi);

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    private boolean begin(String member) {
        return tables.begin(member, TODAY, 1, false, 700, 1_000, 2_000, null, null);
    }

    @Test
    void only_a_member_of_the_view_begins_a_halt_and_ends_one() {
        jdbi.useHandle(handle -> handle.execute("insert into ledger_view (term, members, lease_until) values (1, '{in,too}', now())"));
        assertThat(begin("out")).isFalse();
        assertThat(tables.inView("out")).isFalse();
        assertThat(tables.latest(1)).isEmpty();
        assertThat(begin("in")).isTrue();
        assertThat(begin("too")).as("once").isFalse();
        assertThat(tables.lift("out", 1_500, "ada", "over")).isFalse();
        assertThat(tables.lift("too", 1_500, "ada", "over")).isTrue();
    }
}

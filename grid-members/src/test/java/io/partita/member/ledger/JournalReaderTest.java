package io.partita.member.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partita.ledger.LedgerNames;
import io.partita.ledger.journal.JournalEntry;
import io.partita.ledger.journal.JournalEntry.AccountChange;
import io.partita.ledger.journal.JournalEntry.Booking;
import io.partita.ledger.journal.JournalEntry.Seal;
import io.partita.ledger.journal.Placed;
import io.partita.member.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class JournalReaderTest {

    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final TestJournal JOURNAL = new TestJournal(DATABASE.dataSource(), 11);
    private static final JournalReader READER = new JournalReader(DATABASE.dataSource(), 1_000);

    @BeforeAll
    static void write() {
        JOURNAL.growTo(9_000).batch(3_000);
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void the_whole_journal_reads_back_as_the_entries_that_were_written() {
        assertThat(read(0, Long.MAX_VALUE)).hasSize(JOURNAL.entries().size()).isEqualTo(JOURNAL.entries());
        JournalReader.Head head = READER.head();
        assertThat(head.size()).isEqualTo(JOURNAL.entries().size());
        assertThat(head.root()).isEqualTo(JOURNAL.source().frontier().root());
        assertThat(head.frontier()).isEqualTo(JOURNAL.source().frontier().encoded());
    }

    @Test
    void any_range_reads_back_wherever_it_begins_and_ends() {
        Random random = new Random(5);
        int size = JOURNAL.entries().size();
        for (int i = 0; i < 50; i++) {
            int from = random.nextInt(size);
            int to = Math.min(size, from + random.nextInt(i < 5 ? size : 300));
            assertThat(read(from, to)).isEqualTo(JOURNAL.entries().subList(from, to));
        }
    }

    @Test
    void an_entry_is_found_by_its_position_and_by_its_id_with_its_sequences() {
        Random random = new Random(6);
        for (int i = 0; i < 200; i++) {
            int position = random.nextInt(JOURNAL.entries().size());
            JournalEntry entry = JOURNAL.entries().get(position);
            Placed placed = READER.at(position).orElseThrow();
            assertThat(placed.entry()).isEqualTo(entry);
            assertThat(placed.position()).isEqualTo(position);
            if (id(entry) != null) {
                assertThat(READER.find(id(entry))).contains(placed);
                assertThat(placed.debitSequence()).isPositive();
            }
        }
        assertThat(READER.find(new UUID(1, 2))).isEmpty();
        assertThat(READER.at(JOURNAL.entries().size())).isEmpty();
        assertThat(READER.at(-1)).isEmpty();
    }

    @Test
    void many_ids_are_found_at_once_and_unknown_ones_left_out() {
        List<UUID> ids = new ArrayList<>();
        for (JournalEntry entry : JOURNAL.entries().subList(3_000, 7_000)) {
            if (id(entry) != null) {
                ids.add(id(entry));
            }
        }
        ids.add(1, new UUID(3, 4));
        assertThat(READER.find(ids).keySet()).hasSize(ids.size() - 1).doesNotContain(new UUID(3, 4));
    }

    @Test
    void sequences_of_all_legs_are_dense_in_each_shard() {
        long[] last = new long[LedgerNames.SHARD_COUNT];
        READER.read(0, READER.head().size(), (position, entry, seal) -> {
            Placed placed = new Placed(position, entry, seal);
            switch (entry) {
                case Booking booking -> {
                    assertThat(placed.debitSequence()).isEqualTo(++last[LedgerNames.shardOf(booking.debitAccount())]);
                    assertThat(placed.creditSequence()).isEqualTo(++last[LedgerNames.shardOf(booking.creditAccount())]);
                }
                case AccountChange change ->
                        assertThat(placed.debitSequence()).isEqualTo(++last[LedgerNames.shardOf(change.command().account())]);
                case Seal _ -> { }
            }
        });
        assertThat(last).isEqualTo(JOURNAL.source().sequences());
    }

    @Test
    void a_time_leads_to_the_first_batch_booked_at_it_or_later() {
        List<Seal> seals = JOURNAL.entries().stream().filter(Seal.class::isInstance).map(Seal.class::cast).toList();
        Seal seal = seals.get(500);
        assertThat(READER.positionAt(seal.bookedAt())).isEqualTo(seal.position());
        assertThat(READER.positionAt(seal.bookedAt() + 1)).isEqualTo(seals.get(501).position());
        assertThat(READER.positionAt(0)).isZero();
        assertThat(READER.positionAt(Long.MAX_VALUE)).isEqualTo(READER.head().size());
        assertThat(READER.rootAt(seal.position())).isPresent();
        assertThat(READER.rootAt(seal.position() + 1)).isEmpty();
    }

    @Test
    void a_missing_row_and_one_too_many_are_found_where_they_are() {
        try (TestDatabase database = TestDatabase.fresh()) {
            TestJournal journal = new TestJournal(database.dataSource(), 12).growTo(600);
            JournalReader reader = new JournalReader(database.dataSource());
            int place = 300;
            while (!(journal.entries().get(place) instanceof Booking)) {
                place++;
            }
            Booking booking = (Booking) journal.entries().get(place);
            String wrong = "position " + place;
            Jdbi.create(database.dataSource()).useHandle(handle -> {
                handle.execute("update ledger_transfer set index = index + 1000 where id = ?", booking.id());
                assertThatThrownBy(() -> reader.read(0, 600, (_, _, _) -> { }))
                        .isInstanceOf(JournalDamagedException.class).hasMessageContaining("Batch " + booking.batch());
                handle.execute("delete from ledger_transfer where id = ?", booking.id());
                assertThatThrownBy(() -> reader.read(0, 600, (_, _, _) -> { }))
                        .isInstanceOf(JournalDamagedException.class).hasMessageContaining(wrong);
                handle.execute("delete from ledger_batch where batch = ?", booking.batch());
                assertThatThrownBy(() -> reader.read(0, 600, (_, _, _) -> { })).isInstanceOf(JournalDamagedException.class);
            });
        }
    }

    private static List<JournalEntry> read(long from, long to) {
        List<JournalEntry> entries = new ArrayList<>();
        READER.read(from, Math.min(to, READER.head().size()), (position, entry, seal) -> {
            assertThat(position).isEqualTo(from + entries.size());
            assertThat(entry.batch()).isEqualTo(seal.batch());
            entries.add(entry);
        });
        return entries;
    }

    private static UUID id(JournalEntry entry) {
        return switch (entry) {
            case Booking booking -> booking.id();
            case AccountChange change -> change.command().id();
            case Seal _ -> null;
        };
    }
}

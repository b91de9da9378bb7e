package io.partita.member.ledger.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.ledger.Account;
import io.partita.ledger.journal.JournalEntry;
import io.partita.member.ledger.JournalBatch;
import io.partita.member.ledger.NaiveLedger;
import io.partita.member.ledger.TestJournal;
import io.partita.member.testing.TestDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What is remembered of the journal against the journal itself, in the same snapshot. */
class RecentLegsTest {

    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final TestJournal JOURNAL = new TestJournal(DATABASE.dataSource(), 21).growTo(400);
    private static final List<Long> ACCOUNTS = new NaiveLedger(JOURNAL.entries()).accounts().stream().map(Account::id).toList();

    private final SplittableRandom random = new SplittableRandom(5);
    private final LongAdder served = new LongAdder();

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void what_is_remembered_is_what_the_journal_has_however_it_grows() {
        for (RecentLegs recent : List.of(new RecentLegs(), new RecentLegs(60, 200), new RecentLegs(100_000, 40))) {
            served.reset();
            for (int round = 0; round < 60; round++) {
                JOURNAL.batch(1 + random.nextInt(round % 10 == 9 ? 300 : 30));
                in(DATABASE, handle -> {
                    for (int i = 0; i < 10; i++) {
                        check(handle, recent, pick(random), random.nextInt(3) == 0);
                    }
                });
            }
            assertThat(served.sum()).as("legs that were remembered").isGreaterThan(50);
        }
    }

    @Test
    void a_statement_that_is_asked_for_again_reads_no_entry_again() {
        RecentLegs recent = new RecentLegs();
        long account = pick(random);
        Jdbi.create(DATABASE.dataSource()).useTransaction(handle -> {
            JournalPoint.End end = JournalPoint.End.now(handle, 0);
            long size = end.point().size();
            RecentLegs.Found found = recent.newest(handle, account, end, 0, size, 50);
            assertThat(found.legs()).isNotEmpty();
            handle.execute("create temporary table ledger_transfer (like public.ledger_transfer) on commit drop");
            assertThat(recent.newest(handle, account, end, 0, size, 50)).as("from memory, where the database has nothing").isEqualTo(found);
            assertThat(new RecentLegs().newest(handle, account, end, 0, size, 50).legs()).as("of the database").isEmpty();
        });
    }

    @Test
    void what_this_member_has_booked_is_remembered_without_being_read() {
        RecentLegs recent = new RecentLegs();
        in(DATABASE, handle -> check(handle, recent, pick(random), false));
        int told = JOURNAL.entries().size();
        for (int batch = 0; batch < 5; batch++) {
            JOURNAL.batch(10);
        }
        List<Committed> committed = committed(JOURNAL, told);
        // Two threads finish their batches in the wrong order.
        Collections.swap(committed, 1, 2);
        committed.forEach(batch -> batch.tell(recent));
        Jdbi.create(DATABASE.dataSource()).useTransaction(handle -> {
            JournalPoint.End end = JournalPoint.End.now(handle, 0);
            handle.execute("create temporary table ledger_transfer (like public.ledger_transfer) on commit drop");
            List<Leg> legs = remembered(handle, recent, end, told);
            handle.execute("drop table pg_temp.ledger_transfer");
            List<Leg> booked = handle.createQuery(Leg.SELECT + "where position >= :told and posted <> 0").bind("told", told).map((rs, context) -> Leg.read(rs)).list();
            assertThat(legs).isNotEmpty().containsExactlyInAnyOrderElementsOf(booked);
        });
    }

    @Test
    void of_what_several_members_book_each_remembers_what_the_journal_has() {
        for (RecentLegs recent : List.of(new RecentLegs(), new RecentLegs(60, 200), new RecentLegs(100_000, 40))) {
            served.reset();
            int told = JOURNAL.entries().size();
            for (int round = 0; round < 60; round++) {
                for (int batch = random.nextInt(4); batch >= 0; batch--) {
                    JOURNAL.batch(1 + random.nextInt(round % 10 == 9 ? 150 : 15));
                }
                List<Committed> own = committed(JOURNAL, told).stream().filter(batch -> random.nextInt(3) > 0).collect(Collectors.toList());
                Collections.shuffle(own, new Random(round));
                own.forEach(batch -> batch.tell(recent));
                told = JOURNAL.entries().size();
                if (random.nextInt(4) > 0) {
                    in(DATABASE, handle -> {
                        for (int i = 0; i < 10; i++) {
                            check(handle, recent, pick(random), random.nextInt(3) == 0);
                        }
                    });
                }
            }
            assertThat(served.sum()).as("legs that were remembered").isGreaterThan(50);
        }
    }

    /** As the ledger's own store tells it. */
    private record Committed(JournalBatch batch, JournalBatch.Place place, long after) {

        void tell(RecentLegs recent) {
            recent.committed(batch, place, after);
        }
    }

    private static List<Committed> committed(TestJournal journal, int from) {
        List<Committed> committed = new ArrayList<>();
        List<JournalEntry> entries = new ArrayList<>();
        long after = 0;
        for (int position = 0; position < journal.entries().size(); position++) {
            JournalEntry entry = journal.entries().get(position);
            if (!(entry instanceof JournalEntry.Seal seal)) {
                entries.add(entry);
                continue;
            }
            if (seal.position() >= from) {
                int[] shards = seal.shards().stream().mapToInt(JournalEntry.ShardRange::shard).toArray();
                committed.add(new Committed(new JournalBatch(seal.batch(), seal.term(), seal.coordinator(), List.copyOf(entries), shards, new int[shards.length], new int[shards.length]),
                        new JournalBatch.Place(seal.position(), seal.bookedAt(), seal.shards().stream().mapToLong(JournalEntry.ShardRange::firstSequence).toArray()), after));
            }
            entries.clear();
            after = seal.bookedAt();
        }
        return committed;
    }

    @Test
    void what_is_booked_after_another_journal_of_the_same_length_is_not_taken_for_its_continuation() {
        RecentLegs recent = new RecentLegs();
        in(DATABASE, handle -> check(handle, recent, pick(random), false));
        int size = JOURNAL.entries().size();
        JOURNAL.batch(20);
        Committed next = committed(JOURNAL, size).getFirst();
        Jdbi.create(DATABASE.dataSource()).useTransaction(handle -> {
            JournalPoint.End end = JournalPoint.End.now(handle, 0);
            handle.execute("create temporary table ledger_transfer (like public.ledger_transfer) on commit drop");
            new Committed(next.batch(), next.place(), next.after() - 1).tell(recent);
            assertThat(remembered(handle, recent, end, size)).as("booked after something else").isEmpty();
        });
    }

    private static List<Leg> remembered(Handle handle, RecentLegs recent, JournalPoint.End end, long from) {
        return ACCOUNTS.stream().flatMap(account -> recent.newest(handle, account, end, from, end.point().size(), 1_000).legs().stream()).toList();
    }

    @Test
    void another_journal_at_the_same_place_is_not_taken_for_this_one() {
        try (TestDatabase restored = TestDatabase.fresh()) {
            TestJournal other = new TestJournal(restored.dataSource(), 22).growTo(300);
            RecentLegs recent = new RecentLegs();
            for (int turn = 0; turn < 6; turn++) {
                in(DATABASE, handle -> ACCOUNTS.forEach(account -> check(handle, recent, account, false)));
                JOURNAL.batch(20);
                in(DATABASE, handle -> ACCOUNTS.forEach(account -> check(handle, recent, account, false)));
                other.batch(20);
                in(restored, handle -> ACCOUNTS.forEach(account -> check(handle, recent, account, false)));
                other.growTo(JOURNAL.entries().size() + 30);
                in(restored, handle -> ACCOUNTS.forEach(account -> check(handle, recent, account, false)));
                JOURNAL.growTo(other.entries().size() + 30);
            }
        }
    }

    @Test
    void many_who_ask_at_once_while_the_journal_grows_see_what_their_snapshots_have() throws Exception {
        RecentLegs recent = new RecentLegs(300, 100);
        AtomicBoolean growing = new AtomicBoolean(true);
        try (ExecutorService callers = Executors.newFixedThreadPool(4)) {
            List<Future<?>> asking = new ArrayList<>();
            for (int caller = 0; caller < 4; caller++) {
                SplittableRandom own = random.split();
                asking.add(callers.submit(() -> {
                    while (growing.get()) {
                        in(DATABASE, handle -> {
                            for (int i = 0; i < 5; i++) {
                                check(handle, recent, pick(own), own.nextBoolean());
                            }
                        });
                    }
                }));
            }
            // On, until enough was remembered: how often callers get a turn between two batches is up to the machine.
            for (int batch = 0; batch < 150 || batch < 3_000 && served.sum() <= 50; batch++) {
                JOURNAL.batch(10);
            }
            growing.set(false);
            for (Future<?> one : asking) {
                one.get();
            }
        }
        assertThat(served.sum()).as("legs that were remembered").isGreaterThan(50);
    }

    private static long pick(SplittableRandom random) {
        return ACCOUNTS.get(random.nextInt(ACCOUNTS.size()));
    }

    private static void in(TestDatabase database, Consumer<Handle> work) {
        new Snapshots(database.dataSource(), 1).read(Snapshots.INTERACTIVE, handle -> {
            work.accept(handle);
            return null;
        });
    }

    /** @param earlier ask for a page in the middle, as of an earlier end of the journal */
    private void check(Handle handle, RecentLegs recent, long account, boolean earlier) {
        JournalPoint.End end = JournalPoint.End.now(handle, 0);
        long low = 0;
        long high = end.point().size();
        if (earlier) {
            end = handle.createQuery("select position + entries + 1, batch, position from ledger_batch where position < :size order by position desc limit 1 offset :back").bind("size", high)
                    .bind("back", 1 + (account + high) % 5).map((rs, context) -> new JournalPoint.End(new JournalPoint(rs.getLong(1), Instant.EPOCH), rs.getLong(2), rs.getLong(3), -1)).one();
            high = end.point().size() - account % 7;
            low = Math.max(0, high - 40 - account % 90);
        }
        int limit = (int) (1 + account % 4 * 30);
        RecentLegs.Found found = recent.newest(handle, account, end, low, high, limit);
        assertThat(found.from()).isBetween(low, high);
        assertThat(found.legs()).isEqualTo(handle.createQuery(Leg.SELECT + "where account = :account and position >= :low and position < :high and posted <> 0 order by position desc limit :limit")
                .bind("account", account).bind("low", found.from()).bind("high", high).bind("limit", limit).map((rs, context) -> Leg.read(rs)).list());
        served.add(found.legs().size());
    }
}

package io.partita.member.ledger.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partita.ledger.Account;
import io.partita.ledger.Balance;
import io.partita.ledger.LedgerNames;
import io.partita.ledger.Reading;
import io.partita.ledger.Refusal;
import io.partita.ledger.TransferKind;
import io.partita.member.ledger.FoldedShards;
import io.partita.member.ledger.NaiveLedger;
import io.partita.member.ledger.NaiveLedger.NaiveLeg;
import io.partita.member.ledger.TestJournal;
import io.partita.member.rest.RequestCode;
import io.partita.member.rest.RequestProblem;
import io.partita.member.testing.TestDatabase;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Every query against the naive twin, on random journals; with checkpoints in the middle of one of them. */
class LedgerQueriesTest {

    private static final TestDatabase PLAIN = TestDatabase.fresh();
    private static final TestDatabase CHECKPOINTED = TestDatabase.fresh();
    private static final List<World> WORLDS = List.of(new World(PLAIN, 7, false), new World(CHECKPOINTED, 11, true));

    /** A journal, its twin, and the queries over it. */
    private static final class World {
        final TestDatabase database;
        final TestJournal journal;
        final NaiveLedger naive;
        final LedgerQueries queries;
        final Random random;

        World(TestDatabase database, long seed, boolean checkpoints) {
            this.database = database;
            this.random = new Random(seed);
            this.journal = new TestJournal(database.dataSource(), seed);
            FoldedShards shards = new FoldedShards();
            for (int third = 1; third <= 3; third++) {
                int before = journal.entries().size();
                journal.growTo(third * 1_500);
                shards.apply(journal.entries().subList(before, journal.entries().size()));
                if (checkpoints && third < 3) {
                    shards.checkpoint(database.dataSource());
                }
            }
            journal.foldAccounts();
            this.naive = new NaiveLedger(journal.entries());
            this.queries = new LedgerQueries(new Snapshots(database.dataSource(), 4), ids -> shards.read(ids).join(), InstantSource.system());
        }

        Account anyAccount() {
            List<Account> accounts = naive.accounts();
            return accounts.get(random.nextInt(accounts.size()));
        }

        NaiveLeg anyLeg() {
            return naive.legs().get(random.nextInt(naive.legs().size()));
        }
    }

    @AfterAll
    static void close() {
        PLAIN.close();
        CHECKPOINTED.close();
    }

    @Test
    void a_balance_as_of_any_time_is_the_fold_of_what_was_booked_by_then() {
        for (World world : WORLDS) {
            for (int i = 0; i < 150; i++) {
                Account account = world.anyAccount();
                Instant time = world.anyLeg().bookedAt();
                long size = world.naive.size(time, true);
                Account then = world.naive.account(account.id(), event -> event.position() < size);
                if (then == null) {
                    assertRefused(Refusal.ACCOUNT_NOT_FOUND, () -> world.queries.balanceAt(account.id(), time));
                } else {
                    assertBalance(world, world.queries.balanceAt(account.id(), time), then, leg -> leg.position() < size);
                    assertThat(world.queries.balanceAt(account.id(), time).sequence())
                            .isEqualTo(world.naive.sequence(LedgerNames.shardOf(account.id()), size));
                }
            }
        }
    }

    @Test
    void a_balance_at_any_sequence_of_its_shard_is_the_fold_up_to_it() {
        for (World world : WORLDS) {
            for (int i = 0; i < 150; i++) {
                Account account = world.anyAccount();
                long now = world.naive.sequence(LedgerNames.shardOf(account.id()), Long.MAX_VALUE);
                long sequence = world.random.nextLong(now) + 1;
                Account then = world.naive.account(account.id(), event -> event.sequence() <= sequence);
                if (then == null) {
                    assertRefused(Refusal.ACCOUNT_NOT_FOUND, () -> world.queries.balanceAt(account.id(), sequence));
                } else {
                    assertBalance(world, world.queries.balanceAt(account.id(), sequence), then, leg -> leg.sequence() <= sequence);
                }
                assertRefused(RequestCode.SEQUENCE_NOT_REACHED, () -> world.queries.balanceAt(account.id(), now + 1));
            }
        }
    }

    @Test
    void a_balance_by_effective_date_counts_what_took_effect_by_then() {
        for (World world : WORLDS) {
            for (int i = 0; i < 100; i++) {
                Account account = world.anyAccount();
                LocalDate date = world.anyLeg().effectiveDate();
                List<NaiveLeg> counted = world.naive.legs(account.id()).stream().filter(leg -> !leg.effectiveDate().isAfter(date)).toList();
                assertThat(world.queries.balanceEffective(account.id(), date).posted().minor())
                        .isEqualTo(world.naive.posted(account.type(), counted).longValueExact());
            }
        }
    }

    @Test
    void the_balance_in_the_journal_is_the_balance_in_the_shards() {
        for (World world : WORLDS) {
            for (Account account : world.naive.accounts()) {
                assertThat(world.queries.balanceInJournal(account.id()))
                        .isEqualTo(world.queries.balance(account.id(), 0).balance().orElseThrow());
            }
        }
    }

    @Test
    void a_statement_pages_forth_and_back_through_every_entry_with_its_running_balance() {
        for (World world : WORLDS) {
            for (int i = 0; i < 25; i++) {
                Account account = world.anyAccount();
                Instant a = world.anyLeg().bookedAt();
                Instant b = world.anyLeg().bookedAt();
                Instant from = world.random.nextInt(4) == 0 ? null : a.isBefore(b) ? a : b;
                Instant to = world.random.nextInt(4) == 0 ? null : a.isBefore(b) ? b : a;
                assertStatement(world, account, from, to, i % 2 == 0, 1 + world.random.nextInt(9));
            }
        }
    }

    private static void assertStatement(World world, Account account, Instant from, Instant to, boolean newestFirst, int limit) {
        long low = from == null ? 0 : world.naive.size(from, false);
        long high = to == null ? Long.MAX_VALUE : world.naive.size(to, false);
        List<NaiveLeg> before = world.naive.legs(account.id()).stream().filter(leg -> leg.position() < low).toList();
        List<NaiveLeg> upTo = world.naive.legs(account.id()).stream().filter(leg -> leg.position() < high).toList();
        List<String> expected = new ArrayList<>();
        for (NaiveLeg leg : upTo) {
            if (leg.position() >= low && leg.posted().signum() != 0) {
                List<NaiveLeg> included = upTo.stream().filter(other -> other.position() <= leg.position()).toList();
                expected.add(leg.position() + " " + leg.side() + " " + leg.posted() + " " + world.naive.posted(account.type(), included));
            }
        }
        if (newestFirst) {
            expected = expected.reversed();
        }

        Statement page = world.queries.statement(account.id(), from, to, newestFirst, limit, null);
        assertThat(page.opening().minor()).isEqualTo(world.naive.posted(account.type(), before).longValueExact());
        assertThat(page.closing().minor()).isEqualTo(world.naive.posted(account.type(), upTo).longValueExact());
        assertThat(page.previous()).isNull();
        assertThat(page.pending().stream().map(Leg::id)).containsExactlyElementsOf(openPendings(upTo));
        List<String> forth = new ArrayList<>(lines(page));
        List<Statement> pages = new ArrayList<>(List.of(page));
        while (page.next() != null) {
            page = world.queries.statement(account.id(), from, to, newestFirst, limit, page.next());
            pages.add(page);
            forth.addAll(lines(page));
        }
        assertThat(forth).isEqualTo(expected);
        for (int i = pages.size() - 1; i > 0; i--) {
            page = world.queries.statement(account.id(), from, to, newestFirst, limit, page.previous());
            assertThat(lines(page)).isEqualTo(lines(pages.get(i - 1)));
        }
    }

    @Test
    void a_statement_takes_the_balance_of_a_grid_that_is_where_the_journal_is_and_of_no_other() {
        for (World world : WORLDS) {
            for (int i = 0; i < 10; i++) {
                Account account = world.anyAccount();
                Balance balance = world.queries.balanceInJournal(account.id());
                long sequence = balance.sequence();
                Balance other = new Balance(balance.account(), balance.currency(), balance.type(), balance.status(), balance.parent(), balance.debitsPosted() + 1, balance.creditsPosted(),
                        balance.debitsPending(), balance.creditsPending(), balance.maxNetDebit(), balance.maxNetCredit(), sequence);
                long closing = world.queries.statement(account.id(), null, null, true, 10, null).closing().minor();
                assertThat(closing(world, account, new Reading(Optional.of(other), sequence, false))).as("so the grid was asked").isNotEqualTo(closing);
                assertThat(closing(world, account, new Reading(Optional.of(other), sequence, true))).as("of a side that lost").isEqualTo(closing);
                assertThat(closing(world, account, new Reading(Optional.of(other), sequence - 1, false))).as("behind").isEqualTo(closing);
                assertThat(closing(world, account, new Reading(Optional.of(other), sequence + 1, false))).as("ahead").isEqualTo(closing);
                assertThat(closing(world, account, new Reading(Optional.empty(), sequence, false))).as("without the account").isEqualTo(closing);
            }
        }
    }

    private static long closing(World world, Account account, Reading reading) {
        return new LedgerQueries(new Snapshots(world.database.dataSource(), 1), ids -> List.of(reading), InstantSource.system())
                .statement(account.id(), null, null, true, 10, null).closing().minor();
    }

    private static List<String> lines(Statement page) {
        return page.entries().stream().map(entry -> entry.leg().position() + " " + entry.leg().side() + " " + entry.leg().posted() + " "
                + entry.balance().minor()).toList();
    }

    private static List<java.util.UUID> openPendings(List<NaiveLeg> legs) {
        List<java.util.UUID> ended = legs.stream().filter(leg -> leg.booking().kind().resolvesPending())
                .map(leg -> leg.booking().relatesTo()).toList();
        return legs.stream().filter(leg -> leg.booking().kind() == TransferKind.PENDING && !ended.contains(leg.booking().id()))
                .map(leg -> leg.booking().id()).toList().reversed();
    }

    @Test
    void what_a_key_leads_to_is_not_planned_anew_for_each_question() {
        World world = WORLDS.getFirst();
        List<Long> some = world.naive.accounts().stream().map(Account::id).limit(12).toList();
        // A connection of its own: on one that others have used, their statements are prepared too.
        PGSimpleDataSource own = new PGSimpleDataSource();
        own.setUrl(world.database.url());
        own.setUser(world.database.user());
        new Snapshots(own, 1).look(handle -> {
            for (int i = 0; i < 40; i++) {
                NaiveLeg leg = world.anyLeg();
                assertThat(JournalSearch.withRelated(handle, leg.booking().id())).isNotEmpty();
                assertThat(AccountSearch.findAtEnd(handle, leg.account())).isPresent();
                assertThat(AccountSearch.names(handle, some)).hasSize(12);
            }
            Map<String, Long> planned = handle.createQuery("select statement, custom_plans from pg_prepared_statements where statement like 'select%ledger_%'")
                    .reduceRows(new HashMap<>(), (plans, row) -> {
                        plans.put(row.getColumn("statement", String.class), row.getColumn("custom_plans", Long.class));
                        return plans;
                    });
            assertThat(planned).hasSize(3).allSatisfy((statement, times) -> assertThat(times).isLessThan(20));
            return null;
        });
    }

    @Test
    void the_journal_is_found_by_reference_account_time_kind_and_code() {
        for (World world : WORLDS) {
            for (int i = 0; i < 60; i++) {
                NaiveLeg like = world.anyLeg();
                Instant a = world.anyLeg().bookedAt();
                LedgerQueries.TransferFilter filter = new LedgerQueries.TransferFilter(
                        chance(world, like.booking().reference().isEmpty() ? null : like.booking().reference()),
                        chance(world, like.account()), a.isBefore(like.bookedAt()) ? chance(world, a) : null,
                        a.isAfter(like.bookedAt()) ? chance(world, a) : null, chance(world, like.booking().kind()),
                        chance(world, like.booking().code()));
                List<Long> expected = world.naive.legs().stream().filter(leg -> leg.side() == io.partita.ledger.Side.DEBIT)
                        .filter(leg -> matches(leg, filter)).map(NaiveLeg::position).toList().reversed();
                List<Long> found = new ArrayList<>();
                String cursor = null;
                int limit = i % 4 == 0 ? 50 : LedgerQueries.MAX_PAGE;
                do {
                    JournalLine.Page page = world.queries.transfers(filter, limit, cursor);
                    page.lines().forEach(line -> found.add(line.position()));
                    cursor = page.next();
                } while (cursor != null);
                assertThat(found).isEqualTo(expected);
            }
        }
    }

    private static <T> T chance(World world, T value) {
        return world.random.nextInt(3) == 0 ? value : null;
    }

    private static boolean matches(NaiveLeg leg, LedgerQueries.TransferFilter filter) {
        return (filter.reference() == null || filter.reference().equals(leg.booking().reference()))
                && (filter.account() == null || filter.account() == leg.account() || filter.account() == leg.counterAccount())
                && (filter.from() == null || !leg.bookedAt().isBefore(filter.from()))
                && (filter.to() == null || leg.bookedAt().isBefore(filter.to()))
                && (filter.kind() == null || filter.kind() == leg.booking().kind())
                && (filter.code() == null || filter.code() == leg.booking().code());
    }

    @Test
    void a_trial_balance_is_zero_and_equals_the_twin_now_and_at_any_time() {
        for (World world : WORLDS) {
            for (int i = 0; i < 12; i++) {
                Instant time = i == 0 ? null : world.anyLeg().bookedAt();
                TrialBalance trial = world.queries.trialBalance(time);
                assertThat(trial.balanced()).isTrue();
                List<String> found = trial.currencies().stream().flatMap(currency -> currency.types().stream()
                        .filter(type -> type.debits().signum() + type.credits().signum() > 0)
                        .map(type -> currency.currency() + " " + type.type() + " " + type.debits() + " " + type.credits())).toList();
                List<String> expected = world.naive.trialBalance(time == null ? Long.MAX_VALUE : world.naive.size(time, true)).entrySet().stream()
                        .flatMap(currency -> currency.getValue().entrySet().stream().map(type -> currency.getKey() + " " + type.getKey() + " "
                                + type.getValue()[0] + " " + type.getValue()[1])).toList();
                assertThat(found).isEqualTo(expected);
            }
        }
    }

    @Test
    void the_chart_rolls_up_every_subtree_and_keeps_up_with_the_journal() {
        try (TestDatabase database = TestDatabase.fresh()) {
            TestJournal journal = new TestJournal(database.dataSource(), 3).growTo(600).foldAccounts();
            long[] now = {0};
            LedgerQueries queries = new LedgerQueries(new Snapshots(database.dataSource(), 4), ids -> List.of(), () -> Instant.ofEpochMilli(now[0]));
            assertChart(queries, new NaiveLedger(journal.entries()), 0);
            for (int i = 1; i < 6; i++) {
                journal.growTo(600 + i * 300).foldAccounts();
                now[0] += 5_000;
                assertChart(queries, new NaiveLedger(journal.entries()), 0);
            }
        }
    }

    private static void assertChart(LedgerQueries queries, NaiveLedger naive, long parent) {
        List<LedgerQueries.ChartNode> nodes = all(after -> {
            LedgerQueries.ChartPage page = queries.chart(parent, after, 3);
            return new Found<>(page.nodes(), page.next());
        });
        assertThat(nodes.stream().map(node -> node.account().id())).containsExactlyElementsOf(naive.children(parent).stream().map(Account::id).toList());
        for (LedgerQueries.ChartNode node : nodes) {
            assertThat(node.total().unscaledValue()).isEqualTo(naive.rollUp(node.account()));
            assertThat(queries.rollUp(node.account().id()).nodes().getFirst()).isEqualTo(node);
            assertChart(queries, naive, node.account().id());
        }
    }

    private record Found<T>(List<T> items, Long next) {
    }

    private static <T> List<T> all(Function<Long, Found<T>> pages) {
        List<T> items = new ArrayList<>();
        Long after = 0L;
        while (after != null) {
            Found<T> found = pages.apply(after);
            items.addAll(found.items());
            after = found.next();
        }
        return items;
    }

    @Test
    void accounts_are_found_by_part_of_the_name_reference_id_and_filters() {
        World world = WORLDS.getFirst();
        List<Account> accounts = world.naive.accounts();
        Account some = accounts.stream().filter(account -> !account.reference().isEmpty()).findFirst().orElseThrow();
        Stream.of(new LedgerQueries.AccountFilter(null, null, null, null, null),
                new LedgerQueries.AccountFilter("INHABER ünï-1", null, null, null, null),
                new LedgerQueries.AccountFilter(some.reference().substring(0, 4), null, null, null, null),
                new LedgerQueries.AccountFilter(Long.toString(some.id()), null, null, null, null),
                new LedgerQueries.AccountFilter("100%_", null, null, null, null),
                new LedgerQueries.AccountFilter(null, some.type(), some.currency(), null, null),
                new LedgerQueries.AccountFilter("ini", null, null, some.status(), some.parent())).forEach(filter -> {
                    List<Account> found = all(after -> {
                        LedgerQueries.AccountPage page = world.queries.accounts(filter, after, 7);
                        return new Found<>(page.accounts().stream().map(item -> item.row().account()).toList(), page.next());
                    });
                    assertThat(found).isEqualTo(accounts.stream().filter(account -> matches(account, filter)).toList());
                });
        assertThat(accounts).hasSizeGreaterThan(20);
    }

    private static boolean matches(Account account, LedgerQueries.AccountFilter filter) {
        String text = filter.text();
        return (text == null || account.name().toLowerCase().contains(text.toLowerCase()) || account.reference().startsWith(text)
                || Long.toString(account.id()).equals(text))
                && (filter.type() == null || filter.type() == account.type()) && (filter.currency() == null || filter.currency() == account.currency())
                && (filter.status() == null || filter.status() == account.status()) && (filter.parent() == null || filter.parent() == account.parent());
    }

    @Test
    void the_general_ledger_has_one_line_for_each_leg_that_moved_money() throws IOException {
        for (World world : WORLDS) {
            StringWriter out = new StringWriter();
            world.queries.export(null, null, out);
            List<String> lines = out.toString().lines().toList();
            assertThat(lines.getFirst()).isEqualTo(String.join(",", GeneralLedger.HEADER));
            List<String> expected = world.naive.legs().stream().filter(leg -> leg.posted().signum() != 0).map(leg -> leg.position() + ","
                    + leg.sequence() + "," + leg.account()).toList();
            assertThat(lines.stream().skip(1).map(line -> {
                String[] fields = line.split(",");
                return fields[2] + "," + fields[3] + "," + fields[4];
            })).containsExactlyElementsOf(expected);
        }
    }

    @Test
    void a_question_that_cannot_be_answered_is_refused_with_its_reason() {
        World world = WORLDS.getFirst();
        long account = world.anyAccount().id();
        Instant time = world.anyLeg().bookedAt();
        String cursor = new PageCursor(17, true, 3).text();
        assertRefused(RequestCode.BAD_CURSOR, () -> world.queries.statement(account, null, null, true, 10, "?!"));
        assertRefused(RequestCode.BAD_CURSOR, () -> world.queries.statement(account, null, null, true, 10, cursor));
        assertRefused(RequestCode.RANGE_REVERSED, () -> world.queries.statement(account, time, time.minusSeconds(1), true, 10, null));
        assertRefused(RequestCode.LIMIT_OUT_OF_RANGE, () -> world.queries.statement(account, null, null, true, 201, null));
        assertRefused(Refusal.ACCOUNT_NOT_FOUND, () -> world.queries.statement(4242, null, null, true, 10, null));
        assertRefused(RequestCode.TRANSFER_NOT_FOUND, () -> world.queries.transfer(java.util.UUID.randomUUID()));
    }

    private static void assertRefused(Enum<?> reason, org.assertj.core.api.ThrowableAssert.ThrowingCallable question) {
        assertThatThrownBy(question).isInstanceOfSatisfying(RequestProblem.class, problem -> assertThat(problem.code()).isEqualTo(reason.name()));
    }

    private static void assertBalance(World world, Balance found, Account account, java.util.function.Predicate<NaiveLeg> counted) {
        BigInteger[] sums = world.naive.sums(world.naive.legs(account.id()).stream().filter(counted).toList());
        assertThat(Stream.of(found.debitsPosted(), found.creditsPosted(), found.debitsPending(), found.creditsPending()).map(BigInteger::valueOf))
                .containsExactly(sums);
        assertThat(found.status()).isEqualTo(account.status());
        assertThat(found.maxNetDebit()).isEqualTo(account.limits().maxNetDebit());
        assertThat(found.parent()).isEqualTo(account.parent());
    }
}

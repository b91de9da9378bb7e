package io.partita.member.trading.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.partita.ledger.LedgerGateway;
import io.partita.ledger.LedgerResult;
import io.partita.ledger.Transfer;
import io.partita.ledger.TransferIds;
import io.partita.member.testing.TestDatabase;
import io.partita.member.testing.TestMember;
import io.partita.member.trading.Listing;
import io.partita.member.trading.TradingService;
import io.partita.member.trading.algo.AlgorithmService;
import io.partita.member.trading.algo.AlgorithmTables;
import io.partita.member.trading.settlement.TradingAccounts;
import io.partita.money.Currency;
import io.partita.money.Money;
import io.partita.trading.Acknowledgement;
import io.partita.trading.Command;
import io.partita.trading.Instrument;
import io.partita.trading.Side;
import io.partita.trading.TradingPhase;
import io.partita.trading.TradingResult;
import io.partita.trading.accounts.AccountView;
import io.partita.trading.accounts.HazelcastOrderClient;
import io.partita.trading.accounts.OrderClient;
import io.partita.trading.algo.Algorithm;
import io.partita.trading.algo.ParentOrder;
import io.partita.trading.risk.OrderRequest;
import io.partita.trading.settlement.LedgerAccounts;
import io.partita.trading.settlement.TradingAccount;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Accounts trade with each other, and an algorithm works a parent off, while one of three members dies; then all of them do. */
@Tag("slow")
class OrdersFailoverTest {

    private static final int INSTRUMENTS = 4;
    /** Traded by the algorithm alone. */
    private static final long APART = 5;
    private static final long WORKED_OFF = 60;
    private static final int ACCOUNTS = 8;
    private static final long CASH = 500_000;
    private static final long UNITS = 500;

    private final AtomicLong ids = new AtomicLong();
    private final AtomicLong executed = new AtomicLong();
    private final AtomicLong denied = new AtomicLong();

    @Test
    void when_a_member_dies_nothing_stays_reserved_and_everybody_has_what_the_executions_say_also_after_all_have_died() throws Exception {
        String cluster = "test-" + UUID.randomUUID();
        int[] ports = {TestDatabase.freePort(), TestDatabase.freePort(), TestDatabase.freePort()};
        try (TestDatabase database = TestDatabase.fresh()) {
            Map<Long, AccountView> views;
            try (TestMember first = start(database, cluster, ports, 0); TestMember second = start(database, cluster, ports, 1);
                 TestMember dying = start(database, cluster, ports, 2);
                 OrderClient client = HazelcastOrderClient.of(first.hazelcast(), Duration.ofSeconds(60))) {
                await().atMost(Duration.ofSeconds(60)).until(() -> first.hazelcast().getCluster().getMembers().size() == 3
                        && first.hazelcast().getPartitionService().isClusterSafe());
                list(first, client);
                fund(first);
                ParentOrder parent = enter(first, dying, client);
                AtomicBoolean over = new AtomicBoolean();
                List<Thread> traders = new ArrayList<>();
                for (int trader = 1; trader <= ACCOUNTS; trader++) {
                    int account = trader;
                    traders.add(Thread.ofPlatform().start(() -> trade(client, account, over)));
                }
                await().atMost(Duration.ofSeconds(60)).until(() -> executed.get() > 200 && parent(second, parent).filled() > 0);
                dying.hazelcast().getLifecycleService().terminate();
                assertThat(parent(second, parent).status()).isEqualTo(AlgorithmTables.Status.RUNNING);
                long atDeath = executed.get();
                // The dying member's own threads fail, as they should.
                await().dontCatchUncaughtExceptions().atMost(Duration.ofSeconds(90)).until(() -> executed.get() > atDeath + 200);
                over.set(true);
                for (Thread trader : traders) {
                    trader.join();
                }
                flat(client);
                check(second.bean(OrderService.class));
                workedOff(second, parent);
                rest(client);
                historyIsWhole(new OrderHistory(Jdbi.create(database.dataSource())), first, second);
                views = views(second.bean(OrderService.class));
                second.hazelcast().getLifecycleService().terminate();
                first.hazelcast().getLifecycleService().terminate();
            }
            try (TestMember alone = TestMember.start(Map.of("partita.database.url", database.url(), "partita.database.user", database.user()))) {
                // Until an account is loaded there is no view of it.
                await().dontCatchUncaughtExceptions().ignoreException(NoSuchElementException.class).atMost(Duration.ofSeconds(60)).untilAsserted(() ->
                        assertThat(views(alone.bean(OrderService.class))).isEqualTo(views));
            }
        }
    }

    /** A parent that belongs to a member, and somebody who sells all that it wants. */
    private ParentOrder enter(TestMember member, TestMember owner, OrderClient client) throws SQLException {
        member.bean(TradingService.class).list(new Listing("APART", "EUR", 2, Instrument.simple(APART)));
        for (Command command : new Command[] {new Command().phase(TradingPhase.PRE_OPEN, 0), new Command().phase(TradingPhase.CONTINUOUS, 0),
                new Command().limit(0, 101, Side.SELL, 1_000, 2 * WORKED_OFF)}) {
            await().atMost(Duration.ofSeconds(60)).until(() -> client.submit(APART, command.id(ids.incrementAndGet()), Acknowledgement.DURABLE)
                    instanceof TradingResult.Executed);
        }
        long id = LongStream.iterate(1, next -> next + 1).filter(some -> owner.hazelcast().getPartitionService().getPartition("100/" + some).getOwner()
                .localMember()).findFirst().orElseThrow();
        AlgorithmService algorithms = member.bean(AlgorithmService.class);
        long start = algorithms.now();
        ParentOrder parent = new ParentOrder(id, 100, APART, Side.BUY, WORKED_OFF, 1_000, Algorithm.TWAP, start, start + 20_000_000_000L, 20,
                List.of(), 0, 0, 1);
        assertThat(algorithms.enter(parent)).isEqualTo(AlgorithmService.Entered.NEW);
        return parent;
    }

    private static AlgorithmTables.Parent parent(TestMember member, ParentOrder parent) {
        return member.bean(AlgorithmService.class).find(parent.account(), parent.id()).orElseThrow();
    }

    /** All of it, once: the market has traded no more. */
    private static void workedOff(TestMember member, ParentOrder parent) {
        await().dontCatchUncaughtExceptions().atMost(Duration.ofSeconds(60)).until(() -> parent(member, parent).status() == AlgorithmTables.Status.DONE);
        assertThat(parent(member, parent).filled()).isEqualTo(WORKED_OFF);
        assertThat(member.bean(AlgorithmService.class).children(parent).stream().mapToLong(AlgorithmTables.Child::filled).sum()).isEqualTo(WORKED_OFF);
        assertThat(member.bean(TradingService.class).market(APART, 1).session().volume()).isEqualTo(WORKED_OFF);
    }

    /** Everybody has open orders, some of them filled in part. */
    private void rest(OrderClient client) {
        for (long account = 1; account <= ACCOUNTS; account++) {
            for (Command command : new Command[] {new Command().limit(0, account, Side.BUY, 900 + account, 7),
                    new Command().limit(0, account, Side.SELL, account % 2 == 0 ? 1_100 : 905, 3)}) {
                TradingResult result = client.submit(account, 1 + account % INSTRUMENTS, OrderRequest.of(command.id(ids.incrementAndGet())), Acknowledgement.DURABLE);
                assertThat(result).isNotInstanceOf(TradingResult.Refused.class);
            }
        }
    }

    /** What books have reported is kept, whoever serves them. */
    private static void historyIsWhole(OrderHistory history, TestMember... members) {
        for (TestMember member : members) {
            TradingService trading = member.bean(TradingService.class);
            for (long instrument = 1; instrument <= INSTRUMENTS; instrument++) {
                long listed = instrument;
                await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(history.reported(listed)).as("of " + listed).isPositive()
                        .isGreaterThanOrEqualTo(trading.reported(listed)));
            }
        }
    }

    private static Map<Long, AccountView> views(OrderService orders) {
        Map<Long, AccountView> views = new TreeMap<>();
        for (long number = 1; number <= ACCOUNTS; number++) {
            AccountView view = orders.view(orders.account(number).orElseThrow()).orElseThrow();
            assertThat(view.underWay()).isEmpty();
            view.orders().sort(Comparator.comparing(AccountView.OpenOrder::instrument).thenComparing(AccountView.OpenOrder::orderId));
            // A price is that of the last report to the account; an account that is made anew begins with the book's own.
            view.positions().replaceAll(held -> new AccountView.Position(held.security(), held.units(), held.openBuys(), held.openSells(), held.pricedIn(), 0));
            views.put(number, view);
        }
        assertThat(views.values().stream().mapToLong(view -> view.orders().size()).sum()).isPositive();
        return views;
    }

    private static TestMember start(TestDatabase database, String cluster, int[] ports, int index) {
        return TestMember.start(new LinkedHashMap<>(Map.of("partita.grid.name", cluster, "partita.grid.port", Integer.toString(ports[index]),
                "partita.grid.addresses", "127.0.0.1:" + ports[0] + ",127.0.0.1:" + ports[1] + ",127.0.0.1:" + ports[2],
                "partita.grid.backups", "1", "partita.grid.expected-members", "3", "partita.ledger.deadline", "3s",
                "partita.database.url", database.url(), "partita.database.user", database.user())));
    }

    private void list(TestMember member, OrderClient client) throws SQLException {
        TradingService service = member.bean(TradingService.class);
        for (long instrument = 1; instrument <= INSTRUMENTS; instrument++) {
            service.list(new Listing("T" + instrument, "EUR", 2, Instrument.simple(instrument)));
        }
        for (long instrument = 1; instrument <= INSTRUMENTS; instrument++) {
            long listed = instrument;
            for (TradingPhase phase : List.of(TradingPhase.PRE_OPEN, TradingPhase.CONTINUOUS)) {
                await().atMost(Duration.ofSeconds(60)).until(() -> client.submit(listed, new Command().phase(phase, 0).id(ids.incrementAndGet()),
                        Acknowledgement.DURABLE) instanceof TradingResult.Executed);
            }
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> service.listings().size() == INSTRUMENTS);
    }

    private static void fund(TestMember member) {
        TradingAccounts accounts = member.bean(TradingAccounts.class);
        LedgerGateway ledger = member.bean(LedgerGateway.class);
        List<Listing> listings = List.copyOf(member.bean(TradingService.class).listings());
        Currency euro = Currency.of("EUR");
        for (long number = 1; number <= ACCOUNTS; number++) {
            TradingAccount account = new TradingAccount(number, 0, "NORTH", "Account " + number, false);
            accounts.open(account);
            List<TradingAccounts.Need> needs = new ArrayList<>(List.of(new TradingAccounts.Need(account, euro)));
            listings.forEach(listing -> needs.add(new TradingAccounts.Need(account, listing.unit())));
            await().atMost(Duration.ofSeconds(60)).until(() -> accounts.provide(needs).join().isEmpty());
            List<List<Transfer>> transfers = new ArrayList<>();
            transfers.add(List.of(Transfer.of(TransferIds.next(), LedgerAccounts.fees(euro), LedgerAccounts.of(number, euro), Money.of(CASH, euro))));
            for (Listing listing : listings) {
                transfers.add(List.of(Transfer.of(TransferIds.next(), LedgerAccounts.depository(listing.unit()), LedgerAccounts.of(number, listing.unit()),
                        Money.of(UNITS, listing.unit()))));
            }
            await().atMost(Duration.ofSeconds(60)).until(() -> ledger.submit(transfers).join().stream().allMatch(LedgerResult.Booked.class::isInstance));
        }
    }

    private void trade(OrderClient client, long account, AtomicBoolean over) {
        Random random = new Random(account);
        while (!over.get()) {
            long instrument = 1 + random.nextInt(INSTRUMENTS);
            Command command = random.nextInt(12) == 0 ? new Command().massCancel(account, 0, 0)
                    : new Command().limit(0, account, random.nextBoolean() ? Side.BUY : Side.SELL, 950 + random.nextInt(100), 1 + random.nextInt(40));
            command.id(ids.incrementAndGet());
            TradingResult result = client.submit(account, instrument, OrderRequest.of(command),
                    random.nextBoolean() ? Acknowledgement.DURABLE : Acknowledgement.REPLICATED);
            (result instanceof TradingResult.Denied ? denied : executed).incrementAndGet();
        }
    }

    private void flat(OrderClient client) {
        for (long instrument = 1; instrument <= INSTRUMENTS; instrument++) {
            assertThat(client.submit(instrument, new Command().massCancel(0, 0, 0).id(ids.incrementAndGet()), Acknowledgement.DURABLE))
                    .isInstanceOf(TradingResult.Executed.class);
        }
    }

    private static void check(OrderService orders) {
        await().dontCatchUncaughtExceptions().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            long cash = 0;
            long[] units = new long[INSTRUMENTS + 1];
            for (long number = 1; number <= ACCOUNTS; number++) {
                AccountView view = orders.view(orders.account(number).orElseThrow()).orElseThrow();
                assertThat(view.orders()).as("open orders of %s", number).isEmpty();
                assertThat(view.underWay()).as("under way of %s", number).isEmpty();
                assertThat(view.cash().getFirst().reserved()).as("reserved of %s", number).isZero();
                assertThat(view.cash().getFirst().buyingPower()).isNotNegative();
                cash += view.cash().getFirst().cash();
                for (AccountView.Position position : view.positions()) {
                    assertThat(position.units()).isNotNegative();
                    units[(int) position.security()] += position.units();
                }
            }
            assertThat(cash).as("cash of all").isEqualTo(ACCOUNTS * CASH);
            for (int instrument = 1; instrument <= INSTRUMENTS; instrument++) {
                assertThat(units[instrument]).as("units of all").isEqualTo(ACCOUNTS * UNITS);
            }
        });
    }
}

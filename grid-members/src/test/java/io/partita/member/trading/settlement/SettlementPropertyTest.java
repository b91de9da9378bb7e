package io.partita.member.trading.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.partita.member.testing.TestMember;
import io.partita.member.trading.Listing;
import io.partita.trading.Acknowledgement;
import io.partita.trading.Command;
import io.partita.trading.Fees;
import io.partita.trading.Instrument;
import io.partita.trading.Side;
import io.partita.trading.settlement.TradeStatus;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class SettlementPropertyTest {

    private static final TestMember MEMBER = TestMember.start();
    private static final int ACCOUNTS = 8;
    /** One of the accounts that trade is not open. */
    private static final long STRANGER = ACCOUNTS;

    @AfterAll
    static void close() {
        MEMBER.close();
    }

    @Test
    void after_any_flow_of_orders_busts_and_corrections_shares_and_cash_are_where_the_trades_put_them() throws SQLException {
        long seed = Long.getLong("partita.seed", 20261121);
        Random random = new Random(seed);
        SettlementService service = MEMBER.bean(SettlementService.class);
        try (SettlementScene scene = new SettlementScene(MEMBER)) {
            Listing first = new Listing("A", "EUR", 2, Instrument.simple(1).withFees(new Fees(-200, 1_500, 300, 100)));
            List<Listing> listings = scene.list(List.of(first,
                    new Listing("B", "EUR", 4, Instrument.simple(2).withFees(new Fees(100, 100, 0, 0))).withSecurity(first),
                    new Listing("C", "USD", 0, Instrument.simple(3)),
                    new Listing("D", "EUR", 2, Instrument.simple(4).withFees(new Fees(50, 50, 0, 0))).withSettlementDays(1)));
            for (long account = 1; account < STRANGER; account++) {
                scene.open(account, account <= 3);
                scene.deposit(account, SettlementScene.EUR, 1 + random.nextInt(2_000_000));
                for (Listing listing : listings) {
                    scene.deposit(account, listing.unit(), 1 + random.nextInt(200));
                }
            }
            for (int burst = 0; burst < 12; burst++) {
                trade(scene, listings, random);
                if (burst % 4 == 3) {
                    // However quick the machine: some adjustments meet trades that are settled.
                    awaitAll(scene, listings);
                }
                adjust(service, listings, random);
            }
            awaitAll(scene, listings);
            service.advance(LocalDate.now(ZoneOffset.UTC).plusDays(5));
            await().atMost(Duration.ofSeconds(30)).until(() -> service.queries().progress().stream().allMatch(one -> one.pending() == 0 && one.queued() == 0)
                    && service.queries().openRevisions(List.of(1L, 2L, 3L, 4L), 1).isEmpty());
            Map<Integer, Integer> statuses = new SettlementOracle(scene, MEMBER.database()).check(listings);
            assertThat(statuses).as("seed %s: trades by status", seed).containsKeys(TradeStatus.NOT_SETTLED.ordinal(), TradeStatus.SETTLED.ordinal(),
                    TradeStatus.FAILED.ordinal(), TradeStatus.BUSTED.ordinal());
            assertThat(statuses.get(TradeStatus.SETTLED.ordinal())).as("seed %s", seed).isGreaterThan(300);
        }
    }

    private static void trade(SettlementScene scene, List<Listing> listings, Random random) {
        List<CompletableFuture<?>> answers = new ArrayList<>();
        for (Listing listing : listings) {
            List<Command> commands = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                commands.add(new Command().limit(0, 1 + random.nextInt(ACCOUNTS), random.nextBoolean() ? Side.BUY : Side.SELL,
                        995 + random.nextInt(11), 1 + random.nextInt(40)).id(scene.nextId()));
            }
            answers.add(scene.trading().submitAsync(listing.instrument(), commands, Acknowledgement.DURABLE));
        }
        answers.forEach(CompletableFuture::join);
    }

    /** Asks for some busts, corrections and further attempts; what comes of them does not matter here. */
    private static void adjust(SettlementService service, List<Listing> listings, Random random) throws SQLException {
        for (int i = 0; i < 12; i++) {
            Listing listing = listings.get(random.nextInt(listings.size()));
            long number = 1 + random.nextInt(100);
            switch (random.nextInt(3)) {
                case 0 -> service.bust(listing, number, UUID.randomUUID(), "");
                case 1 -> service.correct(listing, number, UUID.randomUUID(), 990L + random.nextInt(20), 1L + random.nextInt(50), "");
                default -> service.retry(listing, number);
            }
        }
    }

    private static void awaitAll(SettlementScene scene, List<Listing> listings) throws SQLException {
        for (Listing listing : listings) {
            long made = new SettlementOracle(scene, MEMBER.database()).made(listing);
            await().atMost(Duration.ofSeconds(60)).until(() -> scene.trades().progress().stream()
                    .anyMatch(one -> one.instrument() == listing.instrument() && one.trades() == made));
        }
    }
}

package io.partita.member.marketdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.partita.member.testing.TestMember;
import io.partita.member.trading.Listing;
import io.partita.member.trading.TradingService;
import io.partita.trading.Acknowledgement;
import io.partita.trading.Command;
import io.partita.trading.HazelcastTradingClient;
import io.partita.trading.Instrument;
import io.partita.trading.Reason;
import io.partita.trading.Side;
import io.partita.trading.TradingClient;
import io.partita.trading.TradingPhase;
import io.partita.trading.TradingResult;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** An instrument that is listed and open, and orders for it. */
final class Market implements AutoCloseable {

    private static final AtomicLong IDS = new AtomicLong(1);

    final Listing listing;
    private final TradingClient client;

    private Market(TestMember member, Listing listing) {
        this.listing = listing;
        client = HazelcastTradingClient.of(member.hazelcast(), Duration.ofSeconds(60));
    }

    static Market open(TestMember member, long instrument, String symbol) {
        Market market = new Market(member, new Listing(symbol, "EUR", 2, Instrument.simple(instrument)));
        TradingService service = member.bean(TradingService.class);
        try {
            assertThat(service.list(market.listing)).isTrue();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        for (TradingPhase phase : List.of(TradingPhase.PRE_OPEN, TradingPhase.CONTINUOUS)) {
            Command command = new Command().phase(phase, 0);
            await().atMost(Duration.ofSeconds(60)).until(() -> market.client.submit(instrument, command.id(IDS.incrementAndGet()), Acknowledgement.REPLICATED)
                    instanceof TradingResult.Executed executed && executed.rejected() == Reason.NONE);
        }
        return market;
    }

    long instrument() {
        return listing.instrument();
    }

    /** Carries a command out; the number of the order that it entered. */
    long submit(Command command) {
        TradingResult result = client.submit(instrument(), command.id(IDS.incrementAndGet()), Acknowledgement.REPLICATED);
        assertThat(result).isInstanceOf(TradingResult.Executed.class);
        return ((TradingResult.Executed) result).orderId();
    }

    /** Some orders at random around a price; most rest, many trade, some are icebergs, some are cancelled. */
    void trade(Random random, int orders) {
        List<Command> commands = new ArrayList<>();
        for (int i = 0; i < orders; i++) {
            Command command = random.nextInt(6) == 0 ? new Command().massCancel(1 + random.nextInt(20), 0, 0)
                    : new Command().limit(0, 1 + random.nextInt(20), random.nextBoolean() ? Side.BUY : Side.SELL, 95 + random.nextInt(11), 1 + random.nextInt(90));
            if (command.quantity() > 50) {
                command.display(10);
            }
            commands.add(command.id(IDS.incrementAndGet()));
        }
        assertThat(client.submitAsync(instrument(), commands, Acknowledgement.REPLICATED).join()).allMatch(TradingResult.Executed.class::isInstance);
    }

    /** Far more messages in a second than anybody needs: orders that meet nobody, and all of them are cancelled. */
    void stuff(long account) {
        List<Command> commands = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            commands.add(new Command().limit(0, account, Side.BUY, 90, 1).id(IDS.incrementAndGet()));
        }
        commands.add(new Command().massCancel(account, 0, 0).id(IDS.incrementAndGet()));
        assertThat(client.submitAsync(instrument(), commands, Acknowledgement.REPLICATED).join()).allMatch(TradingResult.Executed.class::isInstance);
    }

    /** When this is in the journal, all before it is. */
    void keep() {
        assertThat(client.submit(instrument(), new Command().tick().id(IDS.incrementAndGet()), Acknowledgement.DURABLE)).isInstanceOf(TradingResult.Executed.class);
    }

    @Override
    public void close() {
        client.close();
    }
}

package io.partita.member.trading.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.map.IMap;
import io.partita.ledger.Account;
import io.partita.ledger.AccountType;
import io.partita.ledger.HazelcastLedgerClient;
import io.partita.ledger.LedgerClient;
import io.partita.ledger.LedgerResult;
import io.partita.ledger.Transfer;
import io.partita.ledger.TransferIds;
import io.partita.member.testing.TestMember;
import io.partita.member.trading.Listing;
import io.partita.member.trading.TradingService;
import io.partita.money.Currency;
import io.partita.money.Money;
import io.partita.positions.Position;
import io.partita.positions.PositionKey;
import io.partita.positions.PositionNames;
import io.partita.trading.Acknowledgement;
import io.partita.trading.Command;
import io.partita.trading.HazelcastTradingClient;
import io.partita.trading.Side;
import io.partita.trading.TradingClient;
import io.partita.trading.TradingPhase;
import io.partita.trading.TradingResult.Executed;
import io.partita.trading.settlement.LedgerAccounts;
import io.partita.trading.settlement.TradingAccount;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** A market on a member: instruments that trade, accounts with cash and holdings. */
public final class SettlementScene implements AutoCloseable {

    public static final Currency EUR = Currency.of("EUR");
    /** Where cash comes from. */
    static final long BANK = 1;

    private final TestMember member;
    private final TradingClient trading;
    private final LedgerClient ledger;
    private final AtomicLong ids = new AtomicLong(System.nanoTime());
    private final Map<Held, Long> deposited = new ConcurrentHashMap<>();

    /** What an account has of something. */
    record Held(long account, Currency currency) {
    }

    public SettlementScene(TestMember member) {
        this(member, Map.of());
    }

    /** @param before what was brought when another member stood here */
    SettlementScene(TestMember member, Map<Held, Long> before) {
        deposited.putAll(before);
        this.member = member;
        trading = HazelcastTradingClient.of(member.hazelcast(), Duration.ofSeconds(30));
        ledger = HazelcastLedgerClient.of(member.hazelcast(), Duration.ofSeconds(30));
        member.awaitReady();
        booked(ledger.open(Account.of(BANK, "Bank", AccountType.ASSET, EUR)));
    }

    public TradingClient trading() {
        return trading;
    }

    LedgerClient ledger() {
        return ledger;
    }

    TradingAccounts accounts() {
        return member.bean(TradingAccounts.class);
    }

    /** An id that no command had. */
    public long nextId() {
        return ids.incrementAndGet();
    }

    /** Positions in the grid. */
    IMap<PositionKey, Position> positions() {
        return member.hazelcast().getMap(PositionNames.POSITIONS);
    }

    TradeQueries trades() {
        return member.bean(SettlementService.class).queries();
    }

    /** Lists an instrument and opens its book. */
    public Listing list(Listing listing) throws SQLException {
        return list(List.of(listing)).getFirst();
    }

    /** Lists instruments and opens their books. */
    public List<Listing> list(List<Listing> listings) throws SQLException {
        TradingService service = member.bean(TradingService.class);
        for (Listing listing : listings) {
            assertThat(service.list(listing)).isTrue();
        }
        for (TradingPhase phase : List.of(TradingPhase.PRE_OPEN, TradingPhase.CONTINUOUS)) {
            for (Listing listing : listings) {
                Command command = new Command().phase(phase, 0).id(nextId());
                // Every member learns of a new instrument within a second.
                await().atMost(Duration.ofSeconds(60)).until(() -> trading.submit(listing.instrument(), command, Acknowledgement.DURABLE) instanceof Executed);
            }
        }
        return listings.stream().map(listing -> await().atMost(Duration.ofSeconds(20)).until(() -> service.listing(listing.symbol()), Optional::isPresent)
                .orElseThrow()).toList();
    }

    Executed submit(Listing listing, Command command) {
        var result = trading.submit(listing.instrument(), command.id(ids.incrementAndGet()), Acknowledgement.DURABLE);
        assertThat(result).isInstanceOf(Executed.class);
        return (Executed) result;
    }

    /** The seller's order rests, the buyer's takes it; the number of their trade. */
    public long trade(Listing listing, long buyer, long seller, long price, long quantity) {
        submit(listing, new Command().limit(0, seller, Side.SELL, price, quantity));
        return submit(listing, new Command().limit(0, buyer, Side.BUY, price, quantity)).reports().getLast().tradeId();
    }

    public void open(long number, boolean margin) {
        assertThat(accounts().open(new TradingAccount(number, 0, "FIRM", "Trader " + number, margin))).isEqualTo(TradingAccounts.Opening.OPENED);
    }

    /** Brings money, or securities, to an account. */
    public void deposit(long number, Currency currency, long amount) {
        TradingAccount owner = accounts().find(number).orElseThrow();
        assertThat(accounts().provide(List.of(new TradingAccounts.Need(owner, currency))).join()).isEmpty();
        booked(ledger.transfer(Transfer.of(TransferIds.next(), currency.isUnit() ? LedgerAccounts.depository(currency) : BANK,
                LedgerAccounts.of(number, currency), Money.of(amount, currency))));
        deposited.merge(new Held(number, currency), amount, Long::sum);
    }

    /** What was brought. */
    Map<Held, Long> deposited() {
        return deposited;
    }

    /** What an account has in the ledger; 0 where it has no account there. */
    long balance(long number, Currency currency) {
        return ledger.balance(LedgerAccounts.of(number, currency)).balance().map(balance -> balance.posted().minor()).orElse(0L);
    }

    /** A trade, as soon as settlement has come to it. */
    TradeRecord settled(Listing listing, long number) {
        return await().atMost(Duration.ofSeconds(20)).until(() -> trades().find(listing.instrument(), number).orElse(null),
                trade -> trade != null && trade.status() != io.partita.trading.settlement.TradeStatus.QUEUED);
    }

    static void booked(LedgerResult result) {
        assertThat(result).isInstanceOf(LedgerResult.Booked.class);
    }

    @Override
    public void close() {
        trading.close();
        ledger.close();
    }
}

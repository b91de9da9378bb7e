package io.partita.member.trading.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.map.IMap;
import io.partita.member.testing.TestDatabase;
import io.partita.member.trading.Listing;
import io.partita.member.trading.settlement.SettlementScene.Held;
import io.partita.money.Currency;
import io.partita.positions.Position;
import io.partita.positions.PositionKey;
import io.partita.trading.Command;
import io.partita.trading.ExecType;
import io.partita.trading.Execution;
import io.partita.trading.Liquidity;
import io.partita.trading.Side;
import io.partita.trading.book.PriceTimeBook;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What must hold when settlement has come to all trades: each trade that the commands of the order journal lead to is there once; each account
 * has in the ledger what it brought and what its settled trades come to, in decimals and in the plainest code; nothing was made and nothing
 * lost; and positions are what the settled trades come to.
 */
final class SettlementOracle {

    private final SettlementScene scene;
    private final TestDatabase database;
    private final Map<Held, BigDecimal> expected = new HashMap<>();
    private final Map<PositionKey, BigDecimal[]> positions = new HashMap<>();

    SettlementOracle(SettlementScene scene, TestDatabase database) {
        this.scene = scene;
        this.database = database;
        scene.deposited().forEach((held, amount) -> expected.put(held, new BigDecimal(amount)));
    }

    /** A trade as the journal's commands lead to it. */
    private record Made(long number, long price, long quantity, long buyer, long seller) {
    }

    private interface Rows {
        void read(ResultSet row) throws SQLException;
    }

    private void query(String sql, Rows rows) throws SQLException {
        try (Connection connection = database.dataSource().getConnection(); Statement statement = connection.createStatement();
             ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                rows.read(row);
            }
        }
    }

    /** How many trades a book has made, by its commands alone. */
    int made(Listing listing) throws SQLException {
        return replay(listing).size();
    }

    private List<Made> replay(Listing listing) throws SQLException {
        PriceTimeBook book = new PriceTimeBook(listing.rules());
        Map<Long, Execution[]> trades = new TreeMap<>();
        query("select commands from trading_command where instrument = " + listing.instrument() + " order by first", row -> {
            ByteBuffer in = ByteBuffer.wrap(row.getBytes(1));
            while (in.hasRemaining()) {
                book.apply(new Command().decode(in), report -> {
                    if (report.execType() == ExecType.TRADE) {
                        trades.computeIfAbsent(report.tradeId(), key -> new Execution[2])[report.side() == Side.BUY ? 0 : 1] = Execution.of(report);
                    }
                });
            }
        });
        return trades.entrySet().stream().map(trade -> new Made(trade.getKey(), trade.getValue()[0].lastPrice(), trade.getValue()[1].lastQuantity(),
                trade.getValue()[0].account(), trade.getValue()[1].account())).toList();
    }

    /** How many trades of each status there are. */
    Map<Integer, Integer> check(List<Listing> listings) throws SQLException {
        Map<Integer, Integer> statuses = new HashMap<>();
        for (Listing listing : listings) {
            List<Made> there = new ArrayList<>();
            query("select * from trade where instrument = " + listing.instrument() + " order by number", row -> there.add(new Made(row.getLong("number"),
                    row.getLong("price"), row.getLong("quantity"), row.getLong("buyer"), row.getLong("seller"))));
            assertThat(there).as("trades of %s", listing.symbol()).containsExactlyElementsOf(replay(listing));
            query("select coalesce(r.price, t.price) as p, coalesce(r.quantity, t.quantity) as q, t.* from trade t "
                    + "left join trade_revision r using (instrument, number, revision) where instrument = " + listing.instrument()
                    + " order by place nulls last", row -> {
                statuses.merge(row.getInt("status"), 1, Integer::sum);
                if (row.getInt("status") == 3) {
                    settle(listing, row);
                }
            });
        }
        checkLedger();
        checkPositions();
        return statuses;
    }

    private void settle(Listing listing, ResultSet row) throws SQLException {
        Currency money = Currency.of(listing.currency());
        BigDecimal quantity = row.getBigDecimal("q");
        BigDecimal notional = row.getBigDecimal("p").multiply(quantity).movePointLeft(listing.priceScale()).movePointRight(money.minorDigits());
        BigDecimal cash = notional.setScale(0, RoundingMode.HALF_UP);
        long buyer = row.getLong("buyer");
        long seller = row.getLong("seller");
        add(buyer, listing.unit(), quantity);
        add(seller, listing.unit(), quantity.negate());
        add(buyer, money, cash.negate());
        add(seller, money, cash);
        BigDecimal buyerFee = fee(listing, row, "buyer_role", money);
        BigDecimal sellerFee = fee(listing, row, "seller_role", money);
        add(buyer, money, buyerFee.negate());
        add(seller, money, sellerFee.negate());
        add(0, money, buyerFee.add(sellerFee));
        if (buyer == seller) {
            fill(listing, buyer, BigDecimal.ZERO, BigDecimal.ZERO, buyerFee.add(sellerFee));
        } else {
            fill(listing, buyer, quantity, cash, buyerFee);
            fill(listing, seller, quantity.negate(), cash.negate(), sellerFee);
        }
    }

    /** Rounded as the book does, to a tick times a unit, and then to a minor unit; towards the venue both times. */
    private static BigDecimal fee(Listing listing, ResultSet row, String role, Currency money) throws SQLException {
        int rate = switch (Liquidity.values()[row.getInt(role)]) {
            case MAKER -> listing.rules().fees().maker();
            case TAKER -> listing.rules().fees().taker();
            case AUCTION -> listing.rules().fees().auction();
            case CROSS -> listing.rules().fees().cross();
            case NONE -> 0;
        };
        return row.getBigDecimal("p").multiply(row.getBigDecimal("q")).multiply(BigDecimal.valueOf(rate)).movePointLeft(6).setScale(0, RoundingMode.CEILING)
                .movePointLeft(listing.priceScale()).movePointRight(money.minorDigits()).setScale(0, RoundingMode.CEILING);
    }

    private void add(long account, Currency currency, BigDecimal amount) {
        expected.merge(new Held(account, currency), amount, BigDecimal::add);
    }

    private void fill(Listing listing, long account, BigDecimal filled, BigDecimal paid, BigDecimal fee) {
        BigDecimal[] position = positions.computeIfAbsent(new PositionKey(account, listing.instrument()),
                key -> new BigDecimal[] {BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO});
        position[3] = position[3].add(fee);
        BigDecimal quantity = filled;
        BigDecimal cash = paid;
        if (position[0].signum() * quantity.signum() < 0) {
            BigDecimal closed = position[0].abs().min(quantity.abs());
            BigDecimal cashPart = cash.multiply(closed).divide(quantity.abs(), 0, RoundingMode.HALF_EVEN);
            BigDecimal costPart = position[1].multiply(closed).divide(position[0].abs(), 0, RoundingMode.HALF_EVEN);
            BigDecimal signed = closed.multiply(BigDecimal.valueOf(quantity.signum()));
            position[2] = position[2].subtract(cashPart).subtract(costPart);
            position[1] = position[1].subtract(costPart);
            position[0] = position[0].add(signed);
            quantity = quantity.subtract(signed);
            cash = cash.subtract(cashPart);
        }
        position[0] = position[0].add(quantity);
        position[1] = position[1].add(cash);
    }

    private void checkLedger() {
        Map<Currency, BigDecimal> brought = new HashMap<>();
        Map<Currency, BigDecimal> there = new HashMap<>();
        scene.deposited().forEach((held, amount) -> brought.merge(held.currency(), new BigDecimal(amount), BigDecimal::add));
        expected.forEach((held, amount) -> {
            BigDecimal has = new BigDecimal(scene.balance(held.account(), held.currency()));
            assertThat(has).as("%s", held).isEqualByComparingTo(amount);
            there.merge(held.currency(), has, BigDecimal::add);
        });
        brought.forEach((currency, amount) -> assertThat(there.get(currency)).as("all %s that there is", currency).isEqualByComparingTo(amount));
    }

    private void checkPositions() throws SQLException {
        IMap<PositionKey, Position> grid = scene.positions();
        Map<PositionKey, Position> stored = new HashMap<>();
        query("select * from position", row -> {
            Position position = TradeQueries.position(row);
            stored.put(position.key(), position);
        });
        positions.forEach((key, naive) -> {
            Position position = stored.get(key);
            assertThat(position).as("position %s", key).isNotNull();
            assertThat(List.of(position.quantity(), position.cost(), position.realized(), position.fees())).as("position %s", key)
                    .containsExactly(naive[0].longValueExact(), naive[1].longValueExact(), naive[2].longValueExact(), naive[3].longValueExact());
        });
        stored.forEach((key, position) -> {
            assertThat(positions.containsKey(key) || position.quantity() == 0 && position.cost() == 0).as("position %s", key).isTrue();
            assertThat(grid.get(key)).as("position %s in the grid", key).isEqualTo(position);
        });
    }
}

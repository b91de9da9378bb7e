package io.partita.member.positions;

import io.partita.member.positions.RowJson.PositionRow;
import io.partita.member.positions.RowJson.PositionRows;
import io.partita.member.positions.RowJson.PriceRow;
import io.partita.member.positions.RowJson.PriceRows;
import io.partita.positions.PositionRefusal;
import io.partita.positions.PositionRefused;
import io.partita.positions.product.Cash;
import io.partita.positions.product.DailyPrice;
import io.partita.positions.product.Equity;
import io.partita.positions.product.Price;
import io.partita.positions.product.Product;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads rows of imports, and takes those that are right: one wrong row spoils no other. Thread-safe; calls block. */
public final class RowImports {

    /** The name of whoever makes products by importing positions of them. */
    private static final String ACTOR = "import ";

    private final Prices prices;
    private final ExternalPositions external;
    private final Products products;

    RowImports(Prices prices, ExternalPositions external, Products products) {
        this.prices = prices;
        this.external = external;
        this.products = products;
    }

    private interface Reading<T> {
        T read();
    }

    /** Reads a row, or adds why it cannot be to those that are refused. */
    private static <T> void read(long row, List<T> into, List<RowRefusal> refused, Reading<T> reading) {
        try {
            into.add(reading.read());
        } catch (PositionRefused wrong) {
            refused.add(new RowRefusal(row, wrong.code(), wrong.getMessage()));
        }
    }

    private static <T> List<T> bounded(List<T> rows) {
        if (rows == null || rows.isEmpty() || rows.stream().anyMatch(Objects::isNull)) {
            throw new PositionRefused(PositionRefusal.MISSING_FIELD, "There are no rows.");
        }
        if (rows.size() > RowsTaken.MOST_ROWS) {
            throw new PositionRefused(PositionRefusal.BATCH_TOO_LARGE, rows.size() + " rows.");
        }
        return rows;
    }

    private static RowsTaken with(RowsTaken taken, List<RowRefusal> refused) {
        List<RowRefusal> all = new ArrayList<>(refused);
        all.addAll(taken.refused());
        all.sort(Comparator.comparingLong(RowRefusal::row));
        return new RowsTaken(taken.accepted(), taken.repeated(), taken.corrected(), all);
    }

    /** Prices, each taken or refused alone. Throws {@link PositionRefused} if there are none or too many. */
    public RowsTaken prices(PriceRows request) {
        String name = Prices.name(request.name());
        String source = RowText.empty(request.source()) ? name : Prices.name(request.source());
        List<PriceRow> rows = bounded(request.rows());
        Map<String, Product> known = products.find(rows.stream().map(PriceRow::symbol).filter(symbol -> !RowText.empty(symbol)).map(String::strip)
                .collect(Collectors.toSet()));
        List<Prices.Offer> offers = new ArrayList<>();
        List<RowRefusal> refused = new ArrayList<>();
        rows.forEach(row -> read(row.row(), offers, refused, () -> new Prices.Offer(row.row(), price(row, source, known))));
        return with(prices.take(name, Boolean.TRUE.equals(request.correct()), offers), refused);
    }

    private static DailyPrice price(PriceRow row, String source, Map<String, Product> known) {
        String symbol = RowText.symbol(row.symbol());
        LocalDate day = RowText.day(row.day());
        if (RowText.empty(row.close())) {
            throw new PositionRefused(PositionRefusal.MISSING_FIELD, "close is empty.");
        }
        Product product = known.get(symbol);
        return new DailyPrice(symbol, day, 0, checked(product, row.open()), checked(product, row.high()), checked(product, row.low()),
                checked(product, row.close()),
                RowText.volume(row.volume()), source);
    }

    /** Of what nobody knows, prices are positive, as those of shares. */
    private static Price checked(Product product, String text) {
        Price price = RowText.price(text);
        if (price == null || product != null) {
            return price == null ? null : product.checked(price);
        }
        if (price.signum() <= 0) {
            throw new PositionRefused(price.signum() < 0 ? PositionRefusal.NEGATIVE_PRICE : PositionRefusal.ZERO_PRICE,
                    price + " of what is no product here.");
        }
        return price;
    }

    /** Lots that accounts have from elsewhere, each taken or refused alone. Throws {@link PositionRefused} if there are none or too many. */
    public RowsTaken positions(PositionRows request) {
        String name = Prices.name(request.name());
        List<PositionRow> rows = bounded(request.rows());
        Map<String, Product> known = new HashMap<>(products.find(rows.stream().map(PositionRow::symbol).filter(symbol -> !RowText.empty(symbol))
                .map(String::strip)
                .collect(Collectors.toSet())));
        Set<String> there = Set.copyOf(known.keySet());
        List<ExternalPositions.Lot> lots = new ArrayList<>();
        List<RowRefusal> refused = new ArrayList<>();
        rows.forEach(row -> read(row.row(), lots, refused, () -> lot(row, known)));
        // Only now: a row that is refused leaves no product.
        Map<String, PositionRefused> strange = new HashMap<>();
        products.add(known.values().stream().filter(product -> !there.contains(product.symbol())).toList(), ACTOR + name, strange);
        lots.removeIf(lot -> {
            PositionRefused why = strange.get(lot.symbol());
            if (why != null) {
                refused.add(new RowRefusal(lot.row(), why.code(), why.getMessage()));
            }
            return why != null;
        });
        return with(external.take(name, lots), refused);
    }

    private static ExternalPositions.Lot lot(PositionRow row, Map<String, Product> known) {
        long account = RowText.account(row.account());
        String symbol = RowText.symbol(row.symbol());
        LocalDate day = RowText.day(row.day());
        Product product = product(row, symbol, known);
        long quantity = RowText.quantity(product, row.quantity());
        long cost = cost(row, product, quantity, day);
        if (cost != 0 && Long.signum(cost) != Long.signum(quantity) && product.paidUpFront()) {
            throw new PositionRefused(PositionRefusal.MALFORMED_AMOUNT, "The cost of " + quantity + " has the other sign.");
        }
        long fee = RowText.empty(row.fee()) ? 0 : RowText.amount(product.currency(), row.fee());
        known.putIfAbsent(symbol, product);
        return new ExternalPositions.Lot(row.row(), account, symbol, day, quantity, cost, fee);
    }

    private static long cost(PositionRow row, Product product, long quantity, LocalDate day) {
        if (!RowText.empty(row.cost())) {
            return RowText.amount(product.currency(), row.cost());
        }
        if (!RowText.empty(row.price())) {
            return product.worth(quantity, Price.parse(row.price()), day);
        }
        if (product instanceof Cash) {
            return quantity;
        }
        throw new PositionRefused(PositionRefusal.MISSING_FIELD, "cost and price are empty.");
    }

    private static Product product(PositionRow row, String symbol, Map<String, Product> known) {
        Product there = known.get(symbol);
        if (there == null && RowText.empty(row.currency())) {
            throw new PositionRefused(PositionRefusal.UNKNOWN_PRODUCT, symbol + "; with a currency it would be an equity.");
        }
        if (there == null) {
            return new Equity(symbol, RowText.currency(row.currency()));
        }
        if (!RowText.empty(row.currency()) && RowText.currency(row.currency()) != there.currency()) {
            throw new PositionRefused(PositionRefusal.PRODUCT_EXISTS, symbol + " is priced in " + there.currency() + ".");
        }
        return there;
    }
}

package io.partita.positions.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.partita.money.Currency;
import io.partita.positions.PositionRefusal;
import io.partita.positions.PositionRefused;
import io.partita.positions.book.Portfolio.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HierarchyTest {

    private static final Currency EUR = Currency.of("EUR");

    private static Portfolio portfolio(String code, Level level, String parent) {
        return new Portfolio(code, code, level, parent, EUR);
    }

    private static final List<Portfolio> HOUSE = List.of(portfolio("house", Level.FIRM, null), portfolio("rates", Level.DESK, "house"),
            portfolio("shares", Level.DESK, "house"), portfolio("flow", Level.BOOK, "shares"), portfolio("index", Level.BOOK, "shares"));

    private static PositionRefusal refusal(List<Portfolio> more, Map<Long, String> accounts) {
        List<Portfolio> all = new ArrayList<>(HOUSE);
        all.addAll(more);
        PositionRefused refused = catchThrowableOfType(PositionRefused.class, () -> new Hierarchy(all, accounts));
        assertThat(refused).isNotNull();
        return refused.code();
    }

    @Test
    void each_portfolio_is_the_sum_of_what_is_below_it() {
        for (long seed = 1; seed <= 100; seed++) {
            Random random = new Random(seed);
            List<Portfolio> portfolios = new ArrayList<>(List.of(portfolio("firm", Level.FIRM, null)));
            Map<Long, String> books = new HashMap<>();
            for (int desk = 0; desk < random.nextInt(5); desk++) {
                portfolios.add(portfolio("desk" + desk, Level.DESK, "firm"));
                for (int book = 0; book < random.nextInt(4); book++) {
                    String code = "book" + desk + "-" + book;
                    portfolios.add(portfolio(code, Level.BOOK, "desk" + desk));
                    for (int account = random.nextInt(5); account > 0; account--) {
                        books.put(1 + (long) books.size(), code);
                    }
                }
            }
            Map<Long, Totals> ofAccounts = new HashMap<>();
            books.keySet().forEach(account -> ofAccounts.put(account, new Totals(random.nextInt() - 9L, random.nextInt(), random.nextInt(),
                    random.nextInt(),
                    random.nextInt(), random.nextInt(), random.nextInt(), random.nextInt(), 3, 1)));
            Hierarchy hierarchy = new Hierarchy(portfolios, books);
            Map<String, Totals> sums = hierarchy.rollUp("firm", ofAccounts::get);
            assertThat(sums.keySet()).containsExactlyInAnyOrderElementsOf(portfolios.stream().map(Portfolio::code).toList());
            for (Portfolio portfolio : portfolios) {
                Totals flat = hierarchy.accountsUnder(portfolio.code()).stream().map(ofAccounts::get).reduce(Totals.ZERO, Totals::plus);
                assertThat(sums.get(portfolio.code())).as("seed %s, %s", seed, portfolio.code()).isEqualTo(flat);
            }
            books.forEach((account, book) -> assertThat(hierarchy.path(account)).extracting(Portfolio::level).containsExactly(Level.BOOK, Level.DESK,
                    Level.FIRM));
        }
    }

    @Test
    void what_is_no_hierarchy_is_refused_with_its_code() {
        assertThat(refusal(List.of(portfolio("stray", Level.DESK, "nowhere")), Map.of())).isEqualTo(PositionRefusal.PORTFOLIO_NOT_FOUND);
        assertThat(refusal(List.of(portfolio("low", Level.BOOK, "house")), Map.of())).isEqualTo(PositionRefusal.PARENT_NOT_ABOVE);
        assertThat(refusal(List.of(portfolio("round", Level.DESK, "round")), Map.of())).isEqualTo(PositionRefusal.PARENT_NOT_ABOVE);
        assertThat(refusal(List.of(new Portfolio("yen", "yen", Level.DESK, "house", Currency.of("JPY"))), Map.of()))
                .isEqualTo(PositionRefusal.BASE_DIFFERS);
        assertThat(refusal(List.of(), Map.of(7L, "shares"))).isEqualTo(PositionRefusal.NOT_A_BOOK);
        assertThat(refusal(List.of(), Map.of(-7L, "flow"))).isEqualTo(PositionRefusal.MALFORMED_ACCOUNT);
        assertThat(new Hierarchy(HOUSE, Map.of()).path(7)).isEmpty();
        assertThat(catchThrowableOfType(PositionRefused.class, () -> portfolio("No", Level.FIRM, null)).code())
                .isEqualTo(PositionRefusal.MALFORMED_CODE);
        assertThat(catchThrowableOfType(PositionRefused.class, () -> portfolio("firm", Level.FIRM, "house")).code())
                .isEqualTo(PositionRefusal.PARENT_NOT_ABOVE);
    }
}

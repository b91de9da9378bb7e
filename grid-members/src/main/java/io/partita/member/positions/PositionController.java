package io.partita.member.positions;

import io.partita.ledger.Reading;
import io.partita.member.ledger.rest.LedgerCalls;
import io.partita.member.trading.Listing;
import io.partita.member.trading.rest.TradingCalls;
import io.partita.member.trading.settlement.rest.SettlementCalls;
import io.partita.money.Currency;
import io.partita.positions.Position;
import io.partita.trading.settlement.LedgerAccounts;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Positions")
@RestController
@RequestMapping("/api/v1/positions")
final class PositionController {

    /** Digits that an average has beyond those of a price. */
    private static final int MORE_DIGITS = 4;

    private final SettlementCalls settlement;
    private final TradingCalls trading;
    private final LedgerCalls ledger;

    PositionController(SettlementCalls settlement, TradingCalls trading, LedgerCalls ledger) {
        this.settlement = settlement;
        this.trading = trading;
        this.ledger = ledger;
    }

    /** What settled trades have left an account with in an instrument. */
    @Schema(name = "Position")
    record PositionAnswer(long account, String symbol, String currency,
                          @Schema(description = "what the ledger has for the account, also what it brought in") Long holding,
                          @Schema(description = "bought less sold") long quantity,
                          @Schema(description = "of the quantity; absent if there is none") String averagePrice,
                          @Schema(description = "of the quantity; negative when short: what it was sold for") String cost,
                          @Schema(description = "profit of what was closed, fees apart") String realized,
                          @Schema(description = "paid, less rebates") String fees) {

        static PositionAnswer of(Position position, Listing listing, Currency money, Reading holding) {
            BigDecimal cost = money.toMajor(position.cost());
            return new PositionAnswer(position.account(), listing.symbol(), money.code(), holding.balance().map(balance -> balance.posted().minor()).orElse(null),
                    position.quantity(), position.quantity() == 0 ? null : cost.divide(BigDecimal.valueOf(position.quantity()),
                    listing.priceScale() + MORE_DIGITS, RoundingMode.HALF_EVEN).toPlainString(), cost.toPlainString(),
                    money.toMajor(position.realized()).toPlainString(), money.toMajor(position.fees()).toPlainString());
        }
    }

    @Operation(summary = "The positions of a trading account", description = """
            What its settled trades have left it with in each instrument, at average cost. Trades that were undone are left out, and corrected ones count as they
            stand.""")
    @GetMapping
    List<PositionAnswer> positions(@RequestParam long account) {
        Map<Long, Listing> listings = trading.byNumber();
        List<Position> positions = settlement.ask(service -> service.queries().positions(account)).stream()
                .filter(position -> listings.containsKey(position.instrument())).toList();
        List<Reading> holdings = ledger.read(positions.stream()
                .map(position -> LedgerAccounts.of(account, listings.get(position.instrument()).unit())).toList());
        List<PositionAnswer> answers = new ArrayList<>();
        for (int i = 0; i < positions.size(); i++) {
            Listing listing = listings.get(positions.get(i).instrument());
            answers.add(PositionAnswer.of(positions.get(i), listing, Currency.of(listing.currency()), holdings.get(i)));
        }
        return answers;
    }
}

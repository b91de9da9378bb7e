package io.partita.member.grid;

import io.partita.ledger.LedgerNames;
import io.partita.marketdata.MarketDataNames;
import io.partita.positions.PositionNames;
import io.partita.security.SecurityNames;
import io.partita.trading.TradingNames;
import java.util.List;

/** Which domain a map belongs to, by what it is called. */
final class MapDomain {

    private static final String INTERNAL = "__";

    private record Rule(String beginning, String domain) {
    }

    private static final List<Rule> RULES = List.of(
            new Rule(LedgerNames.SHARDS, "ledger"), new Rule(LedgerNames.BALANCES, "ledger"),
            new Rule(TradingNames.BOOKS, "trading"), new Rule(TradingNames.ACCOUNTS, "trading"), new Rule(TradingNames.ORDERS, "trading"), new Rule("trading-", "trading"), new Rule("strategy-", "trading"),
            new Rule(PositionNames.POSITIONS, "positions"), new Rule("live-", "positions"),
            new Rule("anomal", "marketdata"), new Rule("alert-", "marketdata"), new Rule(MarketDataNames.SURVEILLANCE, "marketdata"),
            new Rule("tick", "marketdata"), new Rule(MarketDataNames.BARS, "marketdata"), new Rule(MarketDataNames.INDICATORS, "marketdata"),
            new Rule(MarketDataNames.DEAD_LETTERS, "marketdata"), new Rule("market-", "marketdata"), new Rule(MarketDataNames.CORPORATE_ACTIONS, "marketdata"),
            new Rule("risk-", "risk"), new Rule(SecurityNames.RATE_LIMITS, "security"), new Rule("grid-", "grid"), new Rule("__jet", "jobs"), new Rule(INTERNAL, "grid"));

    private MapDomain() {
    }

    /** {@code other} for maps that clients have made. */
    static String of(String map) {
        return RULES.stream().filter(rule -> map.startsWith(rule.beginning())).findFirst().map(Rule::domain).orElse("other");
    }
}

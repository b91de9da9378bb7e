package io.partita.member.risk.limits;

import io.partita.member.risk.counterparty.Counterparty;
import io.partita.member.risk.counterparty.CounterpartyBook;
import io.partita.money.Currency;
import io.partita.positions.book.Hierarchy;
import io.partita.positions.book.Portfolio;
import io.partita.risk.LimitRefusal;
import io.partita.risk.LimitRefused;
import io.partita.risk.RiskLimit;
import io.partita.risk.Scope;
import java.util.List;

/** What limits are on, by the portfolios of one moment. */
record Targets(Hierarchy hierarchy, CounterpartyBook counterparties) {

    /** The currency of a target's figures; null for an account in no book. Throws {@code PORTFOLIO_NOT_FOUND}, {@code COUNTERPARTY_NOT_FOUND}. */
    Currency base(Scope scope, String target) {
        return switch (scope) {
            case PORTFOLIO -> hierarchy.find(target).base();
            case ACCOUNT -> hierarchy.path(Long.parseLong(target)).stream().findFirst().map(Portfolio::base).orElse(null);
            case COUNTERPARTY -> counterparties.find(target).map(Counterparty::currency)
                    .orElseThrow(() -> new LimitRefused(LimitRefusal.COUNTERPARTY_NOT_FOUND, target));
        };
    }

    /** The accounts whose positions a limit is on; none of what was taken away since. */
    List<Long> accounts(RiskLimit limit) {
        return switch (limit.scope()) {
            case PORTFOLIO -> hierarchy.all().stream().anyMatch(one -> one.code().equals(limit.target())) ? hierarchy.accountsUnder(limit.target()) : List.of();
            case ACCOUNT -> List.of(Long.parseLong(limit.target()));
            case COUNTERPARTY -> counterparties.find(limit.target()).stream().flatMap(one -> one.sets().stream()).flatMap(set -> set.accounts().stream()).toList();
        };
    }
}

package io.partita.member.risk.counterparty;

import io.partita.money.Currency;
import java.util.List;

/** Whom others have contracts with. @param currency that its exposure is in */
public record Counterparty(String code, String name, Currency currency, List<NettingSet> sets) {

    public Counterparty {
        sets = List.copyOf(sets);
    }

    /**
     * Contracts under one agreement.
     *
     * @param enforceable whether they can be set off against each other if the counterparty fails
     * @param collateral  held from it, in minor units of its currency; less than 0 for what it holds
     * @param accounts    whose options, futures and forwards are with it
     */
    public record NettingSet(String code, boolean enforceable, long collateral, List<Long> accounts) {

        public NettingSet {
            accounts = List.copyOf(accounts);
        }
    }
}

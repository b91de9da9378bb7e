package io.partita.member.demo;

import io.partita.money.Currency;
import io.partita.money.Money;

/** The currencies of the demo bank. */
enum Tender {
    // About what one euro buys; made up, and never changed, so that the same seed gives the same world.
    EUR(100), USD(108), GBP(85), CHF(95), JPY(165);

    private final Currency currency = Currency.of(name());
    private final long perEuro;

    Tender(long perEuro) {
        this.perEuro = perEuro;
    }

    Currency currency() {
        return currency;
    }

    /** Minor units worth about so many euro cents. */
    long worth(long euroCents) {
        return Math.max(1, Math.multiplyExact(euroCents, perEuro) / 100);
    }

    /** Minor units of another currency for minor units of this one. */
    long into(Tender other, long minor) {
        return Math.max(1, Math.multiplyExact(minor, other.perEuro) / perEuro);
    }

    Money money(long minor) {
        return Money.of(minor, currency);
    }

    /** Account number of one of the bank's own accounts in this currency. */
    long own(Own account) {
        return 1_000L * (ordinal() + 1) + account.number();
    }
}

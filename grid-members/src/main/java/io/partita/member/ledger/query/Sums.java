package io.partita.member.ledger.query;

import io.partita.ledger.AccountType;
import io.partita.ledger.Balance;
import io.partita.ledger.Side;

/** The four sums of an account, in minor units. Sums add up exactly or throw {@link ArithmeticException}. */
public record Sums(long debitsPosted, long creditsPosted, long debitsPending, long creditsPending) {

    public static final Sums ZERO = new Sums(0, 0, 0, 0);

    /** The sums of one leg: what it moves and what it sets aside (negative when it releases). */
    public static Sums of(Side side, long posted, long pending) {
        return side == Side.DEBIT ? new Sums(posted, 0, pending, 0) : new Sums(0, posted, 0, pending);
    }

    public static Sums of(Balance balance) {
        return new Sums(balance.debitsPosted(), balance.creditsPosted(), balance.debitsPending(), balance.creditsPending());
    }

    public Sums plus(Sums other) {
        return new Sums(Math.addExact(debitsPosted, other.debitsPosted), Math.addExact(creditsPosted, other.creditsPosted),
                Math.addExact(debitsPending, other.debitsPending), Math.addExact(creditsPending, other.creditsPending));
    }

    public Sums minus(Sums other) {
        return new Sums(Math.subtractExact(debitsPosted, other.debitsPosted), Math.subtractExact(creditsPosted, other.creditsPosted),
                Math.subtractExact(debitsPending, other.debitsPending), Math.subtractExact(creditsPending, other.creditsPending));
    }

    /** What is posted, positive on the normal side. */
    public long posted(AccountType type) {
        return type.normalSide() == Side.DEBIT ? Math.subtractExact(debitsPosted, creditsPosted)
                : Math.subtractExact(creditsPosted, debitsPosted);
    }

    /** What is pending, positive on the normal side. */
    public long pending(AccountType type) {
        return type.normalSide() == Side.DEBIT ? Math.subtractExact(debitsPending, creditsPending)
                : Math.subtractExact(creditsPending, debitsPending);
    }
}

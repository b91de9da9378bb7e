package io.partita.member.drill.history;

import java.util.Objects;

/**
 * What a client was told about one of the things it asked for: a transfer, an account to be opened, or a balance.
 *
 * @param code           why not; empty when it is {@link Outcome#OK}
 * @param position       place in the journal; -1 unless booked
 * @param debitSequence  sequence of the debit account's shard; for a read, the sequence that the answer reflects
 * @param creditSequence sequence of the credit account's shard
 * @param repeated       whether it is the first result once more
 * @param balance        what a read was answered with; null for anything else
 */
public record Answer(Outcome outcome, String code, long position, long debitSequence, long creditSequence, boolean repeated, Balance balance) {

    /** No member could be asked: nothing was sent. */
    public static final String UNREACHABLE = "UNREACHABLE";

    /**
     * The sums of an account, in minor units.
     *
     * @param stale whether the member said that it may not be up to date
     */
    public record Balance(long debitsPosted, long creditsPosted, long debitsPending, long creditsPending, boolean stale) {
        @Override
        public String toString() {
            return "debits %d credits %d pending %d/%d%s".formatted(debitsPosted, creditsPosted, debitsPending, creditsPending,
                    stale ? " (stale)" : "");
        }
    }

    public Answer {
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(code, "code");
    }

    public static Answer booked(long position, long debitSequence, long creditSequence, boolean repeated) {
        return new Answer(Outcome.OK, "", position, debitSequence, creditSequence, repeated, null);
    }

    public static Answer shown(long sequence, Balance balance) {
        return new Answer(Outcome.OK, "", -1, sequence, 0, false, balance);
    }

    public static Answer refused(String code) {
        return new Answer(Outcome.REFUSED, code, -1, 0, 0, false, null);
    }

    public static Answer unknown(String code) {
        return new Answer(Outcome.UNKNOWN, code, -1, 0, 0, false, null);
    }

    @Override
    public String toString() {
        return switch (outcome) {
            case OK -> balance != null ? "sequence %d: %s".formatted(debitSequence, balance)
                    : "booked at %d, sequences %d and %d%s".formatted(position, debitSequence, creditSequence, repeated ? ", again" : "");
            case REFUSED -> "refused " + code;
            case UNKNOWN -> "unknown " + code;
        };
    }
}

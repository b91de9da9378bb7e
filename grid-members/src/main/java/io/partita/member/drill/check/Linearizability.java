package io.partita.member.drill.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Searches for an order of the operations on one account that explains every answer and puts no operation before one that had ended when it
 * began (Wing and Gong 1993). Operations are put in order just in time, when one of them returns, and a configuration that was met before is
 * not searched again (Lowe 2017). An operation of unknown outcome may take effect at any time after it began, or never.
 *
 * <p>The sums of an account do not depend on the order of what moved them, so that a configuration is the set of those open operations that
 * have taken effect. The number of configurations is bounded: beyond the bound, nothing is claimed.
 */
final class Linearizability {

    /** More operations that are open at once, those of unknown outcome included, are not searched. */
    private static final int MOST_OPEN = 62;

    private final long maxNetDebit;
    private final int bound;
    private int searched;

    /** What came of a search. */
    enum Verdict {
        LINEARIZABLE, NOT_LINEARIZABLE, UNDECIDED
    }

    /**
     * @param at     for a history that cannot be explained, the operation at whose return no order was left; else null
     * @param open   the operations that were under way then
     */
    record Result(Verdict verdict, Step at, List<Step> open, int configurations) {
    }

    /**
     * An operation on the account.
     *
     * @param began monotonic nanoseconds
     * @param ended {@link Long#MAX_VALUE} for an unknown outcome: it may take effect at any time, or never
     * @param label who did it, as evidence
     */
    record Step(long began, long ended, Effect effect, String label) {
    }

    /** What an operation does to the account, or saw of it. */
    sealed interface Effect {
    }

    /** Adds to the sums; not possible where it would break the limit. */
    record Move(long debit, long credit) implements Effect {
    }

    /** A debit of so much was refused for want of funds. */
    record NoFunds(long debit) implements Effect {
    }

    /** The sums were shown as these. */
    record Saw(long debits, long credits) implements Effect {
    }

    /** The sums, and which open operations have taken effect, by place. */
    private record Configuration(long debits, long credits, long done) {
    }

    private Linearizability(long maxNetDebit, int bound) {
        this.maxNetDebit = maxNetDebit;
        this.bound = bound;
    }

    /**
     * Searches.
     *
     * @param maxNetDebit the account's limit, {@link Long#MAX_VALUE} for none
     * @param bound       most configurations to look at
     */
    static Result search(List<Step> steps, long maxNetDebit, int bound) {
        return new Linearizability(maxNetDebit, bound).search(steps);
    }

    private record Moment(long nanos, boolean returns, int step) {
    }

    private Result search(List<Step> steps) {
        Step[] places = new Step[MOST_OPEN];
        int[] placeOf = new int[steps.size()];
        Set<Configuration> now = Set.of(new Configuration(0, 0, 0));
        for (Moment moment : moments(steps)) {
            Step step = steps.get(moment.step());
            if (!moment.returns()) {
                int place = free(places);
                if (place < 0) {
                    return new Result(Verdict.UNDECIDED, null, List.of(), searched);
                }
                places[place] = step;
                placeOf[moment.step()] = place;
                continue;
            }
            int place = placeOf[moment.step()];
            Set<Configuration> next = returned(now, places, place);
            if (searched > bound) {
                return new Result(Verdict.UNDECIDED, null, List.of(), searched);
            }
            if (next.isEmpty()) {
                return new Result(Verdict.NOT_LINEARIZABLE, step, open(places), searched);
            }
            places[place] = null;
            now = next;
        }
        return new Result(Verdict.LINEARIZABLE, null, List.of(), searched);
    }

    /** At one moment, what begins comes before what ends: they overlap. */
    private static List<Moment> moments(List<Step> steps) {
        List<Moment> moments = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            moments.add(new Moment(steps.get(i).began(), false, i));
            if (steps.get(i).ended() != Long.MAX_VALUE) {
                moments.add(new Moment(steps.get(i).ended(), true, i));
            }
        }
        moments.sort(Comparator.comparingLong(Moment::nanos).thenComparing(Moment::returns));
        return moments;
    }

    private static int free(Step[] places) {
        for (int i = 0; i < places.length; i++) {
            if (places[i] == null) {
                return i;
            }
        }
        return -1;
    }

    private static List<Step> open(Step[] places) {
        List<Step> open = new ArrayList<>();
        for (Step place : places) {
            if (place != null) {
                open.add(place);
            }
        }
        return open;
    }

    /** All configurations in which the operation at the place has taken effect, with others before it as needed. */
    private Set<Configuration> returned(Set<Configuration> now, Step[] places, int place) {
        long mask = 1L << place;
        Set<Configuration> next = new HashSet<>();
        Set<Configuration> met = new HashSet<>(now);
        ArrayDeque<Configuration> todo = new ArrayDeque<>(now);
        while (!todo.isEmpty() && searched <= bound) {
            Configuration configuration = todo.poll();
            searched++;
            if ((configuration.done() & mask) != 0) {
                next.add(new Configuration(configuration.debits(), configuration.credits(), configuration.done() & ~mask));
                continue;
            }
            for (int i = 0; i < places.length; i++) {
                if (places[i] != null && (configuration.done() & 1L << i) == 0) {
                    Configuration after = apply(configuration, places[i].effect(), 1L << i);
                    if (after != null && met.add(after)) {
                        todo.add(after);
                    }
                }
            }
        }
        return next;
    }

    /** The configuration after the effect, or null if it is not possible then. */
    private Configuration apply(Configuration before, Effect effect, long mask) {
        return switch (effect) {
            case Move move -> {
                Configuration after = new Configuration(before.debits() + move.debit(), before.credits() + move.credit(), before.done() | mask);
                yield move.debit() > 0 && exceeds(after.debits(), after.credits()) ? null : after;
            }
            case NoFunds refusal -> exceeds(before.debits() + refusal.debit(), before.credits()) ? done(before, mask) : null;
            case Saw saw -> saw.debits() == before.debits() && saw.credits() == before.credits() ? done(before, mask) : null;
        };
    }

    private static Configuration done(Configuration before, long mask) {
        return new Configuration(before.debits(), before.credits(), before.done() | mask);
    }

    private boolean exceeds(long debits, long credits) {
        return maxNetDebit != Long.MAX_VALUE && debits - credits > maxNetDebit;
    }
}

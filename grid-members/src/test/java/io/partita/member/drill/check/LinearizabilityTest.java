package io.partita.member.drill.check;

import static io.partita.member.drill.check.Linearizability.Verdict.LINEARIZABLE;
import static io.partita.member.drill.check.Linearizability.Verdict.NOT_LINEARIZABLE;
import static io.partita.member.drill.check.Linearizability.Verdict.UNDECIDED;
import static org.assertj.core.api.Assertions.assertThat;

import io.partita.member.drill.check.Linearizability.Effect;
import io.partita.member.drill.check.Linearizability.Move;
import io.partita.member.drill.check.Linearizability.NoFunds;
import io.partita.member.drill.check.Linearizability.Result;
import io.partita.member.drill.check.Linearizability.Saw;
import io.partita.member.drill.check.Linearizability.Step;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LinearizabilityTest {

    private static final long NEVER = Long.MAX_VALUE;
    private static final int BOUND = 100_000;

    private static Step step(long began, long ended, Effect effect) {
        return new Step(began, ended, effect, effect + " from " + began + " to " + ended);
    }

    private static Move in(long amount) {
        return new Move(0, amount);
    }

    private static Move out(long amount) {
        return new Move(amount, 0);
    }

    /** The account cannot be overdrawn. */
    private static Linearizability.Verdict verdict(Step... steps) {
        return Linearizability.search(List.of(steps), 0, BOUND).verdict();
    }

    @Test
    void what_follows_each_other_is_explained_by_itself() {
        assertThat(verdict()).isEqualTo(LINEARIZABLE);
        assertThat(verdict(step(0, 1, in(10)), step(2, 3, new Saw(0, 10)), step(4, 5, out(4)), step(6, 7, new Saw(4, 10)),
                step(8, 9, new NoFunds(7)))).isEqualTo(LINEARIZABLE);
    }

    @Test
    void a_read_of_what_was_before_an_operation_that_had_ended_cannot_be_explained() {
        Result result = Linearizability.search(List.of(step(0, 1, in(10)), step(2, 3, new Saw(0, 0))), 0, BOUND);
        assertThat(result.verdict()).isEqualTo(NOT_LINEARIZABLE);
        assertThat(result.at().effect()).isEqualTo(new Saw(0, 0));
    }

    @Test
    void operations_that_overlap_may_take_effect_in_either_order() {
        assertThat(verdict(step(0, 10, in(10)), step(1, 9, new Saw(0, 0)))).isEqualTo(LINEARIZABLE);
        assertThat(verdict(step(0, 10, in(10)), step(1, 9, new Saw(0, 10)))).isEqualTo(LINEARIZABLE);
        assertThat(verdict(step(0, 10, out(10)), step(1, 9, in(10)))).isEqualTo(LINEARIZABLE);
        assertThat(verdict(step(0, 10, in(10)), step(1, 3, new Saw(0, 10)), step(4, 6, new Saw(0, 0)))).isEqualTo(NOT_LINEARIZABLE);
    }

    @Test
    void a_read_that_ends_last_may_have_come_first() {
        assertThat(verdict(step(0, 10, new Saw(0, 0)), step(1, 2, in(10)), step(3, 4, out(5)))).isEqualTo(LINEARIZABLE);
        assertThat(verdict(step(0, 10, new Saw(0, 10)), step(1, 2, in(10)), step(3, 4, out(5)))).isEqualTo(LINEARIZABLE);
        assertThat(verdict(step(0, 10, new Saw(5, 0)), step(1, 2, in(10)), step(3, 4, out(5)))).isEqualTo(NOT_LINEARIZABLE);
    }

    @Test
    void an_unknown_outcome_may_take_effect_late_or_never_but_not_twice() {
        assertThat(verdict(step(0, NEVER, in(10)), step(1, 2, new Saw(0, 0)), step(3, 4, new Saw(0, 10)))).isEqualTo(LINEARIZABLE);
        assertThat(verdict(step(0, NEVER, in(10)), step(1, 2, new Saw(0, 0)))).isEqualTo(LINEARIZABLE);
        assertThat(verdict(step(0, NEVER, in(10)), step(1, 2, new Saw(0, 10)), step(3, 4, new Saw(0, 0)))).isEqualTo(NOT_LINEARIZABLE);
        assertThat(verdict(step(0, NEVER, in(10)), step(1, 2, new Saw(0, 20)))).isEqualTo(NOT_LINEARIZABLE);
        assertThat(verdict(step(0, 1, new Saw(0, 10)), step(2, NEVER, in(10)))).isEqualTo(NOT_LINEARIZABLE);
    }

    @Test
    void money_cannot_be_spent_twice() {
        assertThat(verdict(step(0, 1, in(10)), step(2, 9, out(10)), step(3, 8, out(10)))).isEqualTo(NOT_LINEARIZABLE);
        assertThat(verdict(step(0, 1, in(10)), step(2, 9, out(10)), step(3, 8, new NoFunds(10)))).isEqualTo(LINEARIZABLE);
        assertThat(verdict(step(0, 1, in(10)), step(2, 9, new NoFunds(10)))).isEqualTo(NOT_LINEARIZABLE);
    }

    @Test
    void beyond_the_bound_nothing_is_claimed() {
        List<Step> many = new ArrayList<>(IntStream.range(0, 40).mapToObj(i -> step(i, NEVER, in(1L << i))).toList());
        many.add(step(50, 51, new Saw(0, 1)));
        many.add(step(52, 53, new Saw(0, (1L << 40) - 1)));
        assertThat(Linearizability.search(many, 0, 10_000).verdict()).isEqualTo(UNDECIDED);
        assertThat(Linearizability.search(IntStream.range(0, 70).mapToObj(i -> step(i, NEVER, in(1))).toList(), 0, BOUND).verdict()).isEqualTo(UNDECIDED);
    }

    @Test
    void small_random_histories_are_judged_as_by_trying_every_order() {
        SplittableRandom random = new SplittableRandom(20_261_121);
        Map<Linearizability.Verdict, Integer> verdicts = new EnumMap<>(Linearizability.Verdict.class);
        for (int round = 0; round < 4_000; round++) {
            List<Step> steps = random(random);
            Linearizability.Verdict verdict = Linearizability.search(steps, 2, BOUND).verdict();
            assertThat(verdict).as(steps.toString()).isEqualTo(bruteForce(steps, new ArrayList<>(), 0, 0) ? LINEARIZABLE : NOT_LINEARIZABLE);
            verdicts.merge(verdict, 1, Integer::sum);
        }
        assertThat(verdicts.get(LINEARIZABLE)).as("good ones").isGreaterThan(400);
        assertThat(verdicts.get(NOT_LINEARIZABLE)).as("bad ones").isGreaterThan(400);
    }

    private static List<Step> random(SplittableRandom random) {
        return IntStream.range(0, 2 + random.nextInt(5)).mapToObj(i -> {
            long began = random.nextInt(12);
            boolean move = random.nextBoolean();
            long ended = move && random.nextInt(4) == 0 ? NEVER : began + random.nextInt(6);
            return step(began, ended, move ? random.nextBoolean() ? in(1 + random.nextInt(3)) : out(1 + random.nextInt(3))
                    : random.nextInt(4) == 0 ? new NoFunds(1 + random.nextInt(4)) : new Saw(random.nextInt(4), random.nextInt(4)));
        }).toList();
    }

    /** Whether some order of the steps, those of unknown outcome in it or not, explains all. */
    private static boolean bruteForce(List<Step> left, List<Step> done, long debits, long credits) {
        if (left.stream().allMatch(step -> step.ended() == NEVER)) {
            return true;
        }
        return left.stream().filter(step -> left.stream().allMatch(other -> other.ended() >= step.began())).anyMatch(step -> {
            List<Step> rest = left.stream().filter(other -> other != step).toList();
            List<Step> longer = Stream.concat(done.stream(), Stream.of(step)).toList();
            return switch (step.effect()) {
                case Move move -> (move.debit() == 0 || debits + move.debit() - credits <= 2)
                        && bruteForce(rest, longer, debits + move.debit(), credits + move.credit());
                case NoFunds refusal -> debits + refusal.debit() - credits > 2 && bruteForce(rest, longer, debits, credits);
                case Saw saw -> saw.debits() == debits && saw.credits() == credits && bruteForce(rest, longer, debits, credits);
            };
        });
    }
}

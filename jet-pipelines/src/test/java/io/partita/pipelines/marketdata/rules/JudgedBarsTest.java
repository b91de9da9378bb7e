package io.partita.pipelines.marketdata.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class JudgedBarsTest {

    @Test
    void each_bar_is_judged_once_with_the_one_before_it_in_whatever_order_they_come() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            JudgedBars judged = new JudgedBars();
            TreeSet<Long> twin = new TreeSet<>();
            for (int step = 0; step < 3_000; step++) {
                long start = step + random.nextInt(2 + random.nextInt(400)) - 200L;
                boolean tooEarly = twin.size() == JudgedBars.REMEMBERED && start < twin.first();
                boolean fresh = !tooEarly && twin.add(start);
                if (twin.size() > JudgedBars.REMEMBERED) {
                    twin.pollFirst();
                }
                assertThat(judged.add(start)).as("bar %s, seed %s", start, seed).isEqualTo(fresh);
                Long before = twin.lower(start);
                assertThat(judged.before(start)).isEqualTo(before == null ? JudgedBars.NONE : before);
            }
        }
    }
}

package io.partita.member.drill;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The short drill; {@code -Ddrill.kills=20} makes it a long one. */
@Tag("slow")
class CrashDrillTest {

    @Test
    void a_member_that_is_killed_in_mid_load_loses_nothing_and_books_nothing_twice() throws Exception {
        CrashDrill.Figures figures = CrashDrill.run(Integer.getInteger("drill.kills", 2), 1, System.out);
        System.out.println(figures);
        assertThat(figures.acknowledged()).isPositive();
        assertThat(figures.unknown()).as("outcomes that a kill left unknown").isPositive();
    }
}

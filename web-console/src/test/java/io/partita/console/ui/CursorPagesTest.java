package io.partita.console.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CursorPagesTest {

    /** Pages of the sizes given, over the numbers from 0. */
    private static final class Numbers implements Page.Source<Integer> {

        private final int[] sizes;
        private int asked;

        Numbers(int... sizes) {
            this.sizes = sizes;
        }

        @Override
        public Page<Integer> page(String cursor, int limit) {
            asked++;
            int page = cursor == null ? 0 : Integer.parseInt(cursor);
            int from = IntStream.of(sizes).limit(page).sum();
            return new Page<>(IntStream.range(from, from + sizes[page]).boxed().toList(),
                    page + 1 < sizes.length ? Integer.toString(page + 1) : null);
        }
    }

    private static CursorPages<Integer> over(Numbers numbers) {
        return new CursorPages<>(numbers, numbers.page(null, 100));
    }

    @Test
    void anyOffsetCanBeReadInAnyOrder() {
        Random random = new Random(42);
        for (int round = 0; round < 50; round++) {
            int[] sizes = random.ints(1 + random.nextInt(20), 0, 8).toArray();
            int total = IntStream.of(sizes).sum();
            CursorPages<Integer> pages = over(new Numbers(sizes));
            for (int read = 0; read < 60; read++) {
                int offset = random.nextInt(total + 5);
                int limit = 1 + random.nextInt(12);
                assertThat(pages.rows(offset, limit)).as("sizes %s, offset %d, limit %d", sizes, offset, limit)
                        .containsExactlyElementsOf(IntStream.range(offset, Math.max(offset, Math.min(total, offset + limit))).boxed().toList());
            }
        }
    }

    @Test
    void pagesWithoutRowsAreWalkedThrough() {
        assertThat(over(new Numbers(0, 0, 3, 0, 2, 0)).rows(0, 10)).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void theBeginningOfALongListAsksForItsFirstPageOnly() {
        int[] sizes = new int[10_000];
        java.util.Arrays.fill(sizes, 100);
        Numbers numbers = new Numbers(sizes);
        CursorPages<Integer> pages = over(numbers);
        List<Integer> first = new ArrayList<>(pages.rows(0, 50).toList());
        first.addAll(pages.rows(50, 50).toList());
        assertThat(first).hasSize(100);
        assertThat(numbers.asked).isEqualTo(1);
    }
}

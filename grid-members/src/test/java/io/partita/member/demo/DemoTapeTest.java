package io.partita.member.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.marketdata.ticks.Tick;
import io.partita.member.demo.DemoTape.Oddity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DemoTapeTest {

    private static final long END = Instant.parse("2026-03-02T12:00:00Z").getEpochSecond() * 1_000_000_000L;
    private static final long BASE = 4_250;

    private static DemoTape tape(Oddity oddity) {
        return new DemoTape(901, BASE, 5, 9, oddity, new SplittableRandom(7));
    }

    @ParameterizedTest
    @EnumSource
    void aTapeIsInOrderEndsWhereTheMarketBeginsAndIsTheSameAgain(Oddity oddity) {
        DemoTape tape = tape(oddity);
        List<Tick> ticks = tape.until(END);
        assertThat(ticks).extracting(Tick::time).isSorted().allMatch(time -> time < END && time >= END - DemoTape.LENGTH.toNanos() - 1_000_000_000L);
        assertThat(ticks).extracting(Tick::sequence).isSorted();
        assertThat(tape.fair()).isBetween(BASE * 0.9, BASE * 1.1);
        assertThat(tape(oddity).until(END)).isEqualTo(ticks);
    }

    @ParameterizedTest
    @EnumSource
    void aTapeFitsIntoTheJournalThatJobsRead(Oddity oddity) {
        List<Tick> ticks = tape(oddity).until(END);
        long bars = List.of(1, 60, 300, 3_600, 86_400).stream()
                .mapToLong(seconds -> ticks.stream().mapToLong(tick -> tick.time() / Duration.ofSeconds(seconds).toNanos()).distinct().count()).sum();
        assertThat(bars).isLessThan(2_048);
    }
}

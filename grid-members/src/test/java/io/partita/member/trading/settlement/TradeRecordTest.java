package io.partita.member.trading.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.member.trading.Listing;
import io.partita.trading.Instrument;
import io.partita.trading.Liquidity;
import io.partita.trading.settlement.BusinessDays;
import io.partita.trading.settlement.Deal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TradeRecordTest {

    private static final Deal DEAL = new Deal(1, Instant.parse("2026-12-24T23:59:59Z").getEpochSecond() * 1_000_000_000, 100, 5,
            new Deal.Party(7, 0, 1, Liquidity.MAKER, 0), new Deal.Party(8, 0, 2, Liquidity.TAKER, 0));

    private static LocalDate due(int days, Set<LocalDate> holidays) {
        return TradeRecord.of(new Listing("ACME", "EUR", 2, Instrument.simple(1), days, "EUR", new BusinessDays(holidays), null, 1, 0, List.of(), 0), DEAL).due();
    }

    @Test
    void a_trade_is_due_after_so_many_days_of_its_instruments_calendar() {
        Set<LocalDate> holidays = Set.of(LocalDate.of(2026, 12, 25), LocalDate.of(2026, 12, 28));
        assertThat(due(0, holidays)).isEqualTo("2026-12-24");
        assertThat(due(1, holidays)).isEqualTo("2026-12-29");
        assertThat(due(2, holidays)).isEqualTo("2026-12-30");
        assertThat(due(1, Set.of())).isEqualTo("2026-12-25");
    }
}

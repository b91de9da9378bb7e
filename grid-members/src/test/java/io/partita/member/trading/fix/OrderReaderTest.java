package io.partita.member.trading.fix;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.member.trading.Listing;
import io.partita.trading.Instrument;
import io.partita.trading.settlement.BusinessDays;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quickfix.fix44.NewOrderSingle;

class OrderReaderTest {

    /** Christmas Eve and Christmas of 2026, a Thursday and a Friday. */
    private static final Listing LISTING = new Listing("ACME", "EUR", 2, Instrument.simple(1), 0, "EUR",
            new BusinessDays(Set.of(LocalDate.of(2026, 12, 24), LocalDate.of(2026, 12, 25))), null, 1, 0, List.of(), 0);

    @ParameterizedTest
    @CsvSource({"20261222, 2026-12-23T00:00:00Z", "20261223, 2026-12-24T00:00:00Z", "20261224, 2026-12-24T00:00:00Z", "20261225, 2026-12-24T00:00:00Z",
            "20261227, 2026-12-24T00:00:00Z", "20261228, 2026-12-29T00:00:00Z"})
    void a_last_day_that_is_none_is_the_business_day_before_it(String expireDate, Instant end) throws Exception {
        NewOrderSingle order = FixClient.limit("c1", "ACME", '1', "10.00", "5");
        order.setChar(59, '6');
        order.setString(432, expireDate);
        assertThat(OrderReader.newOrder(order, LISTING, 7).expireTime()).isEqualTo(end.getEpochSecond() * 1_000_000_000);
    }
}

package io.partita.member.trading.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.member.testing.Http;
import io.partita.member.testing.Http.Answer;
import io.partita.member.testing.TestMember;
import io.partita.member.trading.Listing;
import io.partita.trading.Instrument;
import io.partita.trading.settlement.TradeStatus;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

class BooksOfOneSecurityTest {

    @Test
    void lots_are_opened_and_closed_in_the_order_of_time_whichever_book_it_was() throws SQLException {
        try (TestMember member = TestMember.start(); SettlementScene scene = new SettlementScene(member)) {
            Listing first = new Listing("FIRST", "EUR", 2, Instrument.simple(1));
            List<Listing> books = scene.list(List.of(first, new Listing("FIRST.B", "EUR", 2, Instrument.simple(2)).withSecurity(first)));
            for (long account : new long[] {41, 42}) {
                scene.open(account, false);
                scene.deposit(account, SettlementScene.EUR, 1_000_000);
                scene.deposit(account, books.getFirst().unit(), 100);
            }
            // The cheap ones are bought first, in the second book, and so they are the ones that are sold in the first.
            for (long[] trade : new long[][] {{1, 41, 42, 600}, {0, 41, 42, 1_000}, {0, 42, 41, 800}}) {
                Listing book = books.get((int) trade[0]);
                long number = scene.trade(book, trade[1], trade[2], trade[3], 10);
                assertThat(scene.settled(book, number).status()).isEqualTo(TradeStatus.SETTLED);
            }
            Answer lots = Http.get(member.uri("/api/v1/positions/lots?account=41&symbol=FIRST"));
            assertThat(lots.text("realizedFifo")).as(lots.toString()).isEqualTo("20.00");
            assertThat(lots.text("lots.0.cost")).as(lots.toString()).isEqualTo("100.00");
            // Two times ten at 8.00 on average, of which ten went at 8.00.
            assertThat(lots.text("realizedAverage") + " " + lots.text("averageCost")).as(lots.toString()).isEqualTo("0.00 80.00");
        }
    }
}

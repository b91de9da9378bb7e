package io.partita.member.trading.fix;

import static io.partita.member.trading.fix.FixClient.stamped;
import static io.partita.member.trading.fix.FixTest.SYMBOL;
import static io.partita.member.trading.fix.FixTest.command;
import static io.partita.member.trading.fix.FixTest.expect;
import static io.partita.member.trading.fix.FixTest.id;
import static io.partita.member.trading.fix.FixTest.of;
import static io.partita.member.trading.fix.FixTest.order;
import static org.assertj.core.api.Assertions.assertThat;

import io.partita.trading.Command;
import io.partita.trading.Side;
import java.util.Map;
import org.junit.jupiter.api.Test;
import quickfix.FieldMap;
import quickfix.Group;
import quickfix.Message;
import quickfix.fix44.MassQuote;
import quickfix.fix44.NewOrderCross;
import quickfix.fix44.NewOrderSingle;

/** Mass quotes and crosses over the sessions of {@link FixTest}. */
abstract class QuotesOverFix {

    private static MassQuote quote(String id, String[]... entries) {
        MassQuote quote = new MassQuote();
        quote.setString(117, id);
        MassQuote.NoQuoteSets set = new MassQuote.NoQuoteSets();
        set.setString(302, "set");
        set.setInt(304, entries.length);
        for (int i = 0; i < entries.length; i++) {
            MassQuote.NoQuoteSets.NoQuoteEntries entry = new MassQuote.NoQuoteSets.NoQuoteEntries();
            int[] tags = {55, 132, 134, 133, 135};
            entry.setString(299, "e" + i);
            for (int tag = 0; tag < tags.length; tag++) {
                if (!entries[i][tag].isEmpty()) {
                    entry.setString(tags[tag], entries[i][tag]);
                }
            }
            set.addGroup(entry);
        }
        quote.addGroup(set);
        return quote;
    }

    private static String[] entry(String symbol, String bid, String bidSize, String offer, String offerSize) {
        return new String[] {symbol, bid, bidSize, offer, offerSize};
    }

    private static Group entry(Message answer, int index) throws Exception {
        return answer.getGroup(1, 296).getGroup(index + 1, 295);
    }

    @Test
    void a_mass_quote_stands_in_many_books_and_the_next_comes_in_its_place() throws Exception {
        FixClient maker = FixTest.alpha;
        String first = id();
        maker.send(quote(first, entry(SYMBOL, "9.00", "50", "9.50", "60"), entry("SHUT", "9.00", "5", "9.50", "5"), entry("NONE", "1", "1", "", ""),
                entry("COLLARED", "9.50", "5", "9.40", "5"), entry(SYMBOL, "9.00", "5", "9.50", "5")));
        Message answer = maker.awaitMessage(message -> type(message).equals("b"));
        expect(answer, Map.of(117, first, 297, "0"));
        assertThat(entry(answer, 0).isSetField(368)).as("%s", answer).isFalse();
        expect(entry(answer, 1), Map.of(299, "e1", 55, "SHUT", 368, "2"));
        expect(entry(answer, 2), Map.of(368, "1"));
        expect(entry(answer, 3), Map.of(368, "7"));
        expect(entry(answer, 4), Map.of(368, "6"));
        assertThat(answer.getString(58)).contains("WRONG_PHASE", "UNKNOWN_INSTRUMENT", "QUOTE_CROSSED", "DUPLICATE_ORDER_ID");
        maker.forget();
        String second = id();
        maker.send(quote(second, entry(SYMBOL, "9.00", "30", "9.45", "60")));
        maker.awaitMessage(message -> type(message).equals("b"));
        command(new Command().limit(0, 8, Side.SELL, 900, 40));
        Message fill = maker.awaitMessage(message -> message.getOptionalString(150).orElse("").equals("F"));
        expect(fill, Map.of(11, second + ".e0", 32, "30", 31, "9.00", 54, "1", 39, "2", 14, "30"));
        maker.send(quote(second, entry(SYMBOL, "9.00", "30", "9.45", "60")));
        Message again = maker.awaitMessage(message -> type(message).equals("b"));
        expect(again, Map.of(297, "5"));
        expect(entry(again, 0), Map.of(368, "6"));
        maker.send(quote(id(), entry(SYMBOL, "", "", "", "")));
        Message gone = maker.awaitMessage(message -> message.getOptionalString(150).orElse("").equals("4"));
        expect(gone, Map.of(54, "2", 151, "0"));
        assertThat(maker.rejects()).isEmpty();
    }

    private static String type(Message message) {
        return message.getHeader().getOptionalString(35).orElse("");
    }

    @Test
    void a_cross_between_two_accounts_of_a_session_trades_at_once_or_not_at_all() throws Exception {
        FixClient broker = FixTest.beta;
        NewOrderSingle bid = of(order('1', "9.00", "10"), 8);
        broker.send(bid);
        expect(broker.next("8"), Map.of(150, "0"));
        NewOrderCross cross = cross("9.25", "100", "100");
        broker.send(cross);
        Map<String, String> clOrdIds = Map.of("1", cross.getGroup(1, 552).getString(11), "2", cross.getGroup(2, 552).getString(11));
        for (String kind : new String[] {"0", "0", "F", "F"}) {
            Message report = broker.next("8");
            expect(report, Map.of(150, kind, 11, clOrdIds.get(report.getString(54)), 1, report.getString(54).equals("1") ? "8" : "9"));
            if (kind.equals("F")) {
                expect(report, Map.of(32, "100", 31, "9.25", 39, "2", 151, "0"));
            }
        }
        broker.send(cross("9.00", "100", "100"));
        for (int side = 0; side < 2; side++) {
            Message rejected = broker.next("8");
            expect(rejected, Map.of(150, "8", 39, "8"));
            assertThat(rejected.getString(58)).startsWith("CROSS_OUTSIDE_SPREAD");
        }
        broker.send(cross("9.25", "100", "90"));
        assertThat(broker.next("8").getString(58)).contains("OrderQty (38)");
        assertThat(broker.next("8").getString(58)).contains("OrderQty (38)");
        NewOrderCross partial = cross("9.25", "100", "100");
        partial.setInt(549, 2);
        broker.send(partial);
        assertThat(broker.next("8").getString(58)).contains("CrossType (549) is 1");
        broker.next("8");
        NewOrderCross taken = cross("9.25", "10", "10");
        taken.replaceGroup(1, replaced(taken.getGroup(1, 552), clOrdIds.get("1")));
        broker.send(taken);
        expect(broker.next("8"), Map.of(103, "6"));
        broker.next("8");
        assertThat(broker.rejects()).isEmpty();
    }

    private static Group replaced(Group side, String clOrdId) {
        side.setString(11, clOrdId);
        return side;
    }

    private static NewOrderCross cross(String price, String bought, String sold) {
        NewOrderCross cross = stamped(new NewOrderCross());
        cross.setString(548, id());
        cross.setInt(549, 1);
        cross.setInt(550, 0);
        cross.setString(55, SYMBOL);
        cross.setChar(40, '2');
        cross.setString(44, price);
        cross.addGroup(side('1', "8", bought));
        cross.addGroup(side('2', "9", sold));
        return cross;
    }

    private static NewOrderCross.NoSides side(char side, String account, String quantity) {
        NewOrderCross.NoSides group = new NewOrderCross.NoSides();
        FieldMap fields = group;
        fields.setChar(54, side);
        fields.setString(11, id());
        fields.setString(1, account);
        fields.setString(38, quantity);
        return group;
    }
}

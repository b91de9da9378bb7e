package io.partita.console.trading;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Anchor;
import io.partita.console.api.Answer;
import io.partita.console.trading.TradingApi.Party;
import io.partita.console.trading.TradingApi.Trade;
import io.partita.console.ui.Amounts;
import io.partita.console.ui.Facts;
import io.partita.console.ui.Notices;
import io.partita.console.ui.Times;
import java.math.BigDecimal;
import java.util.TreeMap;

/** A trade: its terms, its parties, and the transfers that settle it. */
final class TradeDialog {

    private TradeDialog() {
    }

    static void open(TradingApi api, String symbol, String number) {
        switch (api.trade(symbol, number)) {
            case Answer.Done<Trade>(Trade trade) -> show(trade);
            case Answer.Refused<Trade>(var problem) -> Notices.failed(problem.code() + ": " + problem.meaning());
            case Answer.Unreachable<Trade> _ -> Notices.failed("No member answers at the moment.");
        }
    }

    private static void show(Trade trade) {
        Facts facts = new Facts().with("Trade", Amounts.count(trade.quantity()) + " " + trade.symbol() + " at " + Amounts.figure(new BigDecimal(trade.price())) + "\u00A0" + trade.currency())
                .with("Traded", Times.exact(trade.time())).with("State", OrderTerms.words(trade.status())).with("Reason", trade.reason())
                .with("Settles", Times.date(trade.settlementDay())).with("Buyer", party(trade.buyer())).with("Seller", party(trade.seller()));
        new TreeMap<>(trade.transfers()).forEach((part, transfer) -> facts.with(OrderTerms.words(part), new Anchor("transfers/" + transfer, transfer)));
        Dialog dialog = new Dialog("Trade " + trade.number(), facts);
        dialog.setWidth("min(720px, 96vw)");
        dialog.getFooter().add(new Button("Close", _ -> dialog.close()));
        dialog.open();
    }

    private static String party(Party party) {
        return party.account() == null ? "somebody else" : "account " + party.account() + ", order " + party.orderId();
    }
}

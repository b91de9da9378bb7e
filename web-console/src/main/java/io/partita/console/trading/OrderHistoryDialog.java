package io.partita.console.trading;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Span;
import io.partita.console.api.Answer;
import io.partita.console.trading.TradingApi.Execution;
import io.partita.console.trading.TradingApi.History;
import io.partita.console.trading.TradingApi.OrderState;
import io.partita.console.ui.Amounts;
import io.partita.console.ui.Facts;
import io.partita.console.ui.Notices;
import io.partita.console.ui.Table;
import io.partita.console.ui.Times;
import java.math.BigDecimal;
import java.util.Locale;

/** Everything that was reported about an order, in order. */
final class OrderHistoryDialog {

    private OrderHistoryDialog() {
    }

    static void open(TradingApi api, String symbol, String order) {
        switch (api.history(symbol, order)) {
            case Answer.Done<History>(History history) -> show(history);
            case Answer.Refused<History>(var problem) -> Notices.failed(problem.code() + ": " + problem.meaning());
            case Answer.Unreachable<History> _ -> Notices.failed("No member answers at the moment.");
        }
    }

    private static void show(History history) {
        OrderState order = history.order();
        Facts facts = new Facts().with("Order", (order.side() == io.partita.trading.Side.BUY ? "Buy " : "Sell ") + Amounts.count(order.quantity()) + " " + order.symbol()
                        + (order.price() == null ? "" : " at " + figure(order.price())))
                .with("Type", OrderTerms.words(order.type()) + ", " + OrderTerms.words(order.timeInForce()).toLowerCase(Locale.ROOT))
                .with("Average price", order.averagePrice() == null ? "" : figure(order.averagePrice())).with("State", OrderTerms.words(order.status()));
        Table table = new Table("Time (UTC)", "Report", "Reason", "#Price", "#Quantity", "#Filled", "#Open", "#Trade").withEmptyText("Nothing was reported yet.");
        table.show(history.executions().stream().map(OrderHistoryDialog::row).toList());
        Dialog dialog = new Dialog("Order " + order.orderId(), facts, table);
        dialog.addClassName("order-history");
        dialog.setWidth("min(860px, 96vw)");
        dialog.getFooter().add(new Button("Close", _ -> dialog.close()));
        dialog.open();
    }

    private static String figure(String price) {
        return Amounts.figure(new BigDecimal(price));
    }

    private static Component[] row(Execution report) {
        boolean trade = report.lastQuantity() > 0;
        return new Component[] {new Span(Times.dateTime(report.time())), new Span(OrderTerms.words(report.execType())
                + (report.liquidity() == null ? "" : ", " + OrderTerms.words(report.liquidity()).toLowerCase(Locale.ROOT))),
                new Span(report.reason() == null ? "" : OrderTerms.words(report.reason())), new Span(trade ? figure(report.lastPrice()) : ""),
                new Span(trade ? Amounts.count(report.lastQuantity()) : ""), new Span(Amounts.count(report.filled())), new Span(Amounts.count(report.leaves())),
                new Span(trade ? report.tradeId() : "")};
    }
}

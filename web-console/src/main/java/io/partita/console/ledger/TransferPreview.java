package io.partita.console.ledger;

import com.vaadin.flow.component.html.Aside;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.partita.console.ui.Amounts;
import io.partita.ledger.Side;
import io.partita.ledger.TransferKind;
import io.partita.money.Money;

/** What a transfer will do, as a T: the debit on the left, the credit on the right, and each balance after it. */
final class TransferPreview extends Aside {

    private final Half debit = new Half(Side.DEBIT);
    private final Half credit = new Half(Side.CREDIT);

    TransferPreview() {
        addClassName("t-account");
        Span title = new Span("What this does");
        title.addClassName("t-title");
        Div sides = new Div(debit, credit);
        sides.addClassName("t-sides");
        add(title, sides);
        show(null, null, null, TransferKind.POSTED);
    }

    /** Null for what is not chosen yet. */
    void show(AccountInfo debitAccount, AccountInfo creditAccount, Money amount, TransferKind kind) {
        debit.show(debitAccount, amount, kind);
        credit.show(creditAccount, amount, kind);
    }

    /** One side of the T. */
    private static final class Half extends Div {

        private final Side side;
        private final Span name = new Span();
        private final Span amount = new Span();
        private final Span after = new Span();

        Half(Side side) {
            this.side = side;
            addClassName("t-half");
            Span heading = new Span(side == Side.DEBIT ? "Debit" : "Credit");
            heading.addClassName("t-heading");
            name.addClassName("t-name");
            amount.addClassName("t-amount");
            after.addClassName("t-after");
            add(heading, name, amount, after);
        }

        void show(AccountInfo account, Money money, TransferKind kind) {
            name.setText(account == null ? "Choose an account" : account.name());
            name.setClassName("t-open", account == null);
            amount.setText(money == null ? "\u2013" : Amounts.figure(money));
            after.setText(account == null ? "" : after(account, money, kind));
        }

        private String after(AccountInfo account, Money money, TransferKind kind) {
            Money posted = account.money(account.balance().posted());
            if (money == null || money.currency() != posted.currency()) {
                return "Balance " + Amounts.figure(posted);
            }
            if (kind == TransferKind.PENDING) {
                return "Balance stays " + Amounts.figure(posted) + " until posted";
            }
            Money change = account.type().normalSide() == side ? money : money.negated();
            return "Balance " + Amounts.figure(posted) + " \u2192 " + Amounts.figure(posted.plus(change));
        }
    }
}

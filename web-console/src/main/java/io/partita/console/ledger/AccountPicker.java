package io.partita.console.ledger;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.data.renderer.LitRenderer;
import io.partita.console.api.MemberUnavailable;
import io.partita.console.ledger.LedgerApi.AccountFilter;
import io.partita.console.ui.Amounts;
import io.partita.ledger.Side;
import java.util.NoSuchElementException;
import java.util.stream.Stream;

/** A field for an account, found by name, number or reference; shows the first matches and never loads all. */
final class AccountPicker extends ComboBox<AccountInfo> {

    /** More would not be read: whoever does not see the account types another letter. */
    private static final int SHOWN = 30;

    AccountPicker(String label, Side side, LedgerApi api) {
        super(label);
        setPlaceholder("Name, number or reference");
        setClearButtonVisible(true);
        setItemLabelGenerator(AccountInfo::label);
        setOverlayWidth("380px");
        setRenderer(LitRenderer.<AccountInfo>of("""
                        <div class="pick"><div class="two-lines"><span>${item.name}</span><small>${item.id} \u00B7 ${item.type}</small></div>
                        <span class="amount">${item.amount}<small>${item.currency}</small></span></div>""")
                .withProperty("name", AccountInfo::name).withProperty("id", AccountInfo::id)
                .withProperty("type", account -> Words.of(account.type()))
                .withProperty("amount", account -> Amounts.figure(account.money(account.balance().posted())))
                .withProperty("currency", AccountInfo::currency));
        setItems(query -> query.getOffset() > 0 ? skipped(query.getLimit())
                : matches(api, query.getFilter().orElse(""), Math.min(SHOWN, query.getLimit())));
        addValueChangeListener(event -> setHelperText(event.getValue() == null ? "" : helper(event.getValue(), side)));
    }

    private static Stream<AccountInfo> skipped(int limit) {
        return Stream.<AccountInfo>empty().limit(limit);
    }

    private static Stream<AccountInfo> matches(LedgerApi api, String text, int limit) {
        try {
            return api.accounts(new AccountFilter(text.strip(), null, null, null), null, limit).rows().stream();
        } catch (MemberUnavailable | NoSuchElementException e) {
            return Stream.empty();
        }
    }

    private static String helper(AccountInfo account, Side side) {
        var sums = account.balance();
        return side == Side.CREDIT || sums.available() == null
                ? "Balance " + Amounts.withCurrency(account.money(sums.posted()))
                : "Available " + Amounts.withCurrency(account.money(sums.available()));
    }
}

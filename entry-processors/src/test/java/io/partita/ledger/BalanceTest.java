package io.partita.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.partita.money.Currency;
import io.partita.money.Money;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BalanceTest {

    private static final Currency EUR = Currency.of("EUR");
    private static final long LARGEST_SUM = 1L << 62;

    @Test
    void a_balance_is_positive_on_its_normal_side() {
        for (AccountType type : AccountType.values()) {
            Balance balance = balance(type, 70, 20, 9, 4, Limits.NONE);
            int sign = type == AccountType.ASSET || type == AccountType.EXPENSE ? 1 : -1;
            assertThat(balance.posted()).isEqualTo(Money.of(sign * 50, EUR));
            assertThat(balance.pending()).isEqualTo(Money.of(sign * 5, EUR));
        }
    }

    @Test
    void what_may_be_debited_counts_what_is_pending_against_the_account_and_not_what_is_pending_for_it() {
        assertThat(balance(AccountType.LIABILITY, 70, 100, 10, 5, Limits.DEBITS_MUST_NOT_EXCEED_CREDITS).availableToDebit()).isEqualTo(20);
        assertThat(balance(AccountType.LIABILITY, 70, 100, 10, 5, Limits.overdraft(50)).availableToDebit()).isEqualTo(70);
        assertThat(balance(AccountType.LIABILITY, 70, 100, 10, 5, Limits.NONE).availableToDebit()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void sums_at_the_end_of_the_range_have_a_balance() {
        assertThat(balance(AccountType.ASSET, LARGEST_SUM, 0, 0, LARGEST_SUM, Limits.NONE).posted().minor()).isEqualTo(LARGEST_SUM);
        assertThat(balance(AccountType.ASSET, 0, LARGEST_SUM, LARGEST_SUM, 0, Limits.NONE).posted().minor()).isEqualTo(-LARGEST_SUM);
        assertThat(balance(AccountType.ASSET, LARGEST_SUM, 0, 0, 0, Limits.overdraft(0)).availableToDebit()).isEqualTo(-LARGEST_SUM);
        assertThat(balance(AccountType.ASSET, 0, LARGEST_SUM, 0, 0, Limits.overdraft(Long.MAX_VALUE - 1)).availableToDebit())
                .as("more than anybody can debit").isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void limits_are_not_negative() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Limits(-1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Limits(0, Long.MIN_VALUE));
    }

    @Test
    void an_account_does_not_change_with_the_map_that_it_was_made_from() {
        Map<String, String> facts = new HashMap<>(Map.of("b", "2", "a", "1"));
        Account account = Account.of(1, "One", AccountType.ASSET, EUR).withMetadata(facts);
        facts.put("c", "3");
        assertThat(account.metadata().keySet()).containsExactly("a", "b");
        assertThat(account).isEqualTo(Account.of(1, "One", AccountType.ASSET, EUR).withMetadata(Map.of("a", "1", "b", "2")));
    }

    private static Balance balance(AccountType type, long debits, long credits, long pendingDebits, long pendingCredits, Limits limits) {
        return new Balance(1, EUR, type, AccountStatus.OPEN, 0, debits, credits, pendingDebits, pendingCredits,
                limits.maxNetDebit(), limits.maxNetCredit(), 1);
    }
}

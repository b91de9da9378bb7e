package io.partita.trading.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.trading.risk.AccountBasis;
import io.partita.trading.risk.RiskLimits;
import io.partita.trading.risk.Switches;
import java.util.AbstractMap.SimpleEntry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HostedAccountTest {

    private static final UUID MEMBER = UUID.randomUUID();
    private static final AccountBasis READ_BEFORE = new AccountBasis(RiskLimits.NONE, Switches.OFF, Map.of(), Map.of(), List.of());

    private final HostedAccount account = new HostedAccount();

    private static List<AccountProcessor<Boolean>> changes() {
        return List.of(new ChangeAccount.Switch(Switches.of(true, false, Set.of())), new ChangeAccount.SwitchInstrument(7, true),
                new ChangeAccount.Limit(RiskLimits.MARGIN), new ChangeAccount.Yield());
    }

    @ParameterizedTest
    @MethodSource("changes")
    void what_was_read_before_a_change_is_not_installed_after_it(AccountProcessor<Boolean> change) {
        UUID loader = UUID.randomUUID();
        account.begin(loader);
        change.process(new SimpleEntry<>(1L, account));
        assertThat(account.install(loader, READ_BEFORE, MEMBER)).isFalse();
        assertThat(account.servedBy(MEMBER)).isFalse();
    }

    @Test
    void an_account_that_is_served_stays_so_when_a_switch_is_turned() {
        UUID loader = UUID.randomUUID();
        account.begin(loader);
        assertThat(account.install(loader, READ_BEFORE, MEMBER)).isTrue();
        new ChangeAccount.Switch(Switches.of(true, false, Set.of())).process(new SimpleEntry<>(1L, account));
        assertThat(account.servedBy(MEMBER)).isTrue();
        assertThat(account.risk().switches().account()).isTrue();
    }
}

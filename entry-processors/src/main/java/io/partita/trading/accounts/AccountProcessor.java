package io.partita.trading.accounts;

import com.hazelcast.map.EntryProcessor;
import io.partita.grid.StateProcessor;

/** What all processors of trading accounts share: backups run the very same one, and nobody is served there. */
abstract class AccountProcessor<R> extends StateProcessor<Long, HostedAccount, R> {

    final boolean served(HostedAccount account) {
        return account != null && account.servedBy(member());
    }

    @Override
    public EntryProcessor<Long, HostedAccount, R> getBackupProcessor() {
        return this;
    }
}

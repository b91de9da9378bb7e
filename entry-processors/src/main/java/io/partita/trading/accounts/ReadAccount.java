package io.partita.trading.accounts;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.util.Map;

/** Looks at an account; null where it is not served. */
public final class ReadAccount extends AccountProcessor<AccountView> {

    @Override
    protected AccountView process(Map.Entry<Long, HostedAccount> entry, HostedAccount account) {
        return served(account) ? AccountView.of(account) : null;
    }

    @Override
    public EntryProcessor<Long, HostedAccount, AccountView> getBackupProcessor() {
        return null;
    }

    @Override
    public void writeData(ObjectDataOutput out) {
        // Nothing to say.
    }

    @Override
    public void readData(ObjectDataInput in) {
        // Nothing to read.
    }
}

package io.partita.trading.accounts;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
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

    /** How many orders an account has open or under way in one instrument; 0 where it is not served. */
    public static final class OpenIn extends AccountProcessor<Integer> {

        private long instrument;

        /** For deserialization. */
        public OpenIn() {
        }

        public OpenIn(long instrument) {
            this.instrument = instrument;
        }

        @Override
        protected Integer process(Map.Entry<Long, HostedAccount> entry, HostedAccount account) {
            if (!served(account)) {
                return 0;
            }
            long open = account.risk().orders().stream().filter(order -> order.instrument() == instrument).count();
            return (int) (open + account.risk().underWay().stream().filter(request -> request.instrument() == instrument).count());
        }

        @Override
        public EntryProcessor<Long, HostedAccount, Integer> getBackupProcessor() {
            return null;
        }

        @Override
        public void writeData(ObjectDataOutput out) throws IOException {
            out.writeLong(instrument);
        }

        @Override
        public void readData(ObjectDataInput in) throws IOException {
            instrument = in.readLong();
        }
    }
}

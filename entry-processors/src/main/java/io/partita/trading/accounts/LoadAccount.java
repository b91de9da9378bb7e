package io.partita.trading.accounts;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.partita.trading.risk.AccountBasis;
import io.partita.trading.risk.UnderWay;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;

/** How an account is made from ledger and books. */
public final class LoadAccount {

    private LoadAccount() {
    }

    /** From here on what books report waits. Answers the instruments in which the account, as far as it was known here, has something open or under way. */
    public static final class Begin extends AccountProcessor<long[]> {

        private UUID token;

        /** For deserialization. */
        public Begin() {
        }

        public Begin(UUID token) {
            this.token = token;
        }

        @Override
        protected long[] process(Map.Entry<Long, HostedAccount> entry, HostedAccount account) {
            HostedAccount begun = account == null ? new HostedAccount() : account;
            begun.begin(token);
            entry.setValue(begun);
            return begun.risk().openIn();
        }

        @Override
        public void writeData(ObjectDataOutput out) throws IOException {
            out.writeLong(token.getMostSignificantBits());
            out.writeLong(token.getLeastSignificantBits());
        }

        @Override
        public void readData(ObjectDataInput in) throws IOException {
            token = new UUID(in.readLong(), in.readLong());
        }
    }

    /**
     * The account is so, and served here. Answers pairs of command and instrument: what had been reserved for before and not been heard of
     * since; null if another loader has begun.
     */
    public static final class Install extends AccountProcessor<long[]> {

        private UUID token;
        private transient AccountBasis basis;
        private boolean onBackup;

        /** For deserialization. */
        public Install() {
        }

        public Install(UUID token, AccountBasis basis) {
            this.token = token;
            this.basis = basis;
        }

        @Override
        protected long[] process(Map.Entry<Long, HostedAccount> entry, HostedAccount account) {
            if (account == null || !account.install(token, basis, onBackup ? null : member())) {
                return null;
            }
            entry.setValue(account);
            long[] pairs = new long[2 * account.risk().underWay().size()];
            int at = 0;
            for (UnderWay request : account.risk().underWay()) {
                pairs[at++] = request.commandId();
                pairs[at++] = request.instrument();
            }
            return pairs;
        }

        @Override
        public EntryProcessor<Long, HostedAccount, long[]> getBackupProcessor() {
            Install backup = new Install(token, basis);
            backup.onBackup = true;
            return backup;
        }

        @Override
        public void writeData(ObjectDataOutput out) throws IOException {
            out.writeLong(token.getMostSignificantBits());
            out.writeLong(token.getLeastSignificantBits());
            out.writeBoolean(onBackup);
            basis.write(out);
        }

        @Override
        public void readData(ObjectDataInput in) throws IOException {
            token = new UUID(in.readLong(), in.readLong());
            onBackup = in.readBoolean();
            basis = AccountBasis.read(in);
        }
    }
}

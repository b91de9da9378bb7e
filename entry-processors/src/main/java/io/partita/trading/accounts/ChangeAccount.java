package io.partita.trading.accounts;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.partita.trading.risk.Locate;
import io.partita.trading.risk.RiskLimits;
import io.partita.trading.risk.Switches;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What is decided outside of an account and told it. An account that is not loaded learns it when it is. */
public final class ChangeAccount {

    private ChangeAccount() {
    }

    /** Other limits. */
    public static final class Limit extends AccountProcessor<Boolean> {

        private transient RiskLimits limits;

        /** For deserialization. */
        public Limit() {
        }

        public Limit(RiskLimits limits) {
            this.limits = limits;
        }

        @Override
        protected Boolean process(Map.Entry<Long, HostedAccount> entry, HostedAccount account) {
            if (account == null) {
                return false;
            }
            account.risk().limits(limits);
            account.outdated();
            entry.setValue(account);
            return true;
        }

        @Override
        public void writeData(ObjectDataOutput out) throws IOException {
            out.writeByteArray(limits.encode());
        }

        @Override
        public void readData(ObjectDataInput in) throws IOException {
            limits = RiskLimits.decode(in.readByteArray());
        }
    }

    /** The kill switches as they are now, and whether a limit of its risk is broken. */
    public static final class Switch extends AccountProcessor<Boolean> {

        private transient Switches switches;

        /** For deserialization. */
        public Switch() {
        }

        public Switch(Switches switches) {
            this.switches = switches;
        }

        @Override
        protected Boolean process(Map.Entry<Long, HostedAccount> entry, HostedAccount account) {
            if (account == null) {
                return false;
            }
            account.risk().switches(switches);
            account.outdated();
            entry.setValue(account);
            return true;
        }

        @Override
        public void writeData(ObjectDataOutput out) throws IOException {
            switches.write(out);
        }

        @Override
        public void readData(ObjectDataInput in) throws IOException {
            switches = Switches.read(in);
        }
    }

    /** One instrument's kill switch, for every account at once. */
    public static final class SwitchInstrument extends AccountProcessor<Boolean> {

        private long instrument;
        private boolean on;

        /** For deserialization. */
        public SwitchInstrument() {
        }

        public SwitchInstrument(long instrument, boolean on) {
            this.instrument = instrument;
            this.on = on;
        }

        @Override
        protected Boolean process(Map.Entry<Long, HostedAccount> entry, HostedAccount account) {
            if (account == null) {
                return false;
            }
            Switches before = account.risk().switches();
            TreeSet<Long> instruments = new TreeSet<>(before.instruments());
            if (on) {
                instruments.add(instrument);
            } else {
                instruments.remove(instrument);
            }
            account.risk().switches(before.withInstruments(instruments));
            account.outdated();
            entry.setValue(account);
            return true;
        }

        @Override
        public void writeData(ObjectDataOutput out) throws IOException {
            out.writeLong(instrument);
            out.writeBoolean(on);
        }

        @Override
        public void readData(ObjectDataInput in) throws IOException {
            instrument = in.readLong();
            on = in.readBoolean();
        }
    }

    /** What the ledger says came or went otherwise than by trading. */
    public static final class Fund extends AccountProcessor<Boolean> {

        private transient Map<String, Long> cash;
        private transient Map<Long, Long> units;

        /** For deserialization. */
        public Fund() {
        }

        public Fund(Map<String, Long> cash, Map<Long, Long> units) {
            this.cash = cash;
            this.units = units;
        }

        @Override
        protected Boolean process(Map.Entry<Long, HostedAccount> entry, HostedAccount account) {
            if (account == null) {
                return false;
            }
            account.risk().funded(cash, units);
            entry.setValue(account);
            return true;
        }

        @Override
        public void writeData(ObjectDataOutput out) throws IOException {
            out.writeInt(cash.size());
            for (Map.Entry<String, Long> entry : cash.entrySet()) {
                out.writeString(entry.getKey());
                out.writeLong(entry.getValue());
            }
            out.writeInt(units.size());
            for (Map.Entry<Long, Long> entry : units.entrySet()) {
                out.writeLong(entry.getKey());
                out.writeLong(entry.getValue());
            }
        }

        @Override
        public void readData(ObjectDataInput in) throws IOException {
            cash = new TreeMap<>();
            for (int count = in.readInt(); count > 0; count--) {
                cash.put(in.readString(), in.readLong());
            }
            units = new TreeMap<>();
            for (int count = in.readInt(); count > 0; count--) {
                units.put(in.readLong(), in.readLong());
            }
        }
    }

    /** Units have been located for its short sales. */
    public static final class Located extends AccountProcessor<Boolean> {

        private transient Locate locate;

        /** For deserialization. */
        public Located() {
        }

        public Located(Locate locate) {
            this.locate = locate;
        }

        @Override
        protected Boolean process(Map.Entry<Long, HostedAccount> entry, HostedAccount account) {
            if (account == null) {
                return false;
            }
            account.risk().located(locate);
            account.outdated();
            entry.setValue(account);
            return true;
        }

        @Override
        public void writeData(ObjectDataOutput out) throws IOException {
            locate.write(out);
        }

        @Override
        public void readData(ObjectDataInput in) throws IOException {
            locate = Locate.read(in);
        }
    }

    /** A request is no longer under way: {@link io.partita.trading.risk.AccountRisk#answered}. */
    public static final class Answer extends AccountProcessor<Boolean> {

        private long commandId;

        /** For deserialization. */
        public Answer() {
        }

        public Answer(long commandId) {
            this.commandId = commandId;
        }

        @Override
        protected Boolean process(Map.Entry<Long, HostedAccount> entry, HostedAccount account) {
            if (account == null) {
                return false;
            }
            account.risk().answered(commandId);
            entry.setValue(account);
            return true;
        }

        @Override
        public void writeData(ObjectDataOutput out) throws IOException {
            out.writeLong(commandId);
        }

        @Override
        public void readData(ObjectDataInput in) throws IOException {
            commandId = in.readLong();
        }
    }

    /** The book has not had a request: {@link io.partita.trading.risk.AccountRisk#withdrawn}. */
    public static final class Withdraw extends AccountProcessor<Boolean> {

        private long commandId;

        /** For deserialization. */
        public Withdraw() {
        }

        public Withdraw(long commandId) {
            this.commandId = commandId;
        }

        @Override
        protected Boolean process(Map.Entry<Long, HostedAccount> entry, HostedAccount account) {
            if (account == null) {
                return true;
            }
            boolean last = account.risk().withdrawn(commandId);
            entry.setValue(account);
            return last;
        }

        @Override
        public void writeData(ObjectDataOutput out) throws IOException {
            out.writeLong(commandId);
        }

        @Override
        public void readData(ObjectDataInput in) throws IOException {
            commandId = in.readLong();
        }
    }

    /** A book it trades in was made anew: what it knows of it may never have been. Before the account serves again it is made anew, too. */
    public static final class Yield extends AccountProcessor<Boolean> {

        @Override
        protected Boolean process(Map.Entry<Long, HostedAccount> entry, HostedAccount account) {
            if (account == null) {
                return false;
            }
            account.yieldOwnership();
            entry.setValue(account);
            return true;
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
}

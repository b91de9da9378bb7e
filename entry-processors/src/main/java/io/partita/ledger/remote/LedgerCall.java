package io.partita.ledger.remote;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.DataSerializable;
import io.partita.ledger.AccountCommand;
import io.partita.ledger.LedgerGateway;
import io.partita.ledger.LedgerResult;
import io.partita.ledger.Reading;
import io.partita.ledger.Refusal;
import io.partita.ledger.Transfer;
import io.partita.ledger.shard.AccountCommandCodec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;

/** A call as it travels to a member, where a thread of the ledger's executor waits for the gateway's answer. */
public abstract sealed class LedgerCall<R> implements Callable<R>, DataSerializable, HazelcastInstanceAware {

    private transient HazelcastInstance hazelcast;

    @Override
    public void setHazelcastInstance(HazelcastInstance instance) {
        hazelcast = instance;
    }

    /** The member's gateway; null while the member starts or stops. */
    final LedgerGateway gateway() {
        return (LedgerGateway) hazelcast.getUserContext().get(LedgerGateway.KEY);
    }

    /** Books groups of transfers. */
    public static final class Submit extends LedgerCall<Results> {

        private List<List<Transfer>> groups;

        /** For deserialization. */
        public Submit() {
        }

        public Submit(List<List<Transfer>> groups) {
            this.groups = groups;
        }

        @Override
        public Results call() throws ExecutionException, InterruptedException {
            LedgerGateway gateway = gateway();
            if (gateway != null) {
                return new Results(gateway.submit(groups).get());
            }
            List<LedgerResult> results = new ArrayList<>();
            groups.forEach(group -> group.forEach(transfer -> results.add(new LedgerResult.Refused(transfer.id(), Refusal.NOT_IN_VIEW, ""))));
            return new Results(results);
        }

        @Override
        public void writeData(ObjectDataOutput out) throws IOException {
            TransferCodec.writeGroups(out, groups);
        }

        @Override
        public void readData(ObjectDataInput in) throws IOException {
            groups = TransferCodec.readGroups(in);
        }
    }

    /** Opens or changes accounts. */
    public static final class Accounts extends LedgerCall<Results> {

        private List<? extends AccountCommand> commands;

        /** For deserialization. */
        public Accounts() {
        }

        public Accounts(List<? extends AccountCommand> commands) {
            this.commands = commands;
        }

        @Override
        public Results call() throws ExecutionException, InterruptedException {
            LedgerGateway gateway = gateway();
            if (gateway != null) {
                return new Results(gateway.submitAccounts(commands).get());
            }
            List<LedgerResult> results = new ArrayList<>();
            commands.forEach(command -> results.add(new LedgerResult.Refused(command.id(), Refusal.NOT_IN_VIEW, "")));
            return new Results(results);
        }

        @Override
        public void writeData(ObjectDataOutput out) throws IOException {
            AccountCommandCodec.write(out, commands);
        }

        @Override
        public void readData(ObjectDataInput in) throws IOException {
            commands = AccountCommandCodec.read(in);
        }
    }

    /** Reads a balance. */
    public static final class Read extends LedgerCall<Answer> {

        private long account;

        /** For deserialization. */
        public Read() {
        }

        public Read(long account) {
            this.account = account;
        }

        @Override
        public Answer call() throws ExecutionException, InterruptedException {
            LedgerGateway gateway = gateway();
            return new Answer(gateway == null ? new Reading(Optional.empty(), -1, true) : gateway.read(List.of(account)).get().getFirst());
        }

        @Override
        public void writeData(ObjectDataOutput out) throws IOException {
            out.writeLong(account);
        }

        @Override
        public void readData(ObjectDataInput in) throws IOException {
            account = in.readLong();
        }
    }

    /** Results on their way back. */
    public static final class Results implements DataSerializable {

        private List<LedgerResult> results;

        /** For deserialization. */
        public Results() {
        }

        Results(List<LedgerResult> results) {
            this.results = results;
        }

        public List<LedgerResult> results() {
            return results;
        }

        @Override
        public void writeData(ObjectDataOutput out) throws IOException {
            TransferCodec.writeResults(out, results);
        }

        @Override
        public void readData(ObjectDataInput in) throws IOException {
            results = TransferCodec.readResults(in);
        }
    }

    /** A reading on its way back. */
    public static final class Answer implements DataSerializable {

        private Reading reading;

        /** For deserialization. */
        public Answer() {
        }

        Answer(Reading reading) {
            this.reading = reading;
        }

        public Reading reading() {
            return reading;
        }

        @Override
        public void writeData(ObjectDataOutput out) throws IOException {
            out.writeLong(reading.sequence());
            out.writeBoolean(reading.stale());
            out.writeObject(reading.balance().orElse(null));
        }

        @Override
        public void readData(ObjectDataInput in) throws IOException {
            long sequence = in.readLong();
            boolean stale = in.readBoolean();
            reading = new Reading(Optional.ofNullable(in.readObject()), sequence, stale);
        }
    }
}

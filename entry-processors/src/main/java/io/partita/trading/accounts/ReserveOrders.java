package io.partita.trading.accounts;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.partita.trading.Command;
import io.partita.trading.risk.OrderRequest;
import io.partita.trading.risk.RiskAnswer;
import io.partita.trading.risk.RiskRefusal;
import io.partita.trading.risk.TradedInstrument;
import java.io.IOException;
import java.io.Serial;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Reserves what orders of one instrument can cost, one after another; answers null where the account is not served. */
public final class ReserveOrders extends AccountProcessor<ReserveOrders.Answers> {

    private byte[] commands;
    private byte[] flags;
    private transient TradedInstrument instrument;
    private long reference;
    private boolean onBackup;

    /** For deserialization. */
    public ReserveOrders() {
    }

    /** @param reference the price that limits are compared with, in ticks; 0 for none */
    public ReserveOrders(List<OrderRequest> requests, TradedInstrument instrument, long reference) {
        ByteBuffer bytes = ByteBuffer.allocate(Command.MAX_BYTES * requests.size());
        flags = new byte[requests.size()];
        for (int i = 0; i < flags.length; i++) {
            OrderRequest request = requests.get(i);
            request.command().encode(bytes);
            flags[i] = request.flags();
        }
        commands = Arrays.copyOf(bytes.array(), bytes.position());
        this.instrument = instrument;
        this.reference = reference;
    }

    /** What pre-trade risk says to each of the requests: a limit to put on it or 0, or the refusal. */
    public record Answers(long[] commandIds, long[] protections, boolean[] repeated, boolean[] heard, RiskRefusal[] refusals) implements Serializable {

        @Serial
        private static final long serialVersionUID = 1;

        public RiskAnswer get(int index) {
            return refusals[index] != null ? new RiskAnswer.Refused(commandIds[index], refusals[index])
                    : heard[index] ? new RiskAnswer.Heard(commandIds[index], protections[index])
                    : new RiskAnswer.Reserved(commandIds[index], protections[index], repeated[index]);
        }

        static Answers of(List<RiskAnswer> answers) {
            int count = answers.size();
            Answers all = new Answers(new long[count], new long[count], new boolean[count], new boolean[count], new RiskRefusal[count]);
            for (int i = 0; i < count; i++) {
                all.commandIds[i] = answers.get(i).commandId();
                switch (answers.get(i)) {
                    case RiskAnswer.Reserved reserved -> {
                        all.protections[i] = reserved.protection();
                        all.repeated[i] = reserved.repeated();
                    }
                    case RiskAnswer.Heard heard -> {
                        all.protections[i] = heard.protection();
                        all.heard[i] = true;
                    }
                    case RiskAnswer.Refused refused -> all.refusals[i] = refused.code();
                }
            }
            return all;
        }
    }

    @Override
    protected Answers process(Map.Entry<Long, HostedAccount> entry, HostedAccount account) {
        if (account == null || !onBackup && !served(account)) {
            return null;
        }
        List<RiskAnswer> answers = new ArrayList<>(flags.length);
        ByteBuffer in = ByteBuffer.wrap(commands);
        for (byte flag : flags) {
            answers.add(account.risk().reserve(OrderRequest.of(new Command().decode(in), flag), instrument, reference));
        }
        entry.setValue(account);
        return Answers.of(answers);
    }

    @Override
    public ReserveOrders getBackupProcessor() {
        ReserveOrders backup = new ReserveOrders();
        backup.commands = commands;
        backup.flags = flags;
        backup.instrument = instrument;
        backup.reference = reference;
        backup.onBackup = true;
        return backup;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeByteArray(commands);
        out.writeByteArray(flags);
        instrument.write(out);
        out.writeLong(reference);
        out.writeBoolean(onBackup);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        commands = in.readByteArray();
        flags = in.readByteArray();
        instrument = TradedInstrument.read(in);
        reference = in.readLong();
        onBackup = in.readBoolean();
    }
}

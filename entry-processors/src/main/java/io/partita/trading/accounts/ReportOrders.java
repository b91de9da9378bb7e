package io.partita.trading.accounts;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.partita.trading.Execution;
import io.partita.trading.risk.TradedInstrument;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Tells an account what a book reports about it; what it knows already changes nothing. */
public final class ReportOrders extends AccountProcessor<Boolean> {

    private transient TradedInstrument instrument;
    private byte[] reports;
    private int count;

    /** For deserialization. */
    public ReportOrders() {
    }

    public ReportOrders(TradedInstrument instrument, List<Execution> executions) {
        ByteBuffer bytes = ByteBuffer.allocate(Execution.MAX_BYTES * executions.size());
        executions.forEach(execution -> Execution.encode(execution, bytes));
        this.instrument = instrument;
        reports = Arrays.copyOf(bytes.array(), bytes.position());
        count = executions.size();
    }

    @Override
    protected Boolean process(Map.Entry<Long, HostedAccount> entry, HostedAccount account) {
        if (account == null) {
            return false;
        }
        account.report(instrument, reports, count);
        entry.setValue(account);
        return true;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        instrument.write(out);
        out.writeByteArray(reports);
        out.writeInt(count);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        instrument = TradedInstrument.read(in);
        reports = in.readByteArray();
        count = in.readInt();
    }
}

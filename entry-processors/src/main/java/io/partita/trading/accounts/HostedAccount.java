package io.partita.trading.accounts;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.DataSerializable;
import io.partita.trading.Execution;
import io.partita.trading.risk.AccountBasis;
import io.partita.trading.risk.AccountRisk;
import io.partita.trading.risk.TradedInstrument;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A trading account as an entry of the grid. It serves only where it was made from ledger and books since its partition came there; what
 * books report while that goes on waits. Deterministic but for who serves it. Not thread-safe: it lives on one partition thread.
 */
public final class HostedAccount implements DataSerializable {

    /** More reports do not wait; then the account is made once more. */
    static final int MAX_WAITING = 20_000;
    /** Loads in place of whoever did: nothing that was read so far is installed. */
    private static final UUID NOBODY = new UUID(0, 0);

    private AccountRisk risk = new AccountRisk();
    /** Who makes it anew; null for nobody. */
    private UUID loader;
    private final List<Waiting> waiting = new ArrayList<>();
    private int waitingReports;
    private UUID owner;

    private record Waiting(TradedInstrument instrument, byte[] reports, int count) {
    }

    public AccountRisk risk() {
        return risk;
    }

    boolean servedBy(UUID member) {
        return member.equals(owner) && loader == null;
    }

    void yieldOwnership() {
        owner = null;
        outdated();
    }

    /** Something has changed of which whoever makes it anew may have read what was before: the account is made once more. */
    void outdated() {
        if (loader != null) {
            begin(NOBODY);
        }
    }

    /** From here on reports wait for {@link #install}. */
    void begin(UUID token) {
        loader = token;
        waiting.clear();
        waitingReports = 0;
    }

    /** Makes the account anew, unless somebody else has begun to do so; serves it where it is not null. */
    boolean install(UUID token, AccountBasis basis, UUID server) {
        if (!token.equals(loader)) {
            return false;
        }
        risk.rebase(basis);
        loader = null;
        waiting.forEach(batch -> apply(batch.instrument, batch.reports, batch.count));
        waiting.clear();
        waitingReports = 0;
        owner = server;
        return true;
    }

    /** Takes reports of a book that are about this account. */
    void report(TradedInstrument instrument, byte[] reports, int count) {
        if (loader == null) {
            apply(instrument, reports, count);
        } else if (waitingReports + count > MAX_WAITING) {
            begin(NOBODY);
        } else {
            waiting.add(new Waiting(instrument, reports, count));
            waitingReports += count;
        }
    }

    private void apply(TradedInstrument instrument, byte[] reports, int count) {
        ByteBuffer in = ByteBuffer.wrap(reports);
        for (int i = 0; i < count; i++) {
            risk.apply(instrument, Execution.decode(in));
        }
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        risk.write(out);
        out.writeBoolean(loader != null);
        if (loader != null) {
            out.writeLong(loader.getMostSignificantBits());
            out.writeLong(loader.getLeastSignificantBits());
        }
        out.writeInt(waiting.size());
        for (Waiting batch : waiting) {
            batch.instrument.write(out);
            out.writeByteArray(batch.reports);
            out.writeInt(batch.count);
        }
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        risk = AccountRisk.read(in);
        loader = in.readBoolean() ? new UUID(in.readLong(), in.readLong()) : null;
        for (int count = in.readInt(); count > 0; count--) {
            Waiting batch = new Waiting(TradedInstrument.read(in), in.readByteArray(), in.readInt());
            waiting.add(batch);
            waitingReports += batch.count;
        }
    }
}

package io.partita.trading.venue;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which commands a book has carried out lately, and which reports they led to. The oldest are forgotten first. */
final class OperationMemory {

    /** So many commands may come between one and its repeat. */
    static final int CAPACITY = 65_536;

    private final LinkedHashMap<Operation, Outcome> outcomes = new LinkedHashMap<>();

    /** A command's id is its account's. */
    record Operation(long account, long id) {
    }

    /**
     * @param content     a fingerprint of all that the command said
     * @param firstReport sequence of the first report
     * @param reports     how many there were
     */
    record Outcome(long content, long firstReport, int reports) {
    }

    /** Null if it is not known. */
    Outcome find(long account, long id) {
        return outcomes.get(new Operation(account, id));
    }

    void add(long account, long id, Outcome outcome) {
        outcomes.put(new Operation(account, id), outcome);
        if (outcomes.size() > CAPACITY) {
            outcomes.pollFirstEntry();
        }
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(outcomes.size());
        for (Map.Entry<Operation, Outcome> entry : outcomes.entrySet()) {
            out.writeLong(entry.getKey().account);
            out.writeLong(entry.getKey().id);
            out.writeLong(entry.getValue().content);
            out.writeLong(entry.getValue().firstReport);
            out.writeInt(entry.getValue().reports);
        }
    }

    void read(DataInput in) throws IOException {
        for (int count = in.readInt(); count > 0; count--) {
            add(in.readLong(), in.readLong(), new Outcome(in.readLong(), in.readLong(), in.readInt()));
        }
    }
}

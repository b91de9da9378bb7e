package io.partita.trading.risk;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Kill switches as they are for one account.
 *
 * @param instruments whose switch is on
 */
public record Switches(boolean account, boolean firm, SortedSet<Long> instruments) {

    public static final Switches OFF = new Switches(false, false, new TreeSet<>());

    public Switches {
        instruments = Collections.unmodifiableSortedSet(new TreeSet<>(instruments));
    }

    public static Switches of(boolean account, boolean firm, Set<Long> instruments) {
        return new Switches(account, firm, new TreeSet<>(instruments));
    }

    public void write(DataOutput out) throws IOException {
        out.writeBoolean(account);
        out.writeBoolean(firm);
        out.writeInt(instruments.size());
        for (long instrument : instruments) {
            out.writeLong(instrument);
        }
    }

    public static Switches read(DataInput in) throws IOException {
        boolean account = in.readBoolean();
        boolean firm = in.readBoolean();
        TreeSet<Long> instruments = new TreeSet<>();
        for (int count = in.readInt(); count > 0; count--) {
            instruments.add(in.readLong());
        }
        return new Switches(account, firm, instruments);
    }
}

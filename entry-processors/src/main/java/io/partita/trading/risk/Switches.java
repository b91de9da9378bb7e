package io.partita.trading.risk;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What stops one account as it is now: kill switches, and limits of risk that are broken.
 *
 * @param limited     a hard limit of the account's risk is broken: its positions may get smaller and no larger
 * @param instruments whose switch is on
 */
public record Switches(boolean account, boolean firm, boolean limited, SortedSet<Long> instruments) {

    public static final Switches OFF = new Switches(false, false, false, new TreeSet<>());

    public Switches {
        instruments = Collections.unmodifiableSortedSet(new TreeSet<>(instruments));
    }

    /** Kill switches alone; no limit is broken. */
    public static Switches of(boolean account, boolean firm, Set<Long> instruments) {
        return new Switches(account, firm, false, new TreeSet<>(instruments));
    }

    public Switches withInstruments(SortedSet<Long> others) {
        return new Switches(account, firm, limited, others);
    }

    public void write(DataOutput out) throws IOException {
        out.writeBoolean(account);
        out.writeBoolean(firm);
        out.writeBoolean(limited);
        out.writeInt(instruments.size());
        for (long instrument : instruments) {
            out.writeLong(instrument);
        }
    }

    public static Switches read(DataInput in) throws IOException {
        boolean account = in.readBoolean();
        boolean firm = in.readBoolean();
        boolean limited = in.readBoolean();
        TreeSet<Long> instruments = new TreeSet<>();
        for (int count = in.readInt(); count > 0; count--) {
            instruments.add(in.readLong());
        }
        return new Switches(account, firm, limited, instruments);
    }
}

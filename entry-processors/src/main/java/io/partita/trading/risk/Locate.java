package io.partita.trading.risk;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Units that somebody is ready to lend, so that an account may sell them short.
 *
 * @param id         chosen by whoever tells it; the account's own
 * @param instrument of which they are: the number under which its security is held
 * @param quantity   how many
 * @param expires    until when new sales may count on them, in nanoseconds since 1970
 */
public record Locate(long id, long instrument, long quantity, long expires) {

    public Locate {
        if (id < 1 || quantity < 1 || expires < 1) {
            throw new IllegalArgumentException("id, quantity and expiry of a locate are positive");
        }
    }

    public void write(DataOutput out) throws IOException {
        out.writeLong(id);
        out.writeLong(instrument);
        out.writeLong(quantity);
        out.writeLong(expires);
    }

    public static Locate read(DataInput in) throws IOException {
        return new Locate(in.readLong(), in.readLong(), in.readLong(), in.readLong());
    }
}

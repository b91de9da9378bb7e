package io.partita.trading.risk;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** An account's cash of one currency, in minor units. Not thread-safe. */
final class Funds {

    /** What came or went otherwise than by trading. */
    long external;
    /** Proceeds of sales, less costs of purchases, settled or not. */
    long traded;
    /** What open orders may still cost. */
    long reserved;
    /** What is set aside for what is owed. */
    long locked;

    long available() {
        return external + traded - reserved - locked;
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(external);
        out.writeLong(traded);
        out.writeLong(reserved);
        out.writeLong(locked);
    }

    static Funds read(DataInput in) throws IOException {
        Funds funds = new Funds();
        funds.external = in.readLong();
        funds.traded = in.readLong();
        funds.reserved = in.readLong();
        funds.locked = in.readLong();
        return funds;
    }
}

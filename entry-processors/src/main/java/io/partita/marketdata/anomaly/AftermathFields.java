package io.partita.marketdata.anomaly;

import com.hazelcast.nio.serialization.compact.CompactReader;
import com.hazelcast.nio.serialization.compact.CompactWriter;

/** The fields of an {@link Aftermath} in whatever it is written with. */
public final class AftermathFields {

    private AftermathFields() {
    }

    public static Aftermath read(CompactReader in) {
        return new Aftermath(in.readFloat64("soon"), in.readFloat64("week"), in.readFloat64("month"), in.readFloat64("lowest"), in.readFloat64("highest"),
                in.readFloat64("volatility"));
    }

    public static void write(CompactWriter out, Aftermath followed) {
        out.writeFloat64("soon", followed.soon());
        out.writeFloat64("week", followed.week());
        out.writeFloat64("month", followed.month());
        out.writeFloat64("lowest", followed.lowest());
        out.writeFloat64("highest", followed.highest());
        out.writeFloat64("volatility", followed.volatility());
    }
}

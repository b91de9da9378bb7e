package io.partita.trading.risk;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** An account as it travels to backups and new owners. */
final class AccountBytes {

    private AccountBytes() {
    }

    static void write(AccountRisk risk, DataOutput out) throws IOException {
        byte[] encoded = risk.limits.encode();
        out.writeInt(encoded.length);
        out.write(encoded);
        risk.switches.write(out);
        out.writeInt(risk.funds.size());
        for (Map.Entry<String, Funds> entry : risk.funds.entrySet()) {
            out.writeUTF(entry.getKey());
            entry.getValue().write(out);
        }
        out.writeInt(risk.holdings.size());
        for (Holding holding : risk.holdings.values()) {
            holding.write(out);
        }
        out.writeInt(risk.books.size());
        for (KnownBook book : risk.books.values()) {
            book.instrument.write(out);
            out.writeLong(book.applied);
        }
        out.writeInt(risk.units.size());
        for (Map.Entry<Long, Long> entry : risk.units.entrySet()) {
            out.writeLong(entry.getKey());
            out.writeLong(entry.getValue());
        }
        // An order that is open and being changed is in both; it stays one object.
        List<OpenOrder> all = new ArrayList<>(risk.orders.values());
        risk.underWay.values().stream().filter(order -> order.orderId == 0 || risk.orders.get(new AccountRisk.Key(order.instrument, order.orderId)) != order)
                .distinct().forEach(all::add);
        all.addAll(risk.offers.values());
        Map<OpenOrder, Integer> places = new IdentityHashMap<>();
        out.writeInt(all.size());
        for (OpenOrder order : all) {
            places.put(order, places.size());
            order.write(out);
        }
        out.writeInt(risk.orders.size());
        for (Map<Long, OpenOrder> waiting : List.of(risk.underWay, risk.offers)) {
            out.writeInt(waiting.size());
            for (Map.Entry<Long, OpenOrder> entry : waiting.entrySet()) {
                out.writeLong(entry.getKey());
                out.writeInt(places.get(entry.getValue()));
            }
        }
        out.writeInt(risk.known.size());
        for (Map.Entry<Long, AccountRisk.Known> entry : risk.known.entrySet()) {
            out.writeLong(entry.getKey());
            out.writeLong(entry.getValue().content());
            out.writeLong(entry.getValue().protection());
            out.writeInt(entry.getValue().calls());
        }
        risk.locates.write(out);
        out.writeLong(risk.second);
        out.writeInt(risk.inSecond);
        out.writeBoolean(risk.overflowed);
    }

    static AccountRisk read(DataInput in) throws IOException {
        AccountRisk risk = new AccountRisk();
        byte[] encoded = new byte[in.readInt()];
        in.readFully(encoded);
        risk.limits = RiskLimits.decode(encoded);
        risk.switches = Switches.read(in);
        for (int count = in.readInt(); count > 0; count--) {
            risk.funds.put(in.readUTF(), Funds.read(in));
        }
        for (int count = in.readInt(); count > 0; count--) {
            Holding holding = Holding.read(in);
            risk.holdings.put(holding.security, holding);
        }
        for (int count = in.readInt(); count > 0; count--) {
            TradedInstrument instrument = TradedInstrument.read(in);
            KnownBook book = new KnownBook(instrument, risk.holdings.get(instrument.security()));
            book.applied = in.readLong();
            risk.books.put(instrument.id(), book);
        }
        for (int count = in.readInt(); count > 0; count--) {
            risk.units.put(in.readLong(), in.readLong());
        }
        List<OpenOrder> all = new ArrayList<>();
        for (int count = in.readInt(); count > 0; count--) {
            all.add(OpenOrder.read(in));
        }
        all.subList(0, in.readInt()).forEach(order -> risk.orders.put(new AccountRisk.Key(order.instrument, order.orderId), order));
        for (Map<Long, OpenOrder> waiting : List.of(risk.underWay, risk.offers)) {
            for (int count = in.readInt(); count > 0; count--) {
                waiting.put(in.readLong(), all.get(in.readInt()));
            }
        }
        for (int count = in.readInt(); count > 0; count--) {
            risk.known.put(in.readLong(), new AccountRisk.Known(in.readLong(), in.readLong(), in.readInt()));
        }
        risk.locates.read(in);
        risk.second = in.readLong();
        risk.inSecond = in.readInt();
        risk.overflowed = in.readBoolean();
        return risk;
    }
}

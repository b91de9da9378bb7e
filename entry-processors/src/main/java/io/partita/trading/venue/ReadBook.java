package io.partita.trading.venue;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.partita.trading.Side;
import io.partita.trading.book.PriceTimeBook;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;

/** Questions to a book. They change nothing. */
public final class ReadBook {

    private ReadBook() {
    }

    /** How it is doing. */
    public static final class Status extends BookProcessor<BookStatus> {

        @Override
        protected BookStatus process(Map.Entry<Long, HostedBook> entry, HostedBook book) {
            return BookStatus.of(book, served(book), false);
        }

        @Override
        public void writeData(ObjectDataOutput out) {
            // Nothing to say.
        }

        @Override
        public void readData(ObjectDataInput in) {
            // Nothing to read.
        }
    }

    /** What everybody may see of it; null if it is not loaded. */
    public static final class Market extends BookProcessor<MarketView> {

        private int levels;

        /** For deserialization. */
        public Market() {
        }

        public Market(int levels) {
            this.levels = levels;
        }

        @Override
        protected MarketView process(Map.Entry<Long, HostedBook> entry, HostedBook hosted) {
            if (hosted == null) {
                return null;
            }
            PriceTimeBook book = hosted.book();
            return new MarketView(book.phase(), book.lastPrice(), book.referencePrice(), book.indicativePrice(), book.indicativeQuantity(),
                    depth(book, Side.BUY), depth(book, Side.SELL), hosted.reported(), book.size(), !served(hosted));
        }

        private long[] depth(PriceTimeBook book, Side side) {
            long[] into = new long[2 * levels];
            return Arrays.copyOf(into, 2 * book.depth(side, into));
        }

        @Override
        public void writeData(ObjectDataOutput out) throws IOException {
            out.writeInt(levels);
        }

        @Override
        public void readData(ObjectDataInput in) throws IOException {
            levels = in.readInt();
        }
    }

    /** Its state as bytes, if nothing of it waits for the journal; else null. */
    public static final class State extends BookProcessor<byte[]> {

        @Override
        protected byte[] process(Map.Entry<Long, HostedBook> entry, HostedBook book) {
            return served(book) && book.tailLength() == 0 ? book.encode() : null;
        }

        @Override
        public void writeData(ObjectDataOutput out) {
            // Nothing to say.
        }

        @Override
        public void readData(ObjectDataInput in) {
            // Nothing to read.
        }
    }
}

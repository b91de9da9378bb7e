package io.partita.member.trading.fix;

import quickfix.MemoryStore;
import quickfix.MessageStore;
import quickfix.MessageStoreFactory;
import quickfix.SessionID;

/** The memory of a client that dies and comes back. */
final class KeptStore implements MessageStoreFactory {

    private MessageStore store;

    @Override
    public synchronized MessageStore create(SessionID session) {
        try {
            store = store == null ? new MemoryStore() : store;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return store;
    }
}

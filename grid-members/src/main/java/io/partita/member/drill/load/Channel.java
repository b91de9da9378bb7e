package io.partita.member.drill.load;

import io.partita.member.drill.history.Invocation;
import io.partita.member.drill.history.Movement;
import io.partita.member.drill.history.Operation;
import java.util.List;

/** A way to ask the ledger. Every call returns within the load's deadline, whatever happens, and never throws. */
interface Channel {

    Invocation.Via via();

    /** Whom the next call goes to. */
    String target();

    /** Asks for transfers. */
    Reply submit(Operation operation, List<Movement> movements);

    /**
     * Asks for the balance of an account.
     *
     * @param seen   the highest sequence that this client has seen of the account
     * @param strong whether the journal itself is asked
     */
    Reply read(long account, long seen, boolean strong);

    /** Whether {@link #read} can be strong. */
    boolean readsJournal();
}

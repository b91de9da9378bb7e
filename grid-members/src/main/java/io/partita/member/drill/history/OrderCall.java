package io.partita.member.drill.history;

import java.util.List;

/**
 * A command for an order book, and what came of one attempt.
 *
 * @param node       where the client runs
 * @param account    who asks; with the id it names the command
 * @param cancels    the order that is to end; 0 for a new order
 * @param quantity   of a new order
 * @param durable    whether the answer was to wait for the database
 * @param began      monotonic nanoseconds
 * @param ended      likewise
 * @param outcome    {@link Outcome#UNKNOWN} also if nobody answered in time
 * @param code       why it was refused; empty if it was not
 * @param repeated   true if the book said that it had carried it out before
 * @param reports    what the book said
 */
public record OrderCall(String node, long instrument, long account, long id, long cancels, long quantity, boolean durable, long began, long ended,
                        Outcome outcome, String code, boolean repeated, List<Told> reports) {

    /** One execution report, as far as it is checked. */
    public record Told(long sequence, String type, long order, long price, long quantity, long trade, long filled) {
    }

    public OrderCall {
        reports = List.copyOf(reports);
    }

    /** The command, for people. */
    public String label() {
        return "account %d, id %d, book %d".formatted(account, id, instrument);
    }
}

package io.partita.console.api;

import io.partita.ledger.Refusal;
import java.util.Optional;

/**
 * A member's refusal, as RFC 9457 carries it.
 *
 * @param status HTTP status
 * @param code   the documented code: a {@link Refusal} or a code of the request such as {@code NOT_FOUND}
 * @param title  what the code means, as the member says it; may be null
 * @param detail which account, amount or field; may be null
 */
public record Problem(int status, String code, String title, String detail) {

    private static final int ACCEPTED = 202;
    private static final String WAITS = "WAITS_FOR_APPROVAL";

    /** What was asked for takes two people, and waits for the second one. @param approval the id by which they find it */
    static Problem waiting(String approval) {
        return new Problem(ACCEPTED, WAITS, "It takes two people: somebody else has to agree before it is done.", approval);
    }

    /** Whether nothing is wrong, and somebody else has to agree. The detail is the id of the request. */
    public boolean waits() {
        return code.equals(WAITS);
    }

    /** The ledger's own code, if it is one. */
    public Optional<Refusal> refusal() {
        for (Refusal refusal : Refusal.values()) {
            if (refusal.name().equals(code)) {
                return Optional.of(refusal);
            }
        }
        return Optional.empty();
    }

    /** One sentence for people. */
    public String meaning() {
        return refusal().map(Refusal::meaning).orElse(title == null ? "The request was not accepted." : title);
    }

    /** True if the same request, with the same id, may succeed later. */
    public boolean retryable() {
        return refusal().map(Refusal::retryable).orElse(status == 429 || status == 503);
    }

    public boolean notFound() {
        return status == 404;
    }
}

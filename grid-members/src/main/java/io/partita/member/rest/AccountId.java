package io.partita.member.rest;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.partita.ledger.Refusal;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * An account id on the wire: a string, since JSON numbers of some clients have only 53 bits; a number is taken too.
 *
 * @param value positive
 */
@Schema(type = "string", pattern = "[1-9][0-9]{0,18}", example = "1001", description = "Positive number; a JSON number is taken too.")
public record AccountId(long value) {

    public AccountId {
        if (value <= 0) {
            throw RequestProblem.of(Refusal.INVALID_ACCOUNT_ID, "An account id is a positive number, not " + value + ".");
        }
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static AccountId of(long value) {
        return new AccountId(value);
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static AccountId of(String text) {
        return parse(text);
    }

    /** Reads an id from text, as in a path. */
    public static AccountId parse(String text) {
        try {
            return new AccountId(Long.parseLong(text));
        } catch (NumberFormatException e) {
            throw RequestProblem.of(Refusal.INVALID_ACCOUNT_ID, "An account id is a positive number such as 1001.");
        }
    }

    @JsonValue
    @Override
    public String toString() {
        return Long.toString(value);
    }
}

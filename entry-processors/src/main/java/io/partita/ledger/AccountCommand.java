package io.partita.ledger;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.UUID;

/**
 * A command on one account. Each carries an id chosen by the client; repeating a command returns the first result.
 * Every accepted one is a row of the journal with its own sequence in the account's shard.
 */
public sealed interface AccountCommand {

    UUID id();

    /** The account that it is about. */
    long account();

    /** Opens an account. */
    record Open(UUID id, Account details) implements AccountCommand {
        public Open {
            Objects.requireNonNull(details, "details");
        }

        @Override
        public long account() {
            return details.id();
        }
    }

    /** Replaces the limits; refused with {@link Refusal#LIMIT_BELOW_BALANCE} if the balance already exceeds them. */
    record ChangeLimits(UUID id, long account, Limits limits) implements AccountCommand {
        public ChangeLimits {
            Objects.requireNonNull(limits, "limits");
        }
    }

    /** Freezes, re-opens or closes. */
    record ChangeStatus(UUID id, long account, AccountStatus status) implements AccountCommand {
        public ChangeStatus {
            Objects.requireNonNull(status, "status");
        }
    }

    /** Opens an account under an id derived from the account's: opening the same account twice is the same command. */
    static Open open(Account details) {
        return new Open(UUID.nameUUIDFromBytes(("open:" + details.id()).getBytes(StandardCharsets.US_ASCII)), details);
    }
}

package io.partita.member.trading.halt;

import java.time.LocalDate;

/**
 * A halt of the whole market.
 *
 * @param level         from 1; 0 if a person did it
 * @param closes        books are closed, and opened on another day
 * @param decline       of the basket, in ten-thousandths
 * @param beganAt       nanoseconds since 1970
 * @param actor         who did it, if a person did
 * @param liftedBy      who ended it early, if anybody did
 * @param done          all its books have been opened again, or were by others
 */
public record MarketHalt(long halt, LocalDate day, int level, boolean closes, int decline, long beganAt, long endsAt, String actor, String reason,
                         String liftedBy, String liftedBecause, boolean done) {

    boolean over(long now) {
        return now >= endsAt;
    }
}

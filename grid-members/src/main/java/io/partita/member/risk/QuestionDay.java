package io.partita.member.risk;

import io.partita.member.ledger.query.Times;
import io.partita.positions.product.Terms;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** The day that a question is about. */
record QuestionDay(InstantSource clock) {

    /** Today by UTC unless something is said. */
    LocalDate of(String text) {
        LocalDate day = Times.date("day", text);
        return day == null ? LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC) : Terms.day(day);
    }
}

package io.partita.member.trading.rest;

import io.partita.member.rest.RequestProblem;
import io.partita.member.trading.Calendars;
import io.partita.trading.settlement.BusinessDays;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Instruments")
@RestController
@RequestMapping(path = "/api/v1/calendars")
final class CalendarController {

    private static final int LAST_YEAR = 2261;

    private final Calendars calendars;

    CalendarController(Calendars calendars) {
        this.calendars = calendars;
    }

    /** Days on which is not settled, beside Saturdays and Sundays. */
    @Schema(name = "Calendar")
    record CalendarAnswer(String name, List<LocalDate> holidays) {
    }

    /** All holidays of a calendar. */
    @Schema(name = "Holidays")
    record Holidays(@Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "[\"2026-12-25\"]") List<LocalDate> holidays) {
    }

    @Operation(summary = "Holiday calendars", description = "Those that have holidays, by name.")
    @GetMapping
    List<CalendarAnswer> all() {
        return calendars.all().entrySet().stream().map(one -> new CalendarAnswer(one.getKey(), List.copyOf(one.getValue()))).toList();
    }

    @Operation(summary = "One calendar", description = "Any name has one; without holidays all weekdays are business days.")
    @GetMapping("/{name}")
    CalendarAnswer one(@PathVariable String name) {
        return new CalendarAnswer(named(name), List.copyOf(new TreeSet<>(calendars.named(name).holidays())));
    }

    @Operation(summary = "Set the holidays of a calendar", description = """
            In place of all that it had. An instrument has the calendar that is called as its currency, unless it was listed with another. Counts for trades and
            orders that come later, within a second.""")
    @PutMapping(path = "/{name}", consumes = MediaType.APPLICATION_JSON_VALUE)
    CalendarAnswer put(@PathVariable String name, @RequestBody Holidays request) {
        List<LocalDate> days = request.holidays();
        if (days == null || days.size() > BusinessDays.MOST || days.stream().anyMatch(Objects::isNull)
                || days.stream().anyMatch(day -> day.getYear() < 1970 || day.getYear() > LAST_YEAR)) {
            throw RequestProblem.field("holidays", "are at most " + BusinessDays.MOST + " dates from 1970 to " + LAST_YEAR);
        }
        if (!calendars.put(named(name), new TreeSet<>(days))) {
            throw RequestProblem.parameter("name", "is one of those there are: there are " + Calendars.MOST);
        }
        return one(name);
    }

    private static String named(String name) {
        if (!name.matches(Calendars.NAME)) {
            throw RequestProblem.parameter("name", "is 1 to 32 capital letters, digits and .:_-");
        }
        return name;
    }
}

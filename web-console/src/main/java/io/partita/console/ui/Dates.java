package io.partita.console.ui;

import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.datetimepicker.DateTimePicker;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** Date fields, in the one order that cannot be misread, and the days they mean in UTC. */
public final class Dates {

    private Dates() {
    }

    public static DatePicker picker(String placeholder) {
        DatePicker picker = new DatePicker();
        picker.setI18n(iso());
        picker.setPlaceholder(placeholder);
        picker.setAriaLabel(placeholder);
        picker.setClearButtonVisible(true);
        return picker;
    }

    /** A day and a time of 24 hours. */
    public static DateTimePicker momentPicker(String label) {
        DateTimePicker picker = new DateTimePicker(label);
        picker.setDatePickerI18n(iso());
        // A locale that writes 24 hours; the format of the day is our own.
        picker.setLocale(Locale.UK);
        return picker;
    }

    /** Years first, weeks from Monday. */
    private static DatePicker.DatePickerI18n iso() {
        return new DatePicker.DatePickerI18n().setDateFormat("yyyy-MM-dd").setFirstDayOfWeek(1);
    }

    /** The day that a text says, or null. */
    public static LocalDate parse(String text) {
        try {
            return text.isEmpty() ? null : LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** The first instant of the day, or null. */
    public static Instant startOf(LocalDate day) {
        return day == null ? null : day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** The end of the day, which is not in it, or null. */
    public static Instant endOf(LocalDate day) {
        return day == null ? null : day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}

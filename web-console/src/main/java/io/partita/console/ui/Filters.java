package io.partita.console.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasValue;
import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.QueryParameters;
import io.partita.console.api.KeptFilters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a list is narrowed down by: fields, whose values stand in the address, so that a filter can be sent to somebody and is there when the page is loaded again; and a menu of those that
 * were kept under names. A field that says what it said at first is left out of the address. Not thread-safe.
 */
public final class Filters extends Div {

    private static final int LONGEST = 200;

    private final List<Part<?>> parts = new ArrayList<>();
    private final Runnable changed;
    private final FilterMenu menu;
    private String path = "";
    private boolean entering;

    /** A field and its name in the address. @param first what it said at first */
    private record Part<T>(String parameter, HasValue<?, T> field, T first, Function<T, String> write, Function<String, T> read) {

        String text() {
            return narrows() ? write.apply(field.getValue()) : "";
        }

        boolean narrows() {
            return !Objects.equals(field.getValue(), first);
        }

        void enter(String text) {
            T value = text.isEmpty() ? first : read.apply(text);
            field.setValue(value == null ? first : value);
        }

        void clear() {
            field.setValue(first);
        }
    }

    /**
     * @param list    under which filters are kept: small letters
     * @param changed called when somebody has chosen something, not when the address has
     */
    public Filters(String list, KeptFilters kept, Runnable changed) {
        this.changed = changed;
        this.menu = new FilterMenu(list, kept, this::query, query -> getUI().ifPresent(ui -> ui.navigate(path, QueryParameters.fromString(query))));
        addClassName("filters");
        add(menu);
    }

    /** A text to look for, with what it says while it is empty. */
    public Filters with(String parameter, TextField field, String placeholder) {
        field.setPlaceholder(placeholder);
        field.setMaxLength(LONGEST);
        field.setClearButtonVisible(true);
        field.setValueChangeMode(ValueChangeMode.LAZY);
        return with(parameter, field, Function.identity(), text -> text.length() > LONGEST ? null : text);
    }

    public Filters with(String parameter, DatePicker field) {
        return with(parameter, field, Times::date, Dates::parse);
    }

    /** One of some constants. */
    public <E extends Enum<E>, F extends Component & HasValue<?, E>> Filters with(String parameter, F field, Class<E> type) {
        return with(parameter, field, Enum::name, text -> Stream.of(type.getEnumConstants()).filter(each -> each.name().equals(text)).findFirst().orElse(null));
    }

    /** @param read null for what it cannot be */
    public <T, F extends Component & HasValue<?, T>> Filters with(String parameter, F field, Function<T, String> write, Function<String, T> read) {
        parts.add(new Part<>(parameter, field, field.getValue(), write, read));
        field.addValueChangeListener(_ -> chosen());
        addComponentAtIndex(parts.size() - 1, field);
        return this;
    }

    /** Takes over what the address says. */
    public void enter(BeforeEnterEvent event) {
        path = event.getLocation().getPath();
        QueryParameters query = event.getLocation().getQueryParameters();
        entering = true;
        parts.forEach(part -> part.enter(query.getSingleParameter(part.parameter()).orElse("")));
        entering = false;
        menu.mark(!isEmpty());
    }

    private void chosen() {
        if (!entering) {
            getUI().ifPresent(ui -> ui.getPage().getHistory().replaceState(null, new Location(path, QueryParameters.simple(parameters()))));
            menu.mark(!isEmpty());
            changed.run();
        }
    }

    private Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parts.stream().filter(part -> !part.text().isBlank()).forEach(part -> parameters.put(part.parameter(), part.text().strip()));
        return parameters;
    }

    /** As it stands in the address; empty if nothing is left out. */
    public String query() {
        return QueryParameters.simple(parameters()).getQueryString();
    }

    /** Whether nothing is left out by them. */
    public boolean isEmpty() {
        return parts.stream().noneMatch(Part::narrows);
    }

    /** Lets everything through again. */
    public void clear() {
        entering = true;
        parts.forEach(Part::clear);
        entering = false;
        chosen();
    }
}

package io.partita.console.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.NativeTableBody;
import com.vaadin.flow.component.html.Span;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableRowsTest {

    private record Price(String symbol, int value) {
    }

    private final Table table = new Table("Symbol", "#Price");
    private final TableRows<Price> rows = new TableRows<>(table, Price::symbol, price -> new Component[] {new Span(price.symbol()), new Span("" + price.value())});

    private List<Component> body() {
        return table.getChildren().findFirst().orElseThrow().getChildren().filter(NativeTableBody.class::isInstance).findFirst().orElseThrow()
                .getChildren().toList();
    }

    private String text(Component row) {
        return row.getElement().getTextRecursively();
    }

    @Test
    void a_row_that_differs_is_changed_in_place_and_the_others_stay_as_they_are() {
        rows.show(List.of(new Price("A", 1), new Price("B", 2)));
        List<Component> before = body();
        Component untouched = before.getLast().getChildren().toList().getLast().getChildren().findFirst().orElseThrow();
        rows.show(List.of(new Price("A", 3), new Price("B", 2)));
        assertThat(body()).isEqualTo(before).extracting(this::text).containsExactly("A3", "B2");
        assertThat(body().getLast().getChildren().toList().getLast().getChildren().findFirst()).contains(untouched);
    }

    @Test
    void rows_about_something_else_are_made_anew() {
        rows.show(List.of(new Price("A", 1), new Price("B", 2)));
        rows.show(List.of(new Price("B", 2), new Price("A", 1), new Price("C", 1)));
        assertThat(body()).extracting(this::text).containsExactly("B2", "A1", "C1");
        rows.show(List.of());
        assertThat(body()).isEmpty();
    }
}

package io.partita.console.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.contextmenu.MenuItem;
import com.vaadin.flow.component.contextmenu.SubMenu;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.menubar.MenuBar;
import com.vaadin.flow.component.menubar.MenuBarVariant;
import com.vaadin.flow.component.textfield.TextField;
import io.partita.console.api.Answer;
import io.partita.console.api.KeptFilters;
import io.partita.console.api.KeptFilters.Kept;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The filters of a list that somebody has kept under names. */
final class FilterMenu extends MenuBar {

    private static final int LONGEST_NAME = 60;

    private final String list;
    private final KeptFilters kept;
    private final Supplier<String> now;
    private final Consumer<String> open;
    private final SubMenu items;
    private List<Kept> filters = List.of();
    private MenuItem keep;
    private boolean narrows;

    /**
     * @param now  the filter that is chosen, as it stands in the address
     * @param open shows another one
     */
    FilterMenu(String list, KeptFilters kept, Supplier<String> now, Consumer<String> open) {
        this.list = list;
        this.kept = kept;
        this.now = now;
        this.open = open;
        addThemeVariants(MenuBarVariant.LUMO_TERTIARY, MenuBarVariant.LUMO_ICON);
        addClassName("filter-menu");
        MenuItem top = addItem(VaadinIcon.BOOKMARK_O.create());
        top.setAriaLabel("Saved filters");
        items = top.getSubMenu();
        draw();
        Live.of(this, Live.Source.once(() -> kept.of(list)), this::show);
    }

    /** Whether there is something to keep. */
    void mark(boolean something) {
        narrows = something;
        keep.setEnabled(narrows);
    }

    private void show(Answer<List<Kept>> answer) {
        answer.found().ifPresent(found -> {
            filters = found;
            draw();
        });
    }

    private void draw() {
        items.removeAll();
        filters.forEach(filter -> items.addItem(filter.name(), _ -> open.accept(filter.query())));
        if (!filters.isEmpty()) {
            items.addSeparator();
        }
        keep = items.addItem("Save this filter\u2026", _ -> ask());
        keep.setEnabled(narrows);
        if (!filters.isEmpty()) {
            SubMenu forget = items.addItem("Remove").getSubMenu();
            filters.forEach(filter -> forget.addItem(filter.name(), _ -> Outcomes.tell(kept.forget(filter), "Removed " + filter.name(), _ -> show(kept.of(list)))));
        }
    }

    private void ask() {
        Dialog dialog = new Dialog("Save this filter");
        TextField name = new TextField("Name");
        name.setMaxLength(LONGEST_NAME);
        name.setWidthFull();
        name.focus();
        Button save = new Button("Save", _ -> {
            String wanted = name.getValue().strip();
            if (Fields.check(name, wanted.isEmpty() ? "Give it a name." : "")) {
                dialog.close();
                Outcomes.tell(save(wanted), "Saved " + wanted, _ -> show(kept.of(list)));
            }
        });
        save.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        dialog.add(name);
        dialog.getFooter().add(new Button("Cancel", _ -> dialog.close()), save);
        dialog.open();
    }

    /** In place of one of the same name. */
    private Answer<Void> save(String name) {
        return filters.stream().filter(each -> each.name().equals(name)).findFirst().map(each -> kept.keep(new Kept(each.key(), name, now.get())))
                .orElseGet(() -> kept.keep(list, name, now.get()));
    }
}

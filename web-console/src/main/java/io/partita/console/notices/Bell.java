package io.partita.console.notices;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.popover.Popover;
import com.vaadin.flow.component.popover.PopoverPosition;
import io.partita.console.api.Person;
import io.partita.console.notices.Shelf.Seen;
import io.partita.console.ui.Live;
import io.partita.console.ui.Pill;
import io.partita.console.ui.Times;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How much there is that the reader has not read, and behind it what it is. */
public final class Bell extends Div {

    private static final int MOST_COUNTED = 99;

    private final NoticeBoard board;
    private final Person reader;
    private final Button button = new Button(VaadinIcon.BELL_O.create());
    private final Span count = new Span();
    private final Span said = new Span();
    private final Popover panel = new Popover();
    private Seen seen = new Seen(List.of(), Set.of());
    private boolean began;

    public Bell(NoticeBoard board, Person reader) {
        this.board = board;
        this.reader = reader;
        addClassName("bell");
        button.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_ICON);
        count.addClassName("bell-count");
        count.getElement().setAttribute("aria-hidden", "true");
        said.addClassName("heard-only");
        said.getElement().setAttribute("role", "status");
        said.getElement().setAttribute("aria-live", "polite");
        panel.setTarget(button);
        panel.setPosition(PopoverPosition.BOTTOM_END);
        panel.setAriaLabel("Notifications");
        panel.setAutofocus(true);
        panel.setWidth("min(400px, calc(100vw - 16px))");
        panel.addOpenedChangeListener(event -> {
            // What nobody looks at need not be kept in the session.
            panel.removeAll();
            if (event.isOpened()) {
                fill();
            }
        });
        add(button, count, said, panel);
        label();
        Live.of(this, listener -> board.listen(reader, listener), this::show);
    }

    private void show(Seen now) {
        Set<String> fresh = new HashSet<>(now.unread());
        fresh.removeAll(seen.unread());
        seen = now;
        label();
        if (began && !fresh.isEmpty()) {
            Notice newest = now.notices().stream().filter(notice -> fresh.contains(notice.key())).findFirst().orElseThrow();
            said.setText((fresh.size() == 1 ? "" : fresh.size() + " new notifications. ") + newest.kind().word() + ": " + newest.title());
        }
        began = true;
        if (panel.isOpened()) {
            panel.removeAll();
            fill();
        }
    }

    private void label() {
        int unread = seen.unread().size();
        String text = unread > MOST_COUNTED ? MOST_COUNTED + "+" : Integer.toString(unread);
        count.setText(text);
        count.setVisible(unread > 0);
        button.setAriaLabel(unread == 0 ? "Notifications" : "Notifications, " + text + " unread");
    }

    private void fill() {
        Div head = new Div(new H2("Notifications"));
        head.addClassName("notices-head");
        if (!seen.unread().isEmpty()) {
            Button all = new Button("Mark all as read", _ -> board.markRead(reader, seen.unread()));
            all.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_SMALL);
            head.add(all);
        }
        Component content;
        if (seen.notices().isEmpty()) {
            content = new Paragraph("Nothing has happened that concerns you. What waits for you, crosses a limit, looks wrong or fails is told here.");
        } else {
            content = new UnorderedList(seen.notices().stream().map(this::item).toArray(ListItem[]::new));
        }
        Div all = new Div(head, content);
        all.addClassName("notices");
        panel.add(all);
    }

    private ListItem item(Notice notice) {
        Span title = new Span(notice.title());
        title.addClassName("notice-title");
        Span detail = new Span(notice.detail());
        detail.addClassName("notice-detail");
        Span time = new Span(Times.brief(notice.at(), Instant.now()));
        time.addClassName("notice-time");
        Div head = new Div(new Pill(notice.kind().word(), notice.tone()), time);
        head.addClassName("notice-head");
        Anchor link = new Anchor(notice.address(), head, title, detail);
        if (seen.unread().contains(notice.key())) {
            Span unread = new Span("Unread");
            unread.addClassName("heard-only");
            head.addComponentAsFirst(unread);
            link.addClassName("unread");
        }
        link.getElement().addEventListener("click", _ -> {
            panel.close();
            board.markRead(reader, Set.of(notice.key()));
        });
        return new ListItem(link);
    }
}

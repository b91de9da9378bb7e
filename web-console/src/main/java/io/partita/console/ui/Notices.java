package io.partita.console.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.notification.NotificationVariant;

/** Short messages that go away by themselves. */
public final class Notices {

    private Notices() {
    }

    public static void done(String text) {
        Notification notice = new Notification(text, 4000, Notification.Position.BOTTOM_END);
        notice.addThemeVariants(NotificationVariant.LUMO_SUCCESS);
        notice.open();
    }

    /** That somebody else has to agree before it is done. @param approval the id of the request */
    public static void waits(String approval) {
        Notification notice = new Notification();
        notice.setDuration(12_000);
        notice.setPosition(Notification.Position.BOTTOM_END);
        Div text = new Div(new Span("It waits for approval: somebody else has to agree. "), new Anchor("approvals?id=" + approval, "See the request"));
        text.addClassName("notice-waits");
        notice.add(text);
        notice.addThemeVariants(NotificationVariant.LUMO_CONTRAST);
        notice.open();
    }

    public static void failed(String text) {
        Notification notice = new Notification(text, 8000, Notification.Position.BOTTOM_END);
        notice.addThemeVariants(NotificationVariant.LUMO_ERROR);
        notice.open();
    }
}

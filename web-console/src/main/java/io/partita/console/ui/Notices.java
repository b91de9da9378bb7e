package io.partita.console.ui;

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

    public static void failed(String text) {
        Notification notice = new Notification(text, 8000, Notification.Position.BOTTOM_END);
        notice.addThemeVariants(NotificationVariant.LUMO_ERROR);
        notice.open();
    }
}
